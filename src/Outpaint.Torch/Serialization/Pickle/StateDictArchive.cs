using System.IO.Compression;

namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>The zip archive that torch.save writes since PyTorch 1.6: a pickle, and a file for each storage.</summary>
internal sealed class StateDictArchive : IStateDictSource
{
    private const string PickleName = "data.pkl";

    private readonly string path;
    private readonly long fileLength;
    private readonly ZipArchive zip;
    private readonly string folder;

    /// <summary>Reads everything but the elements.</summary>
    public StateDictArchive(string path, Stream stream)
    {
        this.path = path;
        fileLength = stream.Length;
        zip = Guarded(() => new ZipArchive(stream, ZipArchiveMode.Read));
        folder = FindFolder();

        if (zip.GetEntry($"{folder}constants.pkl") is not null)
            throw new WeightsFormatException(path, "it is a TorchScript program", "Save its weights with torch.save(module.state_dict(), ...).");
        if (zip.GetEntry($"{folder}byteorder") is { } byteOrder && !Read(byteOrder).AsSpan().SequenceEqual("little"u8))
            throw new WeightsFormatException(path, "its numbers are not little-endian", "Save it again on a little-endian machine.");

        using var pickle = new MemoryStream(Read(zip.GetEntry(folder + PickleName)!));
        Checkpoint = new StateDictPickle(path, pickle).Read();
    }

    public object? Checkpoint { get; }

    public byte[] ReadStorage(string key) =>
        Read(zip.GetEntry($"{folder}data/{key}") ?? throw new WeightsFormatException(path, $"it lacks the storage '{key}'"));

    public void Dispose() => zip.Dispose();

    // torch.save puts all files into one folder, named after the file or "archive".
    private string FindFolder()
    {
        string? pickle = Guarded(() => zip.Entries)
            .Select(entry => entry.FullName)
            .FirstOrDefault(name => name.EndsWith($"/{PickleName}", StringComparison.Ordinal));
        return pickle?[..^PickleName.Length]
            ?? throw new WeightsFormatException(path, "it is a zip archive but not one of PyTorch", "Name a .pth or .safetensors file.");
    }

    private byte[] Read(ZipArchiveEntry entry)
    {
        // torch.save never compresses. Refusing those who do bounds all memory by the size of the file.
        if (entry.CompressedLength != entry.Length)
            throw new WeightsFormatException(path, $"'{entry.FullName}' in it is compressed", "Save it again with torch.save.");
        if (entry.Length > fileLength)
            throw new WeightsFormatException(path, $"'{entry.FullName}' in it is larger than the file");
        if (entry.Length > Array.MaxLength)
            throw new WeightsFormatException(path, $"'{entry.FullName}' in it is larger than 2 GiB", "Convert it to safetensors.");

        return Guarded(() =>
        {
            var bytes = new byte[entry.Length];
            using Stream content = entry.Open();
            content.ReadExactly(bytes);
            return bytes;
        });
    }

    // The ways in which ZipArchive tells of a broken archive.
    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new WeightsFormatException(path, "its zip archive is broken or cut off", innerException: e);
        }
    }
}
