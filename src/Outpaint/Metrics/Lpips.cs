using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Serialization;

namespace Outpaint.Metrics;

/// <summary>
/// Learned perceptual distance (Zhang et al. 2018, equation 1), version 0.1 on SqueezeNet 1.1: the squared difference
/// of unit-length features, weighted per channel, averaged over places and summed over seven layers.
/// </summary>
public sealed class Lpips : Module
{
    private const double Epsilon = 1e-10;
    private const int SmallestSide = 32;
    private const string Remedy = "Give LPIPS v0.1's SqueezeNet: torchvision's features.N and lin0 to lin6.";
    private static readonly int[] TappedLayers = [4, 7, 9, 10, 11, 12];

    private readonly FrozenConvolutions network;
    private readonly Tensor shift;
    private readonly Tensor scale;

    private Lpips(string path)
    {
        network = Child("network", new FrozenConvolutions(WeightsFile.Load(path), path, Remedy));
        shift = Buffer("shift", Tensor.From<float>([-.030f, -.088f, -.188f], 1, 3, 1, 1));
        scale = Buffer("scale", Tensor.From<float>([.458f, .448f, .450f], 1, 3, 1, 1));
    }

    /// <summary>Loads torchvision's squeezenet1_1 <c>features.N</c> and LPIPS's <c>lin0..lin6.weight</c>, and tries them.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged or holds another network.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static Lpips Load(string path)
    {
        using Tensor probe = Tensor.Zeros([1, 3, 32, 32]);
        return FrozenConvolutions.Load(path, Remedy, file => new Lpips(file), metric => metric.Compute(probe, probe));
    }

    /// <summary>One distance per pair, 0 for equal images; lower is better.</summary>
    /// <param name="output">Images [N, 3, H, W] in [-1, 1], sides of at least 32.</param>
    /// <param name="original">The images they are compared with, likewise.</param>
    /// <exception cref="ArgumentException">A shape is another, images are no floating-point numbers, or a side is too short.</exception>
    public double[] Compute(Tensor output, Tensor original)
    {
        using var scope = new TensorScope();
        (output, original) = MetricInput.Pair(output, original, SmallestSide);
        Tensor[] layers = [.. Features(output).Zip(Features(original), Difference)];
        Tensor distance = Tensor.Zeros([output.Size(0)], device: network.Device);
        for (int layer = 0; layer < layers.Length; layer++)
            distance += (layers[layer] * network[$"lin{layer}.weight"]).Sum([1]).Mean([1, 2]);
        return distance.To(DType.Float64).ToArray<double>();
    }

    private static Tensor Difference(Tensor left, Tensor right) => (UnitLength(left) - UnitLength(right)).Square();

    private static Tensor UnitLength(Tensor features) =>
        features / (features.Square().Sum([1], keepDimensions: true).Sqrt() + Epsilon);

    // SqueezeNet 1.1 (Iandola et al. 2016), each layer numbered as in torchvision.
    private List<Tensor> Features(Tensor image)
    {
        Tensor input = ((image.To(network.Device) - shift) / scale).ForConvolution();
        Tensor x = network.Apply(input, "features.0", stride: 2, pad: false);
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
