using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Serialization;

namespace Outpaint.Metrics;

/// <summary>
/// The features that FID compares: the Inception v3 of 2015-12-05 (Szegedy et al. 2016) up to Mixed_6e, averaged over
/// places to 768 numbers, as pytorch-fid (https://github.com/mseitzer/pytorch-fid) computes them with <c>--dims 768</c>.
/// </summary>
public sealed class InceptionFeatures : Module
{
    /// <summary>Numbers per image.</summary>
    public const int Dimensions = 768;

    private const long InputSize = 299;

    private readonly FrozenConvolutions network;

    private InceptionFeatures(string path) => network = Child("network", new FrozenConvolutions(
        path, "Give the FID Inception of 2015-12-05, convolutions named as in its TensorFlow graph, batch norm folded."));

    /// <summary>Loads convolutions named as in the TensorFlow graph (<c>conv</c>, <c>mixed_1_tower_conv</c>), batch norm folded, and tries them.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged or holds another network.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static InceptionFeatures Load(string path)
    {
        var features = new InceptionFeatures(path);
        try
        {
            using Tensor probe = Tensor.Zeros([1, 3, 16, 16]);
            features.Compute(probe).Dispose();
            return features;
        }
        catch
        {
            features.Dispose();
            throw;
        }
    }

    /// <summary>[N, 3, H, W] in [-1, 1] to [N, 768] in double precision on the CPU.</summary>
    public Tensor Compute(Tensor images)
    {
        using var scope = new TensorScope();
        // pytorch-fid resizes in [0, 1] and then scales to [-1, 1]; both are linear, so the order does not matter.
        Tensor x = Dispatcher.Call(
            "upsample_bilinear2d", images.To(network.Device), new[] { InputSize, InputSize }, false, Argument.None, Argument.None);
        x = x.Contiguous(MemoryFormat.ChannelsLast);
        x = network.Apply(x, "conv", stride: 2, pad: false);
        x = network.Apply(x, "conv_1", pad: false);
        x = MaxPool(network.Apply(x, "conv_2"));
        x = network.Apply(x, "conv_3");
        x = MaxPool(network.Apply(x, "conv_4", pad: false));
        foreach (string block in new[] { "mixed", "mixed_1", "mixed_2" })
            x = BlockA(x, block);
        x = BlockB(x, "mixed_3");
        foreach (string block in new[] { "mixed_4", "mixed_5", "mixed_6", "mixed_7" })
            x = BlockC(x, block);
        return scope.Keep(x.Mean([2, 3]).To(Device.Cpu).To(DType.Float64));
    }

    // Mixed_5b to 5d: 1x1, 5x5, two 3x3, pool.
    private Tensor BlockA(Tensor x, string name) => Tensor.Cat(
        [network.Apply(x, name + "_conv"), Tower(x, name + "_tower", 2), Tower(x, name + "_tower_1", 3), PoolTower(x, name)], 1);

    // Mixed_6a halves the size: 3x3, two 3x3, max pool.
    private Tensor BlockB(Tensor x, string name)
    {
        Tensor direct = network.Apply(x, name + "_conv", stride: 2, pad: false);
        Tensor tower = network.Apply(Tower(x, name + "_tower", 2), name + "_tower_conv_2", stride: 2, pad: false);
        return Tensor.Cat([direct, tower, MaxPool(x)], 1);
    }

    // Mixed_6b to 6e: 1x1, 7x7 as 1x7 and 7x1, the same twice, pool.
    private Tensor BlockC(Tensor x, string name) => Tensor.Cat(
        [network.Apply(x, name + "_conv"), Tower(x, name + "_tower", 3), Tower(x, name + "_tower_1", 5), PoolTower(x, name)], 1);

    private Tensor PoolTower(Tensor x, string name) => network.Apply(AveragePool(x), name + "_tower_2_conv");

    // tower_conv, tower_conv_1, tower_conv_2 ... one after another.
    private Tensor Tower(Tensor x, string name, int convolutions)
    {
        x = network.Apply(x, name + "_conv");
        for (int i = 1; i < convolutions; i++)
            x = network.Apply(x, $"{name}_conv_{i}");
        return x;
    }

    private static Tensor MaxPool(Tensor x) => Dispatcher.Call("max_pool2d", x, new long[] { 3, 3 }, new long[] { 2, 2 });

    // The last arguments: sizes round down, and padding does not count, as in TensorFlow and unlike torchvision.
    private static Tensor AveragePool(Tensor x) =>
        Dispatcher.Call("avg_pool2d", x, new long[] { 3, 3 }, new long[] { 1, 1 }, new long[] { 1, 1 }, false, false);
}
