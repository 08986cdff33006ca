using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Outpaint.Imaging.Metadata;

/// <summary>An ancillary chunk of a PNG file that a new file gets as it is.</summary>
/// <param name="Name">Four letters.</param>
/// <param name="Data">What stands between name and checksum.</param>
internal sealed record PngChunk(string Name, byte[] Data)
{
    /// <summary>The keyword of an XMP packet's text chunk.</summary>
    public const string XmpKeyword = "XML:com.adobe.xmp";

    // More is no description any more.
    private const int MaxTotal = 16 << 20;

    public const string Resolution = "pHYs", Exif = "eXIf", Profile = "iCCP";

    /// <summary>Whether it says how the values are to be shown.</summary>
    public bool IsColour => Name is "gAMA" or "cHRM" or "sRGB" or "cICP";

    /// <summary>Whether it holds an XMP packet.</summary>
    public bool IsXmp => Name == "iTXt" && Data.AsSpan().StartsWith(Encoding.ASCII.GetBytes(XmpKeyword + "\0"));

    /// <summary>The packet of an XMP chunk; null where it is damaged, or compressed, which XMP does not allow.</summary>
    public byte[]? Xmp
    {
        get
        {
            // Keyword, compression flag and method, language, translated keyword, text.
            int language = XmpKeyword.Length + 3;
            int keyword = Array.IndexOf(Data, (byte)0, Math.Min(language, Data.Length)) + 1;
            int text = keyword > 0 ? Array.IndexOf(Data, (byte)0, keyword) + 1 : 0;
            return text > 0 && Data[language - 2] == 0 ? Data[text..] : null;
        }
    }

    /// <summary>The density that a resolution chunk tells without a unit; null where it has one, or is damaged.</summary>
    public Density? Ratio => Data.Length == 9 && Data[8] == 0
        ? Density.WithoutUnit(BinaryPrimitives.ReadUInt32BigEndian(Data), BinaryPrimitives.ReadUInt32BigEndian(Data.AsSpan(4)))
        : null;

    /// <summary>A resolution chunk for the picture turned by a quarter; a damaged one as it is.</summary>
    public PngChunk WithSwappedResolution() => Data.Length < 8 ? this : this with { Data = [.. Data[4..8], .. Data[..4], .. Data[8..]] };

    /// <summary>The chunks of a file that still hold for a larger picture, and those with EXIF and XMP.</summary>
    /// <exception cref="EndOfStreamException">The file is cut off.</exception>
    public static IReadOnlyList<PngChunk> Read(Stream file)
    {
        var chunks = new List<PngChunk>();
        Span<byte> head = stackalloc byte[8];
        int room = MaxTotal;
        file.Position = 8;
        while (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var chunk = new PngChunk(Encoding.ASCII.GetString(head[4..]), []);
            if (chunk.IsKept && length <= room)
            {
                chunk = chunk with { Data = new byte[length] };
                file.ReadExactly(chunk.Data);
                room -= (int)length;
                length = 0;
                chunks.Add(chunk);
            }
            file.Position += length + 4L; // and the checksum
        }
        return chunks;
    }

    /// <summary>Writes the whole chunk.</summary>
    public static void Write(Stream file, string name, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        file.Write(number);
    }

    // Ancillary and, by the fourth letter, true of changed pixels as well (PNG specification, 5.4); colours are.
    private bool IsKept => IsColour || Name == Profile || (char.IsAsciiLetterLower(Name[0]) && char.IsAsciiLetterLower(Name[3]));
}
