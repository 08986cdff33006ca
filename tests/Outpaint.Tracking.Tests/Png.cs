using System.Buffers.Binary;

namespace Outpaint.Tracking.Tests;

/// <summary>The start of a PNG file, which is all that tracking looks at.</summary>
internal static class Png
{
    public static byte[] OfSize(int width, int height, byte distinction = 0)
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', .. new byte[8], distinction];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }
}
