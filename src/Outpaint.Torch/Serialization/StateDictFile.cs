using Outpaint.Torch.Serialization.Pickle;

namespace Outpaint.Torch.Serialization;

/// <summary>Reads the state dicts that PyTorch's torch.save writes (<c>.pth</c>, <c>.pt</c>) without running any of their code.</summary>
/// <remarks>
/// A state dict is found and named like this: when the top level holds no tensor itself, but a dictionary under
/// <c>state_dict</c>, <c>model_state_dict</c> or <c>model</c> (the first of these), only that one is read. The names of
/// nested dictionaries are joined with dots. Numbers, texts, lists and whatever else is no tensor are left out.
/// </remarks>
public static class StateDictFile
{
    /// <summary>Loads all tensors onto the CPU. Tensors that share a storage become independent of each other.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged, holds more than data, or is a folder.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        using FileStream stream = WeightsFile.OpenRead(path);
        using IStateDictSource source = Open(path, stream);

        using var scope = new TensorScope();
        var tensors = new Dictionary<string, Tensor>();
        // By storage, so that each is read once and only one is in memory beside the tensors.
        foreach (var sharing in StateDictNames.Flatten(path, source.Checkpoint).GroupBy(pair => pair.Value.Storage))
        {
            using Tensor storage = LoadStorage(source, sharing.Key);
            foreach ((string name, TensorReference view) in sharing)
                tensors.Add(name, CopyOut(path, name, view, storage));
        }

        foreach (Tensor tensor in tensors.Values)
            scope.Keep(tensor);
        return tensors;
    }

    private static IStateDictSource Open(string path, FileStream stream)
    {
        bool legacy = stream.ReadByte() == LegacyStateDict.FirstByte;
        stream.Position = 0;
        return legacy ? new LegacyStateDict(path, stream) : new StateDictArchive(path, stream);
    }

    private static Tensor LoadStorage(IStateDictSource source, StorageReference storage)
    {
        byte[] bytes = source.ReadStorage(storage.Key);
        int length = bytes.Length / storage.DType.ByteSize();
        return Tensor.FromBytes(bytes.AsSpan(0, length * storage.DType.ByteSize()), [length], storage.DType);
    }

    private static Tensor CopyOut(string path, string name, TensorReference view, Tensor storage)
    {
        if (!view.FitsInto(storage.Size(0)))
            throw new WeightsFormatException(
                path,
                $"tensor '{name}' of shape [{string.Join(", ", view.Shape)}] does not fit into its storage",
                "Save it again with .contiguous(); if that does not help, the file is damaged.");

        using Tensor shared = storage.AsStrided(view.Shape, view.Strides, view.Offset);
        return shared.Clone();
    }
}
