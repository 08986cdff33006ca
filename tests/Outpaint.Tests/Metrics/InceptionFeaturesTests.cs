using Outpaint.Metrics;
using Outpaint.Metrics.Fid;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Tests.Metrics;

public sealed class InceptionFeaturesTests : IDisposable
{
    // What reference.py prints: features of pytorch-fid's network.
    private static readonly double[] Early = [0.83954, 0.01363, 0.00021, 0.09265, 0.32858, 0.00000];
    private static readonly double[] Late =
    [
        0.01432, 0.18284, 0.11481, 0.41028, 0.02996, 0.03582, 0.20812, 0.02945, 0.02710, 0.18696, 0.28215, 0.00000,
        0.24852, 0.09982, 0.05587, 0.72596,
    ];

    private readonly TemporaryFolder folder = new();
    private readonly TensorScope scope = new();

    [Fact]
    public void A_whole_file_of_pytorch_fid_gives_its_features_at_both_depths()
    {
        using InceptionFeatures network = InceptionFeatures.Load(Write(SmallInception.PytorchFid()));
        Tensor[] features = network.Compute(Picture());
        Assert.True(network.HasLastBlocks);
        AssertEvery16th(Early, features[0]);
        AssertEvery16th(Late, features[1]);
    }

    [Fact]
    public void A_whole_file_under_the_graphs_names_gives_the_same()
    {
        using InceptionFeatures network = InceptionFeatures.Load(Write(SmallInception.Graph()));
        Tensor[] features = network.Compute(Picture());
        AssertEvery16th(Early, features[0]);
        AssertEvery16th(Late, features[1]);
    }

    [Fact]
    public void A_file_that_ends_at_Mixed_6e_gives_the_early_features_alone()
    {
        var cut = SmallInception.Graph().Where(entry => !entry.Key.StartsWith("mixed_8") && !entry.Key.StartsWith("mixed_9") && !entry.Key.StartsWith("mixed_10"));
        using InceptionFeatures network = InceptionFeatures.Load(Write(cut.ToDictionary()));
        Assert.False(network.HasLastBlocks);
        AssertEvery16th(Early, Assert.Single(network.Compute(Picture())));
    }

    [Fact]
    public void A_file_with_a_part_of_the_last_blocks_is_refused_by_the_name_that_is_missing()
    {
        Dictionary<string, Tensor> weights = SmallInception.Graph();
        weights.Remove("mixed_10_tower_mixed_conv_1.weight");
        string file = Write(weights);
        Assert.Contains("mixed_10_tower_mixed_conv_1.weight", Assert.Throws<WeightsFormatException>(() => InceptionFeatures.Load(file)).Message);
    }

    [Theory]
    [InlineData("Mixed_5b.branch1x1.bn.running_mean")] // missing
    [InlineData("Conv2d_1a_3x3.bn.weight", 3)] // of another length
    public void Batch_norm_that_does_not_fit_is_refused(string name, int? length = null)
    {
        Dictionary<string, Tensor> weights = SmallInception.PytorchFid();
        weights.Remove(name);
        if (length is { } other)
            weights[name] = Tensor.Ones([other]);
        string file = Write(weights);
        Assert.Contains("inception.safetensors", Assert.Throws<WeightsFormatException>(() => InceptionFeatures.Load(file)).Message);
    }

    [Fact]
    public void Torchvisions_own_Inception_is_refused()
    {
        Dictionary<string, Tensor> weights = SmallInception.PytorchFid();
        weights["fc.weight"] = Tensor.Zeros([1000, 4]);
        string file = Write(weights);
        Assert.Contains("torchvision's Inception", Assert.Throws<WeightsFormatException>(() => InceptionFeatures.Load(file)).Message);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static Tensor Picture() => MadeUp.Values("image", 2, 3, 24, 32) * 2;

    private static void AssertEvery16th(double[] expected, Tensor features)
    {
        float[] second = features[1].ToArray<float>();
        Assert.Equal(expected.Length * 16, second.Length);
        Assert.All(expected.Index(), entry => Assert.Equal(entry.Item, second[entry.Index * 16], 1e-4));
    }

    private string Write(Dictionary<string, Tensor> weights)
    {
        string file = folder.File("inception.safetensors");
        SafetensorsWriter.Write(file, weights);
        return file;
    }
}
