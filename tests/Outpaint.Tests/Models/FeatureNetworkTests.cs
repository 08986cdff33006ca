using Outpaint.Models;
using Outpaint.Models.Features;
using Outpaint.Torch;
using Outpaint.Torch.Modules;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class FeatureNetworkTests : IDisposable
{
    private readonly TensorScope scope = new();

    public FeatureNetworkTests() => TorchRuntime.Seed(3);

    [Fact]
    public void Vgg19_is_built_as_far_as_its_weights_reach()
    {
        using Vgg19Features network = new(Vgg(layers: 3));

        Tensor[] taps = network.Forward(Image(1, 16, 16));

        Assert.Equal([64, 128], network.Channels);
        Assert.Equal<long[]>([[1, 64, 16, 16], [1, 128, 8, 8]], taps.Select(tap => tap.Shape));
        Assert.All(network.Parameters(), parameter => Assert.False(parameter.RequiresGrad));
    }

    [Fact]
    public void Vgg19_normalises_convolves_and_rectifies()
    {
        Dictionary<string, Tensor> weights = Vgg(layers: 1);
        using Vgg19Features network = new(weights);
        Tensor image = Image(1, 8, 8);

        Tensor mean = Tensor.From([0.485f, 0.456f, 0.406f], 1, 3, 1, 1), deviation = Tensor.From([0.229f, 0.224f, 0.225f], 1, 3, 1, 1);
        Tensor normalised = (((image + 1) / 2) - mean) / deviation;
        Tensor expected = Convolve(normalised, weights["features.0.weight"], weights["features.0.bias"], 1, 1).Relu();

        AssertClose(expected, network.Forward(image)[0]);
    }

    [Fact]
    public void Vgg16_is_not_taken_for_vgg19()
    {
        // The first seven convolutions have the same names and shapes; the eighth is features.17 there, 16 here.
        Dictionary<string, Tensor> weights = Vgg(layers: 7);
        weights["features.17.weight"] = Tensor.Zeros([512, 256, 3, 3]);
        weights["features.17.bias"] = Tensor.Zeros([512]);

        Assert.Contains("not VGG19", Assert.Throws<StateDictException>(() => new Vgg19Features(weights)).Message);
    }

    [Fact]
    public void Other_weights_are_refused()
    {
        var other = new Dictionary<string, Tensor> { ["head.weight"] = Tensor.Zeros([1]) };

        Assert.Contains("vgg19", Assert.Throws<StateDictException>(() => new Vgg19Features(other)).Message);
        Assert.Contains("resnet50", Assert.Throws<StateDictException>(() => new ResNet50Features(other)).Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ResNet50_returns_its_stem_and_three_stages(bool folded)
    {
        using ResNet50Features network = new(ResNet(folded));

        Tensor[] taps = network.Forward(Image(1, 32, 64));

        Assert.Equal<long[]>([[1, 64, 8, 16], [1, 256, 8, 16], [1, 512, 4, 8], [1, 1024, 2, 4]], taps.Select(tap => tap.Shape));
        Assert.All(network.Parameters(), parameter => Assert.False(parameter.RequiresGrad));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dilated_ResNet50_has_twice_the_places_in_layer3_and_agrees_where_both_have_one(bool folded)
    {
        Dictionary<string, Tensor> weights = ResNet(folded);
        using ResNet50Features plain = new(weights), dilated = new(weights, dilated: true);
        Tensor image = Image(1, 32, 64);

        Tensor[] expected = plain.Forward(image), actual = dilated.Forward(image);

        Assert.Equal([1, 1024, 4, 8], actual[3].Shape);
        AssertClose(expected[2], actual[2]);
        Tensor shared = Dispatcher.Call("slice.Tensor", Dispatcher.Call("slice.Tensor", actual[3], 2L, 0L, 4L, 2L), 3L, 0L, 8L, 2L);
        AssertClose(expected[3], shared);
    }

    [Theory]
    [InlineData("bn1.running_mean")]
    [InlineData("layer1.0.bn2.bias")]
    public void A_ResNet50_that_lacks_a_part_of_a_normalisation_says_which(string name)
    {
        Dictionary<string, Tensor> weights = ResNet(folded: false);
        Assert.True(weights.Remove(name));

        Assert.Contains(name, Assert.Throws<StateDictException>(() => new ResNet50Features(weights)).Message);
    }

    [Fact]
    public void A_ResNet50_that_lacks_a_layer_is_refused_rather_than_left_random()
    {
        Dictionary<string, Tensor> weights = ResNet(folded: true);
        weights.Remove("layer2.0.conv1.weight");

        Assert.Contains("layer2.0.conv1.weight", Assert.Throws<StateDictException>(() => new ResNet50Features(weights)).Message);
    }

    [Fact]
    public void ResNet101_is_not_taken_for_ResNet50()
    {
        Dictionary<string, Tensor> weights = ResNet(folded: true);
        weights["layer3.6.conv3.weight"] = Tensor.Zeros([1]);

        Assert.Throws<StateDictException>(() => new ResNet50Features(weights));
    }

    [Fact]
    public void Folding_equals_convolution_and_batch_normalisation_one_after_the_other()
    {
        var weights = new Dictionary<string, Tensor> { ["layer1.0.conv2.weight"] = Tensor.Randn([5, 4, 3, 3]) };
        AddNorm(weights, "layer1.0.bn2", 5);
        Tensor input = Tensor.Randn([2, 4, 6, 6]);

        Dictionary<string, Tensor> folded = BatchNormFolding.Fold(weights, ["layer1.0.conv2.weight", "layer1.0.conv2.bias"]);

        Tensor convolved = Convolve(input, weights["layer1.0.conv2.weight"], null, 1, 1);
        Tensor expected = Dispatcher.Call(
            "batch_norm", convolved, weights["layer1.0.bn2.weight"], weights["layer1.0.bn2.bias"], weights["layer1.0.bn2.running_mean"],
            weights["layer1.0.bn2.running_var"], false, 0.1, 1e-5, false);
        AssertClose(expected, Convolve(input, folded["layer1.0.conv2.weight"], folded["layer1.0.conv2.bias"], 1, 1));
    }

    public void Dispose() => scope.Dispose();

    private static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, long stride, long padding) =>
        Dispatcher.Call("conv2d", input, weight, bias, new[] { stride, stride }, new[] { padding, padding });

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.InRange((expected - actual).Abs().Sum().Item() / expected.Abs().Sum().Item(), 0, 1e-5);
    }

    private static Dictionary<string, Tensor> Vgg(int layers)
    {
        (int Index, int Channels)[] layout = [(0, 64), (2, 64), (5, 128), (7, 128), (10, 256), (12, 256), (14, 256)];
        var weights = new Dictionary<string, Tensor>();
        int input = 3;
        foreach ((int index, int channels) in layout.Take(layers))
        {
            AddConvolution(weights, $"features.{index}", input, channels, 3, hasBias: true);
            input = channels;
        }

        return weights;
    }

    private static Dictionary<string, Tensor> ResNet(bool folded)
    {
        var weights = new Dictionary<string, Tensor>();
        void Add(string convolution, string norm, int input, int output, int kernel)
        {
            AddConvolution(weights, convolution, input, output, kernel, folded);
            if (!folded)
                AddNorm(weights, norm, output);
        }

        Add("conv1", "bn1", 3, 64, 7);
        int channels = 64;
        foreach ((int stage, int blocks, int width) in new[] { (1, 3, 64), (2, 4, 128), (3, 6, 256) })
        {
            for (int block = 0; block < blocks; block++)
            {
                string name = $"layer{stage}.{block}";
                Add($"{name}.conv1", $"{name}.bn1", channels, width, 1);
                Add($"{name}.conv2", $"{name}.bn2", width, width, 3);
                Add($"{name}.conv3", $"{name}.bn3", width, 4 * width, 1);
                if (block == 0)
                    Add($"{name}.downsample.0", $"{name}.downsample.1", channels, 4 * width, 1);
                channels = 4 * width;
            }
        }

        return weights;
    }

    private static void AddConvolution(Dictionary<string, Tensor> weights, string name, int input, int output, int kernel, bool hasBias)
    {
        weights[name + ".weight"] = Tensor.Randn([output, input, kernel, kernel]) / Math.Sqrt(input * kernel * kernel);
        if (hasBias)
            weights[name + ".bias"] = Tensor.Randn([output]) * 0.1;
    }

    private static void AddNorm(Dictionary<string, Tensor> weights, string name, int channels)
    {
        weights[name + ".weight"] = Tensor.Randn([channels]);
        weights[name + ".bias"] = Tensor.Randn([channels]);
        weights[name + ".running_mean"] = Tensor.Randn([channels]);
        weights[name + ".running_var"] = Tensor.Rand([channels]) + 0.5;
    }
}
