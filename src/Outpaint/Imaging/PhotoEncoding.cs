using Outpaint.Imaging.Metadata;

namespace Outpaint.Imaging;

/// <summary>How a picture is encoded.</summary>
/// <param name="Format">The native bridge's name for the file format.</param>
/// <param name="Quality">1..100, for lossy formats.</param>
/// <param name="Subsample">Whether a JPEG stores colour at half the resolution.</param>
internal sealed record PhotoEncoding(string Format, int Quality, bool Subsample)
{
    /// <summary>Where in the file the encoder begins, to leave room before it.</summary>
    public long Offset { get; init; }

    /// <summary>What was asked for; else as the source was, where it tells; else what looks right.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not in 1..100.</exception>
    public static PhotoEncoding For(string format, SaveOptions? options, JpegEncoding? source)
    {
        int quality = options?.Quality ?? format switch
        {
            "jpeg" => source?.Quality ?? 95,
            "webp" => 90,
            _ => 80,
        };
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100, nameof(options));
        return new PhotoEncoding(format, quality, source?.IsSubsampled ?? quality < 90);
    }
}
