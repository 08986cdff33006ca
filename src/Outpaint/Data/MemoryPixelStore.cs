namespace Outpaint.Data;

/// <summary>Pixels in managed memory, one array per picture.</summary>
internal sealed class MemoryPixelStore(
    IReadOnlyList<StoredImage> images, IReadOnlyList<byte[]> pixels, IReadOnlyList<SkippedImage> skipped) : IPixelStore
{
    public IReadOnlyList<StoredImage> Images => images;

    public IReadOnlyList<SkippedImage> Skipped => skipped;

    public ReadOnlySpan<byte> Pixels(int index) => pixels[index];

    public void Dispose()
    {
    }
}
