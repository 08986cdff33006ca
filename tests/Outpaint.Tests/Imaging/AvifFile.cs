using System.Buffers.Binary;
using System.Text;

namespace Outpaint.Tests.Imaging;

/// <summary>An AVIF that no encoder here writes.</summary>
internal static class AvifFile
{
    // 16 x 16, black. Recent libheif writes no code points of its own.
    private const string Black =
        "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAAAAAAABAAAAImls" +
        "b2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAGQAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEAAGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAAC" +
        "AAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAQAAAAEAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAACFtZGF0EgAKCRgM/9gg" +
        "QEDQgDIKGwAAAEAAqY5dkA==";

    /// <summary>A picture whose colours are named by numbers (ITU-T H.273), 2 for unspecified.</summary>
    public static byte[] WithCodePoints(byte primaries = 2, byte transfer = 2)
    {
        byte[] file = Convert.FromBase64String(Black);
        int numbers = file.AsSpan().IndexOf("colrnclx"u8) + "colrnclx"u8.Length;
        (file[numbers + 1], file[numbers + 3]) = (primaries, transfer);
        return file;
    }

    /// <summary>The same picture with a colour profile instead.</summary>
    public static byte[] WithProfile(byte[] profile)
    {
        byte[] file = WithCodePoints();
        int start = file.AsSpan().IndexOf("colrnclx"u8) - 4, length = Number(file, start), more = 12 + profile.Length - length;
        foreach (string box in new[] { "meta", "iprp", "ipco" }) // those that it lies in
            Add(file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(box)) - 4);
        Span<byte> position = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(position, file.AsSpan().IndexOf("mdat"u8) + 4);
        Add(file.AsSpan().IndexOf(position));
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 12 + profile.Length);
        return [.. file[..start], .. size, .. "colrprof"u8, .. profile, .. file[(start + length)..]];

        void Add(int at) => BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(at), Number(file, at) + more);
    }

    private static int Number(byte[] file, int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));

    /// <summary>The same picture with its data first, in a box whose length takes 64 bits.</summary>
    public static byte[] WithLargeBoxFirst(byte transfer)
    {
        byte[] file = WithCodePoints(transfer: transfer);
        int meta = file.AsSpan().IndexOf("meta"u8) - 4, data = file.AsSpan().IndexOf("mdat"u8) - 4;
        byte[] large = [0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, (byte)(file.Length - data + 8), .. file[(data + 8)..]];
        Span<byte> position = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(position, data + 8);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(file.AsSpan().IndexOf(position)), meta + 16);
        return [.. file[..meta], .. large, .. file[meta..data]];
    }
}
