using System.Buffers.Binary;
using System.Text;

namespace Outpaint.Imaging.Metadata;

/// <summary>Puts EXIF into an AVIF or HEIC file in place of what libvips wrote (ISO/IEC 14496-12, 8.11, and 23008-12, A.2).</summary>
internal static class HeifFile
{
    private const int MetaHeader = 12;

    /// <summary>Adds the block, or an empty one, behind the file's end and points the EXIF item there.</summary>
    /// <param name="file">A file with an EXIF item.</param>
    /// <param name="exif">The block.</param>
    /// <exception cref="InvalidDataException">There is no such item.</exception>
    public static void SetExif(Stream file, byte[]? exif)
    {
        var reader = new BinaryReader(file, Encoding.ASCII, leaveOpen: true);
        (long start, long length) = Find(reader, 0, file.Length, "meta");
        (long info, long infoLength) = Find(reader, start + MetaHeader, start + length, "iinf");
        (long places, _) = Find(reader, start + MetaHeader, start + length, "iloc");
        (long location, int baseSize) = Location(reader, places, ExifItem(reader, info, infoLength));

        // The offset of the TIFF header, which the name "Exif" stands before.
        byte[] item = [0, 0, 0, 6, .. "Exif\0\0"u8, .. exif ?? ExifBlock.Empty];
        file.Position = file.Length;
        long box = file.Position;
        file.Write([.. BigEndian((uint)item.Length + 8), .. "mdat"u8, .. item]);
        file.Position = location;
        file.Write([.. new byte[baseSize], 0, 1, .. BigEndian((uint)box + 8), .. BigEndian((uint)item.Length)]);
    }

    private static (long Start, long Length) Find(BinaryReader reader, long start, long end, string name)
    {
        while (start + 8 <= end)
        {
            reader.BaseStream.Position = start;
            long length = UInt32(reader);
            if (Name(reader) == name)
                return (start, length);
            start += Math.Max(8, length);
        }
        throw new InvalidDataException($"no {name} box");
    }

    // Item infos: version and flags, count of 16 or 32 bits, then boxes: version and flags, number, protection, type.
    private static uint ExifItem(BinaryReader reader, long start, long length)
    {
        reader.BaseStream.Position = start + 8;
        bool wide = reader.ReadByte() > 0;
        for (long at = start + (wide ? 16 : 14); at < start + length;)
        {
            (long box, long size) = Find(reader, at, start + length, "infe");
            reader.BaseStream.Position = box + 8;
            int version = (int)(UInt32(reader) >> 24);
            uint item = version == 2 ? UInt16(reader) : UInt32(reader);
            UInt16(reader);
            if (Name(reader) == "Exif")
                return item;
            at = box + size;
        }
        throw new InvalidDataException("no EXIF item");
    }

    // Item locations as libheif writes them: offsets and lengths of 32 bits. Found is the item's base offset, which the
    // number of its extents and the extents follow.
    private static (long Position, int BaseSize) Location(BinaryReader reader, long start, uint wanted)
    {
        reader.BaseStream.Position = start + 8;
        int version = (int)(UInt32(reader) >> 24);
        int sizes = UInt16(reader), baseSize = (sizes >> 4) & 15;
        if (sizes >> 8 != 0x44)
            throw new InvalidDataException("item locations of an unknown layout");
        uint count = version < 2 ? UInt16(reader) : UInt32(reader);
        for (uint i = 0; i < count; i++)
        {
            uint item = version < 2 ? UInt16(reader) : UInt32(reader);
            reader.BaseStream.Position += (version > 0 ? 2 : 0) + 2;
            if (item == wanted)
                return (reader.BaseStream.Position, baseSize);
            reader.BaseStream.Position += baseSize;
            int extents = UInt16(reader);
            reader.BaseStream.Position += extents * 8;
        }
        throw new InvalidDataException("no place of the EXIF item");
    }

    private static ushort UInt16(BinaryReader reader) => BinaryPrimitives.ReverseEndianness(reader.ReadUInt16());

    private static uint UInt32(BinaryReader reader) => BinaryPrimitives.ReverseEndianness(reader.ReadUInt32());

    private static string Name(BinaryReader reader) => Encoding.ASCII.GetString(reader.ReadBytes(4));

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
