namespace Outpaint.Data;

/// <summary>Where the pixels of a dataset are kept.</summary>
internal interface IPixelStore : IDisposable
{
    IReadOnlyList<StoredImage> Images { get; }

    IReadOnlyList<SkippedImage> Skipped { get; }

    /// <summary>Interleaved red, green, blue bytes of one picture.</summary>
    ReadOnlySpan<byte> Pixels(int index);
}
