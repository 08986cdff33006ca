using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training.Runs;

/// <summary>
/// A run on disk, whole: networks, average, optimizers, random state and position, in one safetensors file that is
/// replaced in one piece, so that a kill at any moment leaves the last good one.
/// </summary>
internal static class Checkpoint
{
    private const string Format = "outpaint-checkpoint-1";
    private const string RandomState = "random_state";
    private const string Checksum = "checksum";

    /// <summary>Writes the state.</summary>
    internal static void Save(string path, TrainingNetworks networks, RunPosition position, Device device)
    {
        using TensorScope scope = new();
        Dictionary<string, Tensor> state = networks.StateDict();
        state[RandomState] = TorchRuntime.GetRngState(device);
        var notes = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["steps"] = position.Steps.ToString(CultureInfo.InvariantCulture),
            ["images"] = position.Images.ToString(CultureInfo.InvariantCulture),
            ["setbacks"] = position.Setbacks.ToString(CultureInfo.InvariantCulture),
            ["learning_rate"] = position.LearningRate.ToString(CultureInfo.InvariantCulture),
        };
        notes[Checksum] = ChecksumOf(notes, state);
        SafetensorsWriter.Write(path, state, notes);
    }

    /// <summary>Restores a state.</summary>
    /// <returns>Where it was written.</returns>
    /// <exception cref="TrainingException">It is no checkpoint, or one of other networks.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged.</exception>
    internal static RunPosition Load(string path, TrainingNetworks networks, Device device)
    {
        using TensorScope scope = new();
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault("format") != Format)
            throw new TrainingException($"{path} is no checkpoint; resume from a run's folder or its checkpoints/last.safetensors.");
        Dictionary<string, Tensor> state = file.LoadAll();
        // Flipped bits are numbers, too, and would only show when the run diverges. Earlier versions wrote no checksum.
        if (file.Metadata.TryGetValue(Checksum, out string? checksum) && checksum != ChecksumOf(file.Metadata, state))
            throw new WeightsFormatException(path, "its content does not match its checksum");
        try
        {
            networks.LoadStateDict(state);
        }
        catch (StateDictException e)
        {
            throw new TrainingException($"{path} does not fit this run's networks ({e.Message.TrimEnd('.')}); "
                + "resume with the options and the version that wrote it, or start a new run from its generator with --init_weights.", e);
        }

        var position = new RunPosition(Number<long>("steps"), Number<long>("images"), Number<int>("setbacks", "0"), Number<double>("learning_rate", "0"));
        // A run may go on on another kind of device, whose generator has another state; steps draw nothing from it.
        if (state.TryGetValue(RandomState, out Tensor? random) && random.NumberOfElements == TorchRuntime.GetRngState(device).NumberOfElements)
            TorchRuntime.SetRngState(device, random);
        return position;

        T Number<T>(string name, string? absent = null) where T : ISpanParsable<T> =>
            T.TryParse(file.Metadata.GetValueOrDefault(name) ?? absent, CultureInfo.InvariantCulture, out T? value)
                ? value
                : throw new WeightsFormatException(path, $"it does not say its {name}");
    }

    private static string ChecksumOf(IReadOnlyDictionary<string, string> notes, Dictionary<string, Tensor> state)
    {
        var hash = new XxHash3();
        foreach ((string name, string note) in notes.Where(note => note.Key != Checksum).OrderBy(note => note.Key, StringComparer.Ordinal))
            hash.Append(Encoding.UTF8.GetBytes($"{name}={note}\n"));
        foreach ((_, Tensor tensor) in state.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            tensor.LendBytes(hash.Append);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
