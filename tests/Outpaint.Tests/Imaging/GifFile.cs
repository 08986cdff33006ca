namespace Outpaint.Tests.Imaging;

/// <summary>Writes GIF files of 128 colours; number i is (2i, i, 255 - i).</summary>
internal static class GifFile
{
    private const byte Clear = 128, End = 129;

    /// <param name="colour">The colour of each pixel, row by row.</param>
    public static byte[] Encode(int width, int height, Func<int, byte> colour)
    {
        byte[] size = [(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)];
        // Cleared before it grows, the table of the compression keeps its codes at eight bits.
        IEnumerable<byte> codes = Enumerable.Range(0, width * height).Chunk(120)
            .SelectMany(pixels => pixels.Select(colour).Prepend(Clear)).Append(End);
        return
        [
            .. "GIF89a"u8, .. size, 0xF6, 0, 0, // 128 colours in the global table
            .. Enumerable.Range(0, 128).SelectMany(i => new[] { (byte)(2 * i), (byte)i, (byte)(255 - i) }),
            (byte)',', 0, 0, 0, 0, .. size, 0, 7,
            .. codes.Chunk(255).SelectMany(block => block.Prepend((byte)block.Length)), 0,
            (byte)';',
        ];
    }
}
