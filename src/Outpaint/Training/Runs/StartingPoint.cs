using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training.Runs;

/// <summary>
/// Trained networks as the start of another run: a generator's file and, in the same folder, the discriminators that
/// it was trained against. Half precision and no optimizer state: a tenth of a checkpoint's size.
/// </summary>
internal static class StartingPoint
{
    internal const string DiscriminatorsName = "discriminators.safetensors";
    private const string Patch = "patch";
    private const string Projected = "projected";

    /// <summary>Writes the discriminators.</summary>
    internal static void SaveDiscriminators(string path, TrainingNetworks networks)
    {
        using TensorScope scope = new();
        SafetensorsWriter.Write(path, networks.StateDict()
            .Where(entry => entry.Key.Split('/')[0] is Patch or Projected)
            .ToDictionary(entry => entry.Key, entry => entry.Value.To(DType.Float16)));
    }

    /// <summary>Starts generator and average from a file, and from the one beside it, if there is one, the discriminators that fit.</summary>
    /// <param name="path">The generator's file.</param>
    /// <param name="networks">The run's networks.</param>
    /// <returns>
    /// How many blocks were added to the file's generator, and whether the file beside it holds discriminators of other
    /// sizes, so that new ones learn in their place.
    /// </returns>
    /// <exception cref="TrainingException">The generator is wider, narrower or deeper than the run's.</exception>
    /// <exception cref="WeightsFormatException">A file is damaged.</exception>
    internal static (int AddedBlocks, bool NewDiscriminators) Load(string path, TrainingNetworks networks)
    {
        using TensorScope scope = new();
        using Generator generator = GeneratorFile.Load(path);
        int addedBlocks = ContinueFrom(generator, networks.Generator, path);
        networks.Average.LoadStateDict(networks.Generator.StateDict());
        string discriminators = BesideGenerator(path);
        if (!File.Exists(discriminators))
            return (addedBlocks, false);
        IReadOnlyDictionary<string, Tensor> state = WeightsFile.Load(discriminators);
        bool patchFits = TryLoad(networks.Patch, TrainingNetworks.PartOf(state, Patch));
        // Without feature networks there are no heads for which it could hold something.
        bool projectedFits = networks.Projected.StateDict().Count == 0
            || TryLoad(networks.Projected, TrainingNetworks.PartOf(state, Projected));
        return (addedBlocks, !patchFits || !projectedFits);
    }

    /// <summary>Channels of the first layer of the patch discriminator that a generator was trained against.</summary>
    /// <param name="path">The generator's file.</param>
    /// <exception cref="TrainingException">No discriminators lie beside it, or no such one among them.</exception>
    /// <exception cref="WeightsFormatException">Their file is damaged.</exception>
    internal static int DiscriminatorWidth(string path)
    {
        string discriminators = BesideGenerator(path);
        if (!File.Exists(discriminators))
            throw new TrainingException($"{discriminators}: there is no such file; put the discriminators that {Path.GetFileName(path)} was trained against there, from the folder of its run.");
        using SafetensorsFile file = SafetensorsFile.Open(discriminators);
        return file.Entries.TryGetValue($"{Patch}/{PatchDiscriminator.FirstBias}", out TensorEntry? bias) && bias.Shape is [var width]
            ? (int)width
            : throw new TrainingException($"{discriminators}: it holds no patch discriminator; put the one of the run that wrote {Path.GetFileName(path)} there.");
    }

    private static string BesideGenerator(string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, DiscriminatorsName);

    private static int ContinueFrom(Generator earlier, Generator generator, string path)
    {
        try
        {
            return generator.ContinueFrom(earlier);
        }
        catch (StateDictException e)
        {
            throw new TrainingException(
                $"{path} holds a generator of another size ({e.Message.TrimEnd('.')}); give the --generator_width of the run that wrote it, "
                + "and at least its --generator_depth.", e);
        }
    }

    // A module takes all of a state or nothing.
    private static bool TryLoad(Module module, IReadOnlyDictionary<string, Tensor> state)
    {
        try
        {
            module.LoadStateDict(state);
            return true;
        }
        catch (StateDictException)
        {
            return false;
        }
    }
}
