namespace Outpaint.Data;

/// <summary>One picture of a pixel store: its name, size in pixels, and where its pixels lie.</summary>
/// <param name="Name">The source's name for it.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Offset">Byte offset of its first pixel in a packed cache; 0 in memory.</param>
internal sealed record StoredImage(string Name, int Width, int Height, long Offset)
{
    public int ByteCount => Width * Height * 3;
}
