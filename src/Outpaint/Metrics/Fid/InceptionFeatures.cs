using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Serialization;

namespace Outpaint.Metrics.Fid;

/// <summary>
/// The features that FID compares: those of the Inception v3 of 2015-12-05 (Szegedy et al. 2016) as pytorch-fid
/// (https://github.com/mseitzer/pytorch-fid) computes them with <c>--dims 768</c>, after Mixed_6e, and with
/// <c>--dims 2048</c>, after the last block; averaged over places.
/// </summary>
public sealed class InceptionFeatures : Module
{
    private const long InputSize = 299;
    private const string Remedy = "Give the FID Inception of 2015-12-05, such as pytorch-fid's pt_inception-2015-12-05-6726825d.pth.";

    private readonly FrozenConvolutions network;

    private InceptionFeatures(string path) =>
        network = Child("network", new FrozenConvolutions(InceptionWeights.Load(path), path, Remedy));

    /// <summary>Whether the file goes on after Mixed_6e, so that there are 2048 numbers beside the 768.</summary>
    public bool HasLastBlocks => network.Has("mixed_8_tower_conv");

    /// <summary>
    /// Loads pytorch-fid's own file, or convolutions named as in the TensorFlow graph (<c>mixed_1_tower_conv</c>) with batch
    /// norm folded, which may end with Mixed_6e (<c>mixed_7</c>); and tries them.
    /// </summary>
    /// <exception cref="WeightsFormatException">The file is damaged or holds another network.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static InceptionFeatures Load(string path)
    {
        using Tensor probe = Tensor.Zeros([1, 3, 16, 16]);
        return FrozenConvolutions.Load(path, Remedy, file => new InceptionFeatures(file), features => features.Compute(probe));
    }

    /// <summary>[N, 3, H, W] in [-1, 1] to [N, 768] and, where the network has its last blocks, [N, 2048]; on the CPU.</summary>
    /// <exception cref="ArgumentException">The images' shape is another, or they are no floating-point numbers.</exception>
    public Tensor[] Compute(Tensor images)
    {
        using var scope = new TensorScope();
        Tensor x = Stem(MetricInput.Images(images));
        foreach (string block in new[] { "mixed", "mixed_1", "mixed_2" })
            x = BlockA(x, block);
        x = BlockB(x, "mixed_3");
        foreach (string block in new[] { "mixed_4", "mixed_5", "mixed_6", "mixed_7" })
            x = BlockC(x, block);
        Tensor early = scope.Keep(Pooled(x));
        if (!HasLastBlocks)
            return [early];
        x = BlockD(x, "mixed_8");
        x = BlockE(x, "mixed_9", AveragePool);
        // Where the paper averages, this network takes the maximum.
        x = BlockE(x, "mixed_10", y => MaxPool(y, stride: 1, padding: 1));
        return [early, scope.Keep(Pooled(x))];
    }

    private Tensor Stem(Tensor images)
    {
        using var scope = new TensorScope();
        // pytorch-fid resizes in [0, 1] and then scales to [-1, 1]; both are linear, so the order does not matter.
        Tensor x = Dispatcher.Call(
            "upsample_bilinear2d", images.To(network.Device), new[] { InputSize, InputSize }, false, Argument.None, Argument.None);
        x = x.ForConvolution();
        x = network.Apply(x, "conv", stride: 2, pad: false);
        x = network.Apply(x, "conv_1", pad: false);
        x = MaxPool(network.Apply(x, "conv_2"));
        x = network.Apply(x, "conv_3");
        return scope.Keep(MaxPool(network.Apply(x, "conv_4", pad: false)));
    }

    // Mixed_5b to 5d: 1x1, 5x5, two 3x3, pool.
    private Tensor BlockA(Tensor x, string name) => Join(
        () => [network.Apply(x, name + "_conv"), Tower(x, name + "_tower", 2), Tower(x, name + "_tower_1", 3), PoolTower(AveragePool(x), name)]);

    // Mixed_6a halves the size: 3x3, two 3x3, max pool.
    private Tensor BlockB(Tensor x, string name) => Join(
        () => [network.Apply(x, name + "_conv", stride: 2, pad: false), HalvingTower(x, name + "_tower", 3), MaxPool(x)]);

    // Mixed_6b to 6e: 1x1, 7x7 as 1x7 and 7x1, the same twice, pool.
    private Tensor BlockC(Tensor x, string name) => Join(
        () => [network.Apply(x, name + "_conv"), Tower(x, name + "_tower", 3), Tower(x, name + "_tower_1", 5), PoolTower(AveragePool(x), name)]);

    // Mixed_7a halves the size: 3x3, 7x7 and 3x3, max pool.
    private Tensor BlockD(Tensor x, string name) => Join(
        () => [HalvingTower(x, name + "_tower", 2), HalvingTower(x, name + "_tower_1", 4), MaxPool(x)]);

    // Mixed_7b and 7c: 1x1, then 1x3 beside 3x1, two 3x3 of which the second is split likewise, pool.
    private Tensor BlockE(Tensor x, string name, Func<Tensor, Tensor> pool) => Join(
        () => [network.Apply(x, name + "_conv"), .. Fork(Tower(x, name + "_tower", 1), name + "_tower"),
            .. Fork(Tower(x, name + "_tower_1", 2), name + "_tower_1"), PoolTower(pool(x), name)]);

    private Tensor[] Fork(Tensor x, string name) => [network.Apply(x, name + "_mixed_conv"), network.Apply(x, name + "_mixed_conv_1")];

    private Tensor PoolTower(Tensor pooled, string name) => network.Apply(pooled, name + "_tower_2_conv");

    // tower_conv, tower_conv_1, tower_conv_2 ... one after another.
    private Tensor Tower(Tensor x, string name, int convolutions)
    {
        for (int i = 0; i < convolutions; i++)
            x = network.Apply(x, Convolution(name, i));
        return x;
    }

    private Tensor HalvingTower(Tensor x, string name, int convolutions) =>
        network.Apply(Tower(x, name, convolutions - 1), Convolution(name, convolutions - 1), stride: 2, pad: false);

    private static string Convolution(string tower, int index) => index == 0 ? tower + "_conv" : $"{tower}_conv_{index}";

    // What a block computes on the way is released with it: at 299 pixels that is most of the memory.
    private static Tensor Join(Func<Tensor[]> branches)
    {
        using var scope = new TensorScope();
        return scope.Keep(Tensor.Cat(branches(), 1));
    }

    private static Tensor Pooled(Tensor x) => x.Mean([2, 3]).To(Device.Cpu);

    private static Tensor MaxPool(Tensor x, long stride = 2, long padding = 0) =>
        Dispatcher.Call("max_pool2d", x, new long[] { 3, 3 }, new[] { stride, stride }, new[] { padding, padding });

    // The last arguments: sizes round down, and padding does not count, as in TensorFlow and unlike torchvision.
    private static Tensor AveragePool(Tensor x) =>
        Dispatcher.Call("avg_pool2d", x, new long[] { 3, 3 }, new long[] { 1, 1 }, new long[] { 1, 1 }, false, false);
}
