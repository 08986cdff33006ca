using Outpaint.Metrics;
using Outpaint.Metrics.Fid;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Tests.Metrics;

/// <summary>The FID Inception in its whole depth, with an eighth of the channels and made-up weights.</summary>
internal static class SmallInception
{
    private const int Divisor = 8;

    /// <summary>The network, from a file that is gone already.</summary>
    public static InceptionFeatures Load()
    {
        using var folder = new TemporaryFolder();
        using var scope = new TensorScope();
        string file = folder.File("inception.safetensors");
        SafetensorsWriter.Write(file, PytorchFid());
        return InceptionFeatures.Load(file);
    }

    /// <summary>torchvision's names, batch norm apart.</summary>
    public static Dictionary<string, Tensor> PytorchFid()
    {
        var weights = new Dictionary<string, Tensor>();
        foreach ((string name, _, long[] shape) in Convolutions())
        {
            weights[$"{name}.conv.weight"] = MadeUp.Kernel($"{name}.conv.weight", shape);
            foreach ((string part, double centre, double spread) in new[] { ("weight", 1.0, 0.2), ("bias", 0, 0.2), ("running_mean", 0, 0.2), ("running_var", 1, 0.5) })
                weights[$"{name}.bn.{part}"] = (MadeUp.Values($"{name}.bn.{part}", shape[0]) * spread) + centre;
        }

        return weights;
    }

    /// <summary>The TensorFlow graph's names, batch norm folded.</summary>
    public static Dictionary<string, Tensor> Graph()
    {
        Dictionary<string, Tensor> apart = PytorchFid();
        var folded = new Dictionary<string, Tensor>();
        foreach ((string name, string graph, _) in Convolutions())
        {
            Tensor scale = apart[$"{name}.bn.weight"] / (apart[$"{name}.bn.running_var"] + 1e-3).Sqrt();
            folded[$"{graph}.weight"] = apart[$"{name}.conv.weight"] * scale.Reshape(-1, 1, 1, 1);
            folded[$"{graph}.bias"] = apart[$"{name}.bn.bias"] - (apart[$"{name}.bn.running_mean"] * scale);
        }

        return folded;
    }

    private static IEnumerable<(string Name, string Graph, long[] Shape)> Convolutions()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "Metrics", "inception-convolutions.txt");
        foreach (string[] row in File.ReadLines(file).Select(line => line.Split(' ')))
        {
            long[] numbers = [.. row.Skip(2).Select(long.Parse)];
            yield return (row[0], row[1], [numbers[1] / Divisor, Math.Max(3, numbers[0] / Divisor), numbers[2], numbers[3]]);
        }
    }
}
