using Outpaint.Metrics;
using Outpaint.Metrics.Fid;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Tests.Metrics;

public sealed class LpipsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void One_layer_agrees_with_the_formula()
    {
        using Lpips lpips = Lpips.Load(Write(Network()));
        double distance = Assert.Single(lpips.Compute(Masks.Colour(32, 255, 0, 0), Masks.Colour(32, 153, 0, 0)));

        // Features (r, 1) of the normalised red value, to unit length; the channels' weights are 1 and 10.
        (double X, double Y) Unit(double red)
        {
            double r = (red + .030) / .458;
            double length = Math.Sqrt(r * r + 1);
            return (r / length, 1 / length);
        }

        (double X, double Y) left = Unit(1), right = Unit(0.2);
        Assert.Equal(Math.Pow(left.X - right.X, 2) + 10 * Math.Pow(left.Y - right.Y, 2), distance, 1e-5);
    }

    [Fact]
    public void The_whole_network_agrees_with_an_independent_implementation()
    {
        using Lpips lpips = Lpips.Load(Write(WholeNetwork()));
        double[] distances = lpips.Compute(MadeUp.Values("left", 2, 3, 50, 67) * 2, MadeUp.Values("right", 2, 3, 50, 67) * 2);
        // What reference.py prints.
        Assert.Equal(0.86825, distances[0], 1e-4);
        Assert.Equal(0.85643, distances[1], 1e-4);
    }

    [Fact]
    public void Equal_images_have_distance_0()
    {
        using Lpips lpips = Lpips.Load(Write(Network()));
        Assert.Equal([0, 0], lpips.Compute(Tensor.Ones([2, 3, 32, 32]), Tensor.Ones([2, 3, 32, 32])));
    }

    [Fact]
    public void Diversity_is_the_mean_distance_of_all_pairs()
    {
        using Lpips lpips = Lpips.Load(Write(Network()));
        Tensor red = Masks.Colour(32, 255, 0, 0), dark = Masks.Colour(32, 153, 0, 0), green = Masks.Colour(32, 0, 200, 0);
        double Between(Tensor left, Tensor right) => Assert.Single(lpips.Compute(left, right));

        Assert.Equal(0, Assert.Single(DiversityMetric.Compute(lpips, [red, red])));
        Assert.Equal(
            (Between(red, dark) + Between(red, green) + Between(dark, green)) / 3,
            Assert.Single(DiversityMetric.Compute(lpips, [red, dark, green])), 1e-6);
    }

    [Fact]
    public void Another_networks_file_is_refused_when_it_is_loaded()
    {
        Dictionary<string, Tensor> network = Network();
        network.Remove("lin3.weight");
        string file = Write(network);
        Assert.Contains("lin3.weight", Assert.Throws<WeightsFormatException>(() => Lpips.Load(file)).Message);
        Assert.Throws<WeightsFormatException>(() => InceptionFeatures.Load(file));
    }

    [Fact]
    public void Of_a_file_without_tensors_the_first_that_is_missing_is_told()
    {
        string file = Write([]);
        Assert.Contains("it lacks 'features.0.weight'", Assert.Throws<WeightsFormatException>(() => Lpips.Load(file)).Message);
        Assert.Contains("it lacks 'conv.weight'", Assert.Throws<WeightsFormatException>(() => InceptionFeatures.Load(file)).Message);
    }

    [Fact]
    public void A_layers_weights_of_another_length_are_refused_when_they_are_loaded()
    {
        Dictionary<string, Tensor> network = Network();
        network["lin2.weight"] = Tensor.Ones([1, 5, 1, 1]);
        string file = Write(network);
        Assert.Throws<WeightsFormatException>(() => Lpips.Load(file));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>The whole network with made-up weights, from a file that is gone already.</summary>
    internal static Lpips LoadMadeUp()
    {
        using var tests = new LpipsTests();
        return Lpips.Load(tests.Write(WholeNetwork()));
    }

    private string Write(Dictionary<string, Tensor> network)
    {
        string file = folder.File("lpips.safetensors");
        SafetensorsWriter.Write(file, network);
        return file;
    }

    // SqueezeNet 1.1 with made-up weights.
    private static Dictionary<string, Tensor> WholeNetwork()
    {
        var network = new Dictionary<string, Tensor>();
        void Add(string name, long outputs, long inputs, long side)
        {
            network[name + ".weight"] = MadeUp.Kernel(name + ".weight", outputs, inputs, side, side);
            network[name + ".bias"] = MadeUp.Values(name + ".bias", outputs) * 0.2;
        }

        Add("features.0", 64, 3, 3);
        foreach ((int layer, long input, long squeeze, long expand) in new[]
        {
            (3, 64L, 16L, 64L), (4, 128, 16, 64), (6, 128, 32, 128), (7, 256, 32, 128),
            (9, 256, 48, 192), (10, 384, 48, 192), (11, 384, 64, 256), (12, 512, 64, 256),
        })
        {
            Add($"features.{layer}.squeeze", squeeze, input, 1);
            Add($"features.{layer}.expand1x1", expand, squeeze, 1);
            Add($"features.{layer}.expand3x3", expand, squeeze, 3);
        }

        foreach ((int i, long channels) in new[] { 64L, 128, 256, 384, 384, 512, 512 }.Index())
            network[$"lin{i}.weight"] = MadeUp.Values($"lin{i}.weight", 1, channels, 1, 1) + 0.5;
        return network;
    }

    // Two channels everywhere: the first layer gives red and a constant, all others give constants.
    private static Dictionary<string, Tensor> Network()
    {
        Tensor first = Tensor.Zeros([2, 3, 3, 3]);
        first[0][0][1][1].Fill_(1);
        var network = new Dictionary<string, Tensor> { ["features.0.weight"] = first, ["features.0.bias"] = Tensor.From<float>([0, 1], 2) };
        foreach (int layer in new[] { 3, 4, 6, 7, 9, 10, 11, 12 })
        {
            foreach ((string part, int side, int channels) in new[] { ("squeeze", 1, 2), ("expand1x1", 1, 1), ("expand3x3", 3, 1) })
            {
                network[$"features.{layer}.{part}.weight"] = Tensor.Zeros([channels, 2, side, side]);
                network[$"features.{layer}.{part}.bias"] = Tensor.Ones([channels]);
            }
        }

        for (int i = 0; i < 7; i++)
            network[$"lin{i}.weight"] = Tensor.From<float>([1, 10], 1, 2, 1, 1);
        return network;
    }
}
