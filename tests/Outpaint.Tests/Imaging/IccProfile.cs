using System.Buffers.Binary;
using System.Text;

namespace Outpaint.Tests.Imaging;

/// <summary>Builds small ICC version 2 profiles (ICC.1:2001-04).</summary>
internal static class IccProfile
{
    /// <summary>The primaries of Display P3, adapted to D50, with a gamma of 2.2.</summary>
    public static byte[] WideRgb() => Build("RGB ",
        ("desc", Description), ("cprt", Text), ("wtpt", Xyz(0.9642, 1, 0.8249)),
        ("rXYZ", Xyz(0.5151, 0.2412, -0.0011)), ("gXYZ", Xyz(0.2920, 0.6922, 0.0419)), ("bXYZ", Xyz(0.1571, 0.0666, 0.7841)),
        ("rTRC", Gamma(2.2)), ("gTRC", Gamma(2.2)), ("bTRC", Gamma(2.2)));

    /// <summary>Grey with a gamma.</summary>
    public static byte[] Grey(double gamma) => Build("GRAY",
        ("desc", Description), ("cprt", Text), ("wtpt", Xyz(0.9642, 1, 0.8249)), ("kTRC", Gamma(gamma)));

    private static byte[] Description => [.. "desc\0\0\0\0"u8, 0, 0, 0, 5, .. "test\0"u8, .. new byte[78]];

    private static byte[] Text => [.. "text\0\0\0\0"u8, .. "none\0"u8];

    private static byte[] Build(string space, params (string Name, byte[] Data)[] tags)
    {
        using var body = new MemoryStream();
        int offset = 128 + 4 + tags.Length * 12;
        body.Write(Number(tags.Length));
        foreach ((string name, byte[] data) in tags)
        {
            body.Write(Encoding.ASCII.GetBytes(name));
            body.Write(Number(offset));
            body.Write(Number(data.Length));
            offset += Padded(data.Length);
        }
        foreach ((_, byte[] data) in tags)
        {
            body.Write(data);
            body.Write(new byte[Padded(data.Length) - data.Length]);
        }

        var header = new byte[128];
        Number(offset).CopyTo(header, 0);
        Number(0x02100000).CopyTo(header, 8);
        Encoding.ASCII.GetBytes("mntr" + space + "XYZ ").CopyTo(header, 12);
        Encoding.ASCII.GetBytes("acsp").CopyTo(header, 36);
        Xyz(0.9642, 1, 0.8249).AsSpan(8).CopyTo(header.AsSpan(68));
        return [.. header, .. body.ToArray()];
    }

    private static byte[] Xyz(double x, double y, double z) =>
        [.. "XYZ \0\0\0\0"u8, .. Number((int)Math.Round(x * 65536)), .. Number((int)Math.Round(y * 65536)), .. Number((int)Math.Round(z * 65536))];

    private static byte[] Gamma(double gamma)
    {
        int fixed88 = (int)Math.Round(gamma * 256);
        return [.. "curv\0\0\0\0"u8, 0, 0, 0, 1, (byte)(fixed88 >> 8), (byte)fixed88];
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
