using System.Text;

namespace Outpaint.Imaging.Metadata;

/// <summary>
/// Edits an EXIF block (EXIF 2.32) in place: nothing moves, because the makers' notes of many cameras point into the
/// block by absolute position. What is new goes to the end.
/// </summary>
internal sealed class ExifBlock
{
    private const ushort ImageWidth = 0x100, ImageHeight = 0x101, Orientation = 0x112, Software = 0x131;
    private const ushort ThumbnailOffset = 0x201, ThumbnailLength = 0x202, PixelWidth = 0xA002, PixelHeight = 0xA003;

    // Zeros that may follow the last value.
    private const int Padding = 4;

    private readonly ByteOrder _order;
    private byte[] _data;

    private ExifBlock(byte[] data)
    {
        _order = new TiffReader(new MemoryStream(data)).Order;
        _data = [.. data];
    }

    private int Main => (int)UInt32(4);

    /// <summary>An edited copy; null where there is no block, or a damaged one.</summary>
    public static byte[]? Edit(byte[]? exif, Action<ExifBlock> edit)
    {
        if (exif is null)
            return null;
        try
        {
            var block = new ExifBlock(exif);
            edit(block);
            return block._data;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The software that the block names.</summary>
    public static string? SoftwareOf(byte[]? exif)
    {
        string? software = null;
        Edit(exif, block => software = block.Text(block.Find(block.Main, Software)));
        return software;
    }

    /// <summary>Whether there is a JPEG thumbnail.</summary>
    public static bool HasThumbnail(byte[]? exif)
    {
        bool has = false;
        Edit(exif, block => has = block.Find(block.Thumbnail, ThumbnailOffset) > 0);
        return has;
    }

    /// <summary>Says that the picture, and its thumbnail, are upright.</summary>
    public void SetOrientation()
    {
        SetNumber(Find(Main, Orientation), 1);
        SetNumber(Find(Thumbnail, Orientation), 1);
    }

    /// <summary>Sets the size wherever the block tells one.</summary>
    public void SetDimensions(int width, int height)
    {
        SetNumber(Find(Main, ImageWidth), width);
        SetNumber(Find(Main, ImageHeight), height);
        if (Find(Main, TiffEntry.Exif) is var pointer and > 0)
        {
            int directory = (int)UInt32(pointer + 8);
            SetNumber(Find(directory, PixelWidth), width);
            SetNumber(Find(directory, PixelHeight), height);
        }
    }

    /// <summary>Names the software that wrote the picture.</summary>
    public void SetSoftware(string name)
    {
        byte[] text = [.. Encoding.ASCII.GetBytes(name), 0];
        int entry = Find(Main, Software);
        if (entry < 0)
            entry = Insert(Software);
        SetUInt16(entry + 2, TiffEntry.Ascii);
        SetUInt32(entry + 4, (uint)text.Length);
        SetUInt32(entry + 8, (uint)Append(text));
    }

    /// <summary>Clears the thumbnail, which is of the picture as it was; its fields stay for another one.</summary>
    public void ClearThumbnail()
    {
        int offset = Find(Thumbnail, ThumbnailOffset), length = Find(Thumbnail, ThumbnailLength);
        if (offset < 0 || length < 0)
            return;
        Forget(UInt32(offset + 8), UInt32(length + 8));
        SetUInt32(length + 8, 0);
    }

    /// <summary>Replaces the thumbnail by another JPEG, or removes it.</summary>
    public void SetThumbnail(byte[]? jpeg)
    {
        ClearThumbnail();
        int offset = Find(Thumbnail, ThumbnailOffset), length = Find(Thumbnail, ThumbnailLength);
        if (jpeg is null || offset < 0 || length < 0)
        {
            SetUInt32(EndOf(Main), 0);
            return;
        }
        SetUInt32(offset + 8, (uint)Append(jpeg));
        SetUInt32(length + 8, (uint)jpeg.Length);
    }

    // The second directory; 0 where there is none.
    private int Thumbnail => Holds(Main) ? (int)UInt32(EndOf(Main)) : 0;

    // Where a directory's table ends and the next one's place is.
    private int EndOf(int directory) => directory + 2 + (12 * UInt16(directory));

    // Whether a directory lies within the block; thumbnails are often cut off.
    private bool Holds(int directory) => directory > 0 && directory <= _data.Length - 2 && EndOf(directory) + 4 <= _data.Length;

    // The position of a field, or -1.
    private int Find(int directory, ushort tag)
    {
        for (int i = 0; Holds(directory) && i < UInt16(directory); i++)
        {
            int entry = directory + 2 + (12 * i);
            if (UInt16(entry) == tag)
                return entry;
        }
        return -1;
    }

    // A copy of the main directory at the end of the block with room for one more field.
    private int Insert(ushort tag)
    {
        int main = Main, end = EndOf(main), count = UInt16(main);
        Slice(main, end + 4 - main);
        int before = Enumerable.Range(0, count).Count(i => UInt16(main + 2 + (12 * i)) < tag);
        int split = main + 2 + (12 * before);
        int table = Append([.. _data[main..split], .. new byte[12], .. _data[split..(end + 4)]]);
        SetUInt16(table, (ushort)(count + 1));
        SetUInt32(4, (uint)table);
        int entry = table + 2 + (12 * before);
        SetUInt16(entry, tag);
        return entry;
    }

    private int Append(byte[] bytes)
    {
        int start = _data.Length + (_data.Length & 1);
        Array.Resize(ref _data, start + bytes.Length);
        bytes.CopyTo(_data, start);
        return start;
    }

    private string? Text(int entry)
    {
        if (entry < 0 || UInt16(entry + 2) != TiffEntry.Ascii)
            return null;
        int length = (int)UInt32(entry + 4), start = length > 4 ? (int)UInt32(entry + 8) : entry + 8;
        string text = Encoding.UTF8.GetString(Slice(start, length)).TrimEnd('\0', ' ');
        return text.Length > 0 ? text : null;
    }

    // A short keeps its type while it can.
    private void SetNumber(int entry, int value)
    {
        if (entry < 0)
            return;
        if (UInt16(entry + 2) == TiffEntry.Short && value <= ushort.MaxValue)
        {
            SetUInt16(entry + 8, (ushort)value);
            return;
        }
        SetUInt16(entry + 2, TiffEntry.Long);
        SetUInt32(entry + 8, (uint)value);
    }

    // Usually a thumbnail is the last thing in the block, and the next one takes its place.
    private void Forget(uint start, uint length)
    {
        if (length == 0 || start > _data.Length || length > _data.Length - start)
            return;
        _data.AsSpan((int)start, (int)length).Clear();
        if (start + length + Padding > _data.Length)
            Array.Resize(ref _data, (int)start);
    }

    private ushort UInt16(int at) => _order.UInt16(Slice(at, 2));

    private uint UInt32(int at) => _order.UInt32(Slice(at, 4));

    private void SetUInt16(int at, ushort value) => _order.Bytes(value).CopyTo(Slice(at, 2));

    private void SetUInt32(int at, uint value) => _order.Bytes(value).CopyTo(Slice(at, 4));

    private Span<byte> Slice(int start, int length) => start >= 0 && length >= 0 && start <= _data.Length - length
        ? _data.AsSpan(start, length)
        : throw new InvalidDataException("a field beyond the end");
}
