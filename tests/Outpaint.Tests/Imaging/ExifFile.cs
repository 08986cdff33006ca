using System.Buffers.Binary;
using System.Text;

namespace Outpaint.Tests.Imaging;

/// <summary>Builds EXIF blocks with what cameras put into them, little-endian ones where nothing else is said.</summary>
internal static class ExifFile
{
    /// <summary>A text field of the main directory.</summary>
    public static (ushort Tag, byte[] Text) Text(ushort tag, string text) => (tag, [.. Encoding.ASCII.GetBytes(text), 0]);

    /// <summary>A segment's content that tells how the picture is stored, and where its main subject is.</summary>
    public static byte[] Subject(ushort orientation, ushort[] area) =>
    [
        .. "Exif\0\0II*\0"u8, 8, 0, 0, 0,
        2, 0,
        0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
        0x69, 0x87, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, // Exif directory
        0, 0, 0, 0,
        1, 0,
        0x14, 0x92, 3, 0, (byte)area.Length, 0, 0, 0, 56, 0, 0, 0, // SubjectArea
        0, 0, 0, 0,
        .. area.SelectMany(BitConverter.GetBytes),
    ];

    /// <summary>A user's comment, in a block that is a TIFF file of a grey pixel as well.</summary>
    public static byte[] Comment(bool bigEndian, byte[] comment)
    {
        const int detail = 112, text = 130;
        return
        [
            .. bigEndian ? "MM\0*"u8 : "II*\0"u8, .. Number(8, 4),
            .. Directory((256, 4, 1, 1), (257, 4, 1, 1), (258, 4, 1, 8), (262, 4, 1, 1), (273, 4, 1, 8), (278, 4, 1, 1), (279, 4, 1, 1), (0x8769, 4, 1, detail)), 0, 0,
            .. Directory((0x9286, 7, comment.Length, text)),
            .. comment,
        ];

        byte[] Directory(params (int Tag, int Type, int Count, int Value)[] fields) =>
        [
            .. Number(fields.Length, 2),
            .. fields.SelectMany(field => (byte[])[.. Number(field.Tag, 2), .. Number(field.Type, 2), .. Number(field.Count, 4), .. Number(field.Value, 4)]),
            .. Number(0, 4),
        ];

        IEnumerable<byte> Number(int value, int size) => BitConverter.GetBytes(value).Take(size) is var bytes && bigEndian ? bytes.Reverse() : bytes;
    }

    /// <summary>The segment's content, with its name.</summary>
    /// <param name="texts">Fields of the main directory, by rising tag.</param>
    /// <param name="makerNote">A maker's notes in the Exif directory.</param>
    /// <param name="thumbnail">A JPEG in a second directory.</param>
    public static byte[] Block((ushort Tag, byte[] Text)[] texts, byte[]? makerNote, byte[]? thumbnail)
    {
        // Main directory, Exif directory, thumbnail's directory, then the values, the thumbnail last.
        int exif = 8 + 2 + (12 * (texts.Length + 1)) + 4, second = exif + 2 + 12 + 4, values = second + 2 + 24 + 4;
        using var tail = new MemoryStream();
        using var block = new MemoryStream();
        using var writer = new BinaryWriter(block);
        writer.Write("Exif\0\0II*\0"u8);
        writer.Write(8);
        writer.Write((ushort)(texts.Length + 1));
        foreach ((ushort tag, byte[] text) in texts)
            Field(tag, 2, text.Length, Place(text));
        Field(0x8769, 4, 1, BitConverter.GetBytes(exif));
        writer.Write(thumbnail is null ? 0 : second);
        byte[] note = makerNote ?? [1, 2, 3, 4];
        writer.Write((ushort)1);
        Field(0x927C, 7, note.Length, Place(note));
        writer.Write(0);
        writer.Write((ushort)2);
        Field(0x201, 4, 1, BitConverter.GetBytes(values + (int)tail.Length));
        Field(0x202, 4, 1, BitConverter.GetBytes(thumbnail?.Length ?? 0));
        writer.Write(0);
        writer.Write(tail.ToArray());
        writer.Write(thumbnail ?? []);
        return block.ToArray();

        void Field(ushort tag, ushort type, int count, byte[] value)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }

        byte[] Place(byte[] value)
        {
            if (value.Length <= 4)
                return [.. value, .. new byte[4 - value.Length]];
            var place = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(place, values + (int)tail.Length);
            tail.Write(value);
            return place;
        }
    }
}
