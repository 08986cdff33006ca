namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>Tells which pictures in TIFF files libvips does not read, or not rightly.</summary>
internal static class TiffSamples
{
    private const ushort SamplesPerPixel = 277, TileWidth = 322, PlanarConfiguration = 284;
    private const ushort ComplexIntegers = 5, ComplexFloats = 6, Planes = 2, Rgb = 2, Inks = 5;
    private const int LabChannels = 3;

    /// <summary>Whether a page's samples are Lab as <see cref="NativePhoto"/> decodes it from a TIFF: integers of 8 or 16 bits.</summary>
    public static bool AreLab(TiffReader reader, long directory) => reader.Numbers(directory, TiffEntry.Photometric) is [TiffEntry.CieLab]
        && reader.Numbers(directory, TiffEntry.BitsPerSample) is [8 or 16, ..];

    /// <summary>What is wrong with a page's samples, and what to do; null for those that can be read.</summary>
    public static string? Problem(TiffReader reader, long directory)
    {
        long[] bits = reader.Numbers(directory, TiffEntry.BitsPerSample);
        string? unreadable = (reader.Numbers(directory, TiffEntry.SampleFormat), bits) switch
        {
            ([ComplexIntegers or ComplexFloats, ..], _) => "complex numbers",
            ([TiffEntry.Floats, ..], [not 32 and var size, ..]) => $"{size}-bit floats",
            (_, [> 32 and var size, ..]) => $"{size}-bit integers",
            _ => null,
        };
        if (unreadable is not null)
            return $"its samples are {unreadable}, which cannot be read; convert it to 8 or 16 bits, or 32-bit floats, first.";

        long samples = reader.Numbers(directory, SamplesPerPixel) is [var count] ? count : 1;
        long[] colours = reader.Numbers(directory, TiffEntry.Photometric);
        bool inPlanes = samples > 1 && reader.Numbers(directory, PlanarConfiguration) is [Planes];
        if (inPlanes && (colours is not [Rgb or Inks or TiffEntry.CieLab] || reader.Numbers(directory, TileWidth) is not []))
            return "its channels are in separate planes, which can be read in RGB, Lab and CMYK without tiles only; save it with interleaved channels first.";
        if (colours is [TiffEntry.CieLab] && samples > LabChannels && !AreLab(reader, directory))
            return "it is Lab with further channels in floats, which cannot be read; save it in 16 bits, or as RGB, first.";
        return null;
    }
}
