using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training;

/// <summary>
/// Trained networks as the start of another run: a generator's file and, in the same folder, the discriminators that
/// it was trained against. Half precision and no optimizer state: a tenth of a checkpoint's size.
/// </summary>
internal static class StartingPoint
{
    internal const string CriticsName = "critics.safetensors";
    private const string Patch = "patch";
    private const string Projected = "projected";

    /// <summary>Writes the discriminators.</summary>
    internal static void SaveCritics(string path, TrainingNetworks networks)
    {
        using TensorScope scope = new();
        SafetensorsWriter.Write(path, networks.StateDict()
            .Where(entry => entry.Key.Split('/')[0] is Patch or Projected)
            .ToDictionary(entry => entry.Key, entry => entry.Value.To(DType.Float16)));
    }

    /// <summary>Starts generator and average from a file, and the discriminators from the one beside it, if there is one.</summary>
    /// <param name="path">The generator's file.</param>
    /// <param name="networks">Networks of the same sizes.</param>
    /// <exception cref="TrainingException">The networks have other sizes.</exception>
    /// <exception cref="WeightsFormatException">A file is damaged.</exception>
    internal static void Load(string path, TrainingNetworks networks)
    {
        using TensorScope scope = new();
        using Generator generator = GeneratorFile.Load(path);
        string critics = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, CriticsName);
        try
        {
            networks.Generator.LoadStateDict(generator.StateDict());
            networks.Average.LoadStateDict(generator.StateDict());
            if (!File.Exists(critics))
                return;
            IReadOnlyDictionary<string, Tensor> state = WeightsFile.Load(critics);
            networks.Patch.LoadStateDict(TrainingNetworks.PartOf(state, Patch));
            networks.Projected.LoadStateDict(TrainingNetworks.PartOf(state, Projected));
        }
        catch (Exception e) when (e is ArgumentException or KeyNotFoundException)
        {
            throw new TrainingException(
                $"{path}, or {CriticsName} beside it, holds networks of other sizes ({e.Message}); give the --generator_width, --generator_depth, --discriminator_width and feature networks of the run that wrote it.", e);
        }
    }
}
