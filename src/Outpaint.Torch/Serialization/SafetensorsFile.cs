using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Outpaint.Torch.Serialization;

/// <summary>A safetensors file, mapped into memory: opening it reads only the header.</summary>
/// <remarks>Format: https://huggingface.co/docs/safetensors/index#format.</remarks>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile mapping;
    private readonly MemoryMappedViewAccessor view;
    private readonly SafetensorsHeader header;
    private readonly byte* data;
    private bool disposed;

    private SafetensorsFile(string path, FileStream stream)
    {
        Path = path;
        int headerLength = ReadHeaderLength(path, stream);
        var json = new byte[headerLength];
        stream.ReadExactly(json);
        header = SafetensorsHeader.Parse(path, json, stream.Length - stream.Position);

        mapping = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        data = start + view.PointerOffset + SafetensorsHeader.LengthFieldSize + headerLength;
    }

    /// <summary>The file's path as it was given.</summary>
    public string Path { get; }

    /// <summary>The file's own key-value notes.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>The tensors by name, in the order of the header.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries => header.Entries;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="WeightsFormatException">It is not a sound safetensors file, or is a folder.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static SafetensorsFile Open(string path)
    {
        FileStream stream = WeightsFile.OpenRead(path);
        try
        {
            return new SafetensorsFile(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of one tensor, row-major and little-endian, without copying them.</summary>
    /// <remarks>The span is valid until this object is disposed.</remarks>
    /// <exception cref="KeyNotFoundException">There is no tensor of that name.</exception>
    /// <exception cref="WeightsFormatException">The tensor is larger than a span can be (2 GiB).</exception>
    public ReadOnlySpan<byte> GetBytes(string name)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        TensorEntry entry = Entries[name];
        if (entry.ByteCount > int.MaxValue)
            throw new WeightsFormatException(Path, $"tensor '{name}' is larger than 2 GiB", "Split it into smaller tensors.");

        return new ReadOnlySpan<byte>(data + entry.Offset, (int)entry.ByteCount);
    }

    /// <summary>Copies one tensor out of the file, onto the CPU.</summary>
    /// <inheritdoc cref="GetBytes" path="/exception"/>
    public Tensor Load(string name)
    {
        ReadOnlySpan<byte> bytes = GetBytes(name);
        TensorEntry entry = Entries[name];
        return Tensor.FromBytes(bytes, entry.Shape, entry.DType);
    }

    /// <summary>Copies all tensors out of the file, onto the CPU.</summary>
    /// <exception cref="WeightsFormatException">One is larger than a span can be (2 GiB).</exception>
    public Dictionary<string, Tensor> LoadAll() => Entries.Keys.ToDictionary(name => name, Load);

    /// <summary>Unmaps the file.</summary>
    public void Dispose()
    {
        if (disposed)
            return;

        disposed = true;
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        mapping.Dispose();
    }

    private static int ReadHeaderLength(string path, FileStream stream)
    {
        Span<byte> field = stackalloc byte[SafetensorsHeader.LengthFieldSize];
        if (stream.ReadAtLeast(field, field.Length, throwOnEndOfStream: false) < field.Length)
            throw new WeightsFormatException(path, $"{stream.Length} bytes are too few for a safetensors file");

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(field);
        if (length > SafetensorsHeader.MaxLength)
            throw new WeightsFormatException(
                path,
                $"its header would be {length} bytes long, more than the {SafetensorsHeader.MaxLength} that safetensors allows",
                "Check that it is a safetensors file, and download or copy it again.");
        if (length > (ulong)(stream.Length - stream.Position))
            throw new WeightsFormatException(path, $"the header's {length} bytes reach beyond the end of the file");

        return (int)length;
    }
}
