namespace Outpaint.Imaging.Metadata;

/// <summary>Tells which pictures in TIFF files libvips does not read, or not rightly.</summary>
internal static class TiffSamples
{
    private const ushort BitsPerSample = 258, SamplesPerPixel = 277, PlanarConfiguration = 284;
    private const ushort Floats = 3, ComplexIntegers = 5, ComplexFloats = 6, Planes = 2, Unspecified = 0, AssociatedAlpha = 1, Rgb = 2, Inks = 5;
    private const int LabChannels = 3;

    /// <summary>What is wrong with a page's samples, and what to do; null for those that can be read.</summary>
    public static string? Problem(TiffReader reader, long directory)
    {
        long[] bits = reader.Numbers(directory, BitsPerSample), extra = reader.Numbers(directory, TiffEntry.ExtraSamples);
        string? unreadable = (reader.Numbers(directory, TiffEntry.SampleFormat), bits) switch
        {
            ([ComplexIntegers or ComplexFloats, ..], _) => "complex numbers",
            ([Floats, ..], [not 32 and var size, ..]) => $"{size}-bit floats",
            (_, [> 32 and var size, ..]) => $"{size}-bit integers",
            _ => null,
        };
        if (unreadable is not null)
            return $"its samples are {unreadable}, which cannot be read; convert it to 8 or 16 bits, or 32-bit floats, first.";

        long samples = reader.Numbers(directory, SamplesPerPixel) is [var count] ? count : 1;
        long[] colours = reader.Numbers(directory, TiffEntry.Photometric);
        if (samples > 1 && colours is not [Rgb or Inks] && reader.Numbers(directory, PlanarConfiguration) is [Planes])
            return "its channels are in separate planes, which can be read in RGB and CMYK only; save it with interleaved channels, or as RGB, first.";
        // In 16 bits, libvips takes opacity for signed, and leaves alone what is none.
        if (colours is [TiffEntry.CieLab] && samples > LabChannels && (bits is [8, ..] || extra is not [Unspecified, ..]))
            return "it is Lab with transparency, or with further channels in 8 bits, which cannot be read; save it without them, or as RGB, first.";
        // libvips divides all that stands before the opacity by it, not the colours only.
        if (extra is [Unspecified, ..] && extra.Contains(AssociatedAlpha))
            return "it has a channel of no stated meaning before associated alpha, which cannot be read; save it without that channel first.";
        return null;
    }
}
