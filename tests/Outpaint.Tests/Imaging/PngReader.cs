using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Outpaint.Tests.Imaging;

/// <summary>Reads a PNG's samples as stored, and its chunks, without going through the library.</summary>
internal sealed class PngReader
{
    private readonly byte[] rows;
    private readonly int stride;
    private readonly int pixelBytes;

    public PngReader(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        using var packed = new MemoryStream();
        for (int i = 8; i < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(i));
            string name = Encoding.ASCII.GetString(file, i + 4, 4);
            byte[] data = file[(i + 8)..(i + 8 + length)];
            if (name == "IDAT")
                packed.Write(data);
            else
                Chunks.Add((name, data));
            i += length + 12;
        }
        byte[] header = Chunks[0].Data;
        Width = BinaryPrimitives.ReadInt32BigEndian(header);
        Height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        BitDepth = header[8];
        ColourType = header[9];
        int samples = ColourType switch { PngFile.Rgb => 3, PngFile.GreyAlpha => 2, PngFile.Rgba => 4, _ => 1 };
        pixelBytes = Math.Max(1, samples * BitDepth / 8);
        stride = (Width * samples * BitDepth + 7) / 8;
        packed.Position = 0;
        rows = Unfilter(packed);
    }

    public int Width { get; }

    public int Height { get; }

    public byte BitDepth { get; }

    public byte ColourType { get; }

    public List<(string Name, byte[] Data)> Chunks { get; } = [];

    /// <summary>The stored bytes of a stretch of a row; samples of 8 or 16 bits only.</summary>
    public byte[] Row(int y, int left, int width) => rows.AsSpan(y * stride + left * pixelBytes, width * pixelBytes).ToArray();

    // PNG specification, section 9.
    private byte[] Unfilter(Stream packed)
    {
        var unfiltered = new byte[Height * stride];
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        for (int y = 0; y < Height; y++)
        {
            int filter = zlib.ReadByte();
            Span<byte> row = unfiltered.AsSpan(y * stride, stride);
            zlib.ReadExactly(row);
            for (int i = 0; i < stride; i++)
            {
                int a = i >= pixelBytes ? row[i - pixelBytes] : 0;
                int b = y > 0 ? unfiltered[(y - 1) * stride + i] : 0;
                int c = y > 0 && i >= pixelBytes ? unfiltered[(y - 1) * stride + i - pixelBytes] : 0;
                row[i] += (byte)(filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => Paeth(a, b, c), _ => 0 });
            }
        }
        return unfiltered;
    }

    private static int Paeth(int a, int b, int c)
    {
        int p = a + b - c, pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
}
