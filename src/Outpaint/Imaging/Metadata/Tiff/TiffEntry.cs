namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>A field of a TIFF directory (TIFF 6.0, section 2).</summary>
/// <param name="Tag">What it tells.</param>
/// <param name="Type">How its values are stored.</param>
/// <param name="Value">The values, in the byte order of the file they came from.</param>
internal sealed record TiffEntry(ushort Tag, ushort Type, byte[] Value)
{
    public const ushort Byte = 1, Ascii = 2, Short = 3, Long = 4, Rational = 5, Undefined = 7, Directory4 = 13, Long8 = 16, Directory8 = 18;

    public const ushort CieLab = 8; // of Photometric

    public const ushort AssociatedAlpha = 1; // of ExtraSamples

    public const ushort Floats = 3; // of SampleFormat

    public const ushort Xmp = 700, BitsPerSample = 258, Photometric = 262, Orientation = 274, Software = 305, ExtraSamples = 338, SampleFormat = 339, Iptc = 33723, Photoshop = 34377, Exif = 34665, Profile = 34675, Gps = 34853, Interoperability = 40965;

    /// <summary>The directory that the field points to, if it is one of EXIF's.</summary>
    public TiffDirectory? Directory { get; init; }

    /// <summary>How many values there are.</summary>
    public int Count => Value.Length / SizeOf(Type);

    /// <summary>Whether a field holds the place of another directory.</summary>
    public static bool IsDirectory(ushort tag) => tag is Exif or Gps or Interoperability;

    /// <summary>Whether a type is one that a directory's place may have.</summary>
    public static bool IsPlace(ushort type) => type is Long or Directory4 or Long8 or Directory8;

    /// <summary>Whether a type is one of BigTIFF's own, which EXIF does not know.</summary>
    public static bool IsBig(ushort type) => type is >= Long8 and <= Directory8;

    /// <summary>The bytes of a value; 0 for an unknown type.</summary>
    public static int SizeOf(ushort type) => type switch
    {
        1 or 2 or 6 or 7 or 129 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or Directory4 => 4,
        5 or 10 or 12 or (>= Long8 and <= Directory8) => 8,
        _ => 0,
    };

    // In front of a user's comment, or of a place's name, in the byte order of the file (EXIF 2.32, section 4.6.5).
    private static ReadOnlySpan<byte> Unicode => "UNICODE\0"u8;

    /// <summary>The values in the other byte order.</summary>
    public byte[] Swapped()
    {
        bool isText = Type == Undefined && Value.AsSpan().StartsWith(Unicode);
        int unit = isText ? 2 : Type is 5 or 10 ? 4 : SizeOf(Type);
        byte[] swapped = [.. Value];
        for (int i = isText ? Unicode.Length : 0; unit > 1 && i + unit <= swapped.Length; i += unit)
            swapped.AsSpan(i, unit).Reverse();
        return swapped;
    }
}
