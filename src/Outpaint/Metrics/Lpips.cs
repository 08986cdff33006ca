using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Metrics;

/// <summary>
/// Learned perceptual distance (Zhang et al. 2018, equation 1), version 0.1 on SqueezeNet 1.1: the squared difference
/// of unit-length features, weighted per channel, averaged over places and summed over seven layers.
/// </summary>
public sealed class Lpips : IDisposable
{
    private const double Epsilon = 1e-10;
    private static readonly int[] TappedLayers = [4, 7, 9, 10, 11, 12];

    private readonly FrozenConvolutions network;
    private readonly Tensor shift;
    private readonly Tensor scale;

    private Lpips(FrozenConvolutions network)
    {
        this.network = network;
        shift = Tensor.From<float>([-.030f, -.088f, -.188f], 1, 3, 1, 1).To(network.Device);
        scale = Tensor.From<float>([.458f, .448f, .450f], 1, 3, 1, 1).To(network.Device);
    }

    /// <summary>Loads torchvision's squeezenet1_1 <c>features.N</c> and LPIPS's <c>lin0..lin6.weight</c>.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="KeyNotFoundException">It holds another network; thrown here, not at first use.</exception>
    public static Lpips Load(string path, Device device = default)
    {
        var network = new FrozenConvolutions(path, WeightsFile.Load(path), device);
        var metric = new Lpips(network);
        try
        {
            using Tensor probe = Tensor.Zeros([1, 3, 64, 64]);
            metric.Compute(probe, probe);
            return metric;
        }
        catch
        {
            metric.Dispose();
            throw;
        }
    }

    /// <summary>One distance per pair, 0 for equal images; lower is better.</summary>
    /// <param name="output">Images [N, 3, H, W] in [-1, 1], sides of at least 32.</param>
    /// <param name="original">The images they are compared with, likewise.</param>
    public double[] Compute(Tensor output, Tensor original)
    {
        using var scope = new TensorScope();
        Tensor[] pairs = [.. Features(output).Zip(Features(original), Difference)];
        Tensor distance = Tensor.Zeros([output.Size(0)], device: network.Device);
        for (int layer = 0; layer < pairs.Length; layer++)
            distance += (pairs[layer] * network[$"lin{layer}.weight"]).Sum([1], keepDimensions: true).Mean([1, 2, 3]);
        return distance.To(DType.Float64).ToArray<double>();
    }

    /// <summary>Releases the network.</summary>
    public void Dispose()
    {
        network.Dispose();
        shift.Dispose();
        scale.Dispose();
    }

    private static Tensor Difference(Tensor left, Tensor right) => (UnitLength(left) - UnitLength(right)).Square();

    private static Tensor UnitLength(Tensor features) =>
        features / (features.Square().Sum([1], keepDimensions: true).Sqrt() + Epsilon);

    private List<Tensor> Features(Tensor image)
    {
        Tensor x = network.Apply((image.To(network.Device) - shift) / scale, "features.0", stride: 2, pad: false);
        List<Tensor> taps = [x];
        for (int layer = 2; layer <= 12; layer++)
        {
            x = layer is 2 or 5 or 8 ? MaxPool(x) : Fire(x, $"features.{layer}");
            if (TappedLayers.Contains(layer))
                taps.Add(x);
        }

        return taps;
    }

    private Tensor Fire(Tensor input, string name)
    {
        Tensor squeezed = network.Apply(input, name + ".squeeze");
        return Tensor.Cat([network.Apply(squeezed, name + ".expand1x1"), network.Apply(squeezed, name + ".expand3x3")], 1);
    }

    // The last argument rounds the output size up.
    private static Tensor MaxPool(Tensor input) =>
        Dispatcher.Call("max_pool2d", input, new long[] { 3, 3 }, new long[] { 2, 2 }, new long[] { 0, 0 }, new long[] { 1, 1 }, true);
}
