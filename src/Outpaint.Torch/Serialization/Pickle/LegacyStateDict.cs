using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>
/// The file that torch.save wrote before PyTorch 1.6, in which most of torchvision's older weights come: a row of
/// pickles, then the elements of all storages.
/// </summary>
/// <remarks>Source: _legacy_save in torch/serialization.py.</remarks>
internal sealed class LegacyStateDict : IStateDictSource
{
    /// <summary>The first byte: the instruction that names the pickle protocol.</summary>
    public const byte FirstByte = (byte)PickleOpcode.Proto;

    private const long ProtocolVersion = 1001;

    private static readonly BigInteger MagicNumber = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly string path;
    private readonly Stream stream;
    private readonly Dictionary<string, (long Offset, long ByteCount)> storages = [];

    /// <summary>Reads everything but the elements.</summary>
    public LegacyStateDict(string path, Stream stream)
    {
        this.path = path;
        this.stream = stream;

        if (ReadPickle() is not BigInteger magic || magic != MagicNumber)
            throw new WeightsFormatException(path, "it is a Python pickle but not one of torch.save", "Name a .pth or .safetensors file.");
        if (ReadPickle() is not ProtocolVersion)
            throw new WeightsFormatException(path, $"its torch.save protocol is not {ProtocolVersion}", "Save it again with a current PyTorch.");
        if (ReadPickle() is not PickleDict systemInfo || !systemInfo.Items.Contains(("little_endian", true)))
            throw new WeightsFormatException(path, "it was not written on a little-endian machine", "Save it again on one.");

        var pickle = new StateDictPickle(path, stream);
        Checkpoint = pickle.Read();
        FindStorages(pickle.Storages);
    }

    public object? Checkpoint { get; }

    public byte[] ReadStorage(string key)
    {
        if (!storages.TryGetValue(key, out (long Offset, long ByteCount) storage))
            throw new WeightsFormatException(path, $"it lacks the storage '{key}'");
        if (storage.ByteCount > Array.MaxLength)
            throw new WeightsFormatException(path, $"the storage '{key}' in it is larger than 2 GiB", "Convert it to safetensors.");

        var bytes = new byte[storage.ByteCount];
        stream.Position = storage.Offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    public void Dispose() => stream.Dispose();

    private object? ReadPickle() => new StateDictPickle(path, stream).Read();

    // A list of keys, then for each key the number of its elements and the elements.
    private void FindStorages(IReadOnlyDictionary<string, StorageReference> referenced)
    {
        if (ReadPickle() is not List<object?> keys)
            throw new WeightsFormatException(path, "it lacks the list of its storages");

        Span<byte> field = stackalloc byte[sizeof(long)];
        foreach (object? key in keys)
        {
            if (key is not string name || !referenced.TryGetValue(name, out StorageReference? storage))
                throw new WeightsFormatException(path, $"it lists the storage '{key}' that no tensor has");
            if (stream.ReadAtLeast(field, field.Length, throwOnEndOfStream: false) < field.Length)
                throw new WeightsFormatException(path, $"it ends before the storage '{name}'");

            long count = BinaryPrimitives.ReadInt64LittleEndian(field);
            if (count < 0 || count > (stream.Length - stream.Position) / storage.DType.ByteSize())
                throw new WeightsFormatException(path, $"the {count} elements of the storage '{name}' reach beyond the end of the file");
            if (!storages.TryAdd(name, (stream.Position, count * storage.DType.ByteSize())))
                throw new WeightsFormatException(path, $"it lists the storage '{name}' twice");
            stream.Position += storages[name].ByteCount;
        }

        if (stream.Position < stream.Length)
            throw new WeightsFormatException(path, $"{stream.Length - stream.Position} bytes follow the last storage");
    }
}
