using System.Text;

namespace Outpaint.Imaging.Metadata.Tiff;

/// <summary>
/// A TIFF structure in memory whose fields are changed in place: nothing moves, because the makers' notes of many
/// cameras point into the block by absolute position. What is new goes to the end. Directories and fields are named by
/// their position; every method throws an <see cref="InvalidDataException"/> where a field lies beyond the end.
/// </summary>
internal sealed class TiffBlock
{
    private readonly GrowingBytes data;

    /// <summary>Copies a block.</summary>
    /// <exception cref="InvalidDataException">It does not start as one.</exception>
    public TiffBlock(byte[] data)
    {
        var reader = new TiffReader(new MemoryStream(data));
        if (reader.IsBig)
            throw new InvalidDataException("places of 64 bits");
        this.data = new GrowingBytes(data, reader.Order);
    }

    /// <summary>The block as it is now.</summary>
    public byte[] Bytes => data.Bytes;

    /// <summary>The first directory.</summary>
    public int First => (int)data.UInt32(4);

    /// <summary>The second directory; 0 where there is none.</summary>
    public int Second => Holds(First) ? (int)data.UInt32(EndOf(First)) : 0;

    /// <summary>The position of a field, or -1.</summary>
    public int Find(int directory, ushort tag)
    {
        for (int i = 0; Holds(directory) && i < data.UInt16(directory); i++)
        {
            int entry = directory + 2 + (12 * i);
            if (data.UInt16(entry) == tag)
                return entry;
        }
        return -1;
    }

    /// <summary>A new field of the first directory, which for that is copied to the end of the block.</summary>
    public int Insert(ushort tag)
    {
        int first = First, end = EndOf(first), count = data.UInt16(first);
        data.Slice(first, end + 4 - first);
        int before = Enumerable.Range(0, count).Count(i => data.UInt16(first + 2 + (12 * i)) < tag);
        int split = first + 2 + (12 * before);
        int table = data.Append([.. data.Slice(first, split - first), .. new byte[12], .. data.Slice(split, end + 4 - split)]);
        data.SetUInt16(table, (ushort)(count + 1));
        data.SetUInt32(4, (uint)table);
        int entry = table + 2 + (12 * before);
        data.SetUInt16(entry, tag);
        return entry;
    }

    /// <summary>Makes the first directory the last.</summary>
    public void EndChain() => data.SetUInt32(EndOf(First), 0);

    /// <summary>A field's value, or the position of its values.</summary>
    public uint Value(int entry) => data.UInt32(entry + 8);

    /// <summary>Sets <see cref="Value"/>.</summary>
    public void SetValue(int entry, uint value) => data.SetUInt32(entry + 8, value);

    /// <summary>A field's text; null where there is none.</summary>
    public string? Text(int entry)
    {
        if (entry < 0 || data.UInt16(entry + 2) != TiffEntry.Ascii)
            return null;
        int length = (int)data.UInt32(entry + 4), start = length > 4 ? (int)Value(entry) : entry + 8;
        string text = Encoding.UTF8.GetString(data.Slice(start, length)).TrimEnd('\0', ' ');
        return text.Length > 0 ? text : null;
    }

    /// <summary>Sets a field to a text of more than four bytes, the final zero included.</summary>
    public void SetText(int entry, byte[] text)
    {
        data.SetUInt16(entry + 2, TiffEntry.Ascii);
        data.SetUInt32(entry + 4, (uint)text.Length);
        SetValue(entry, (uint)data.Append(text));
    }

    /// <summary>A field's fraction; 0 where there is none.</summary>
    public double Fraction(int entry)
    {
        if (entry < 0 || data.UInt16(entry + 2) != TiffEntry.Rational)
            return 0;
        int place = (int)Value(entry);
        uint denominator = data.UInt32(place + 4);
        return denominator == 0 ? 0 : (double)data.UInt32(place) / denominator;
    }

    /// <summary>Sets a field to a fraction.</summary>
    public void SetFraction(int entry, uint numerator, uint denominator)
    {
        data.SetUInt16(entry + 2, TiffEntry.Rational);
        data.SetUInt32(entry + 4, 1);
        SetValue(entry, (uint)data.Append([.. data.Order.Bytes(numerator), .. data.Order.Bytes(denominator)]));
    }

    /// <summary>Sets a field to a short number.</summary>
    public void SetShort(int entry, ushort value)
    {
        data.SetUInt16(entry + 2, TiffEntry.Short);
        data.SetUInt32(entry + 4, 1);
        data.SetUInt16(entry + 8, value);
    }

    /// <summary>Sets a field, if there is one, to a number. A short keeps its type while it can.</summary>
    public void SetNumber(int entry, int value)
    {
        if (entry < 0)
            return;
        if (data.UInt16(entry + 2) == TiffEntry.Short && value <= ushort.MaxValue)
        {
            data.SetUInt16(entry + 8, (ushort)value);
            return;
        }
        data.SetUInt16(entry + 2, TiffEntry.Long);
        SetValue(entry, (uint)value);
    }

    /// <summary>Swaps what two fields hold; nothing where either is missing.</summary>
    public void Swap(int entry, int other)
    {
        if (entry < 0 || other < 0)
            return;
        byte[] held = data.Slice(entry + 2, 10).ToArray();
        data.Slice(other + 2, 10).CopyTo(data.Slice(entry + 2, 10));
        held.CopyTo(data.Slice(other + 2, 10));
    }

    /// <summary>A field's short numbers; none where there is no field, or one of another type or beyond the end.</summary>
    public ushort[] Shorts(int entry)
    {
        if (entry < 0 || data.UInt16(entry + 2) != TiffEntry.Short)
            return [];
        long start = ShortsAt(entry), count = data.UInt32(entry + 4);
        return start + (2 * count) > data.Length ? [] : [.. Enumerable.Range(0, (int)count).Select(i => data.UInt16((int)start + (2 * i)))];
    }

    /// <summary>Sets a field's short numbers, as many as before.</summary>
    public void SetShorts(int entry, IReadOnlyList<float> values)
    {
        int start = (int)ShortsAt(entry);
        for (int i = 0; i < values.Count; i++)
            data.SetUInt16(start + (2 * i), (ushort)Math.Clamp(MathF.Round(values[i]), 0, ushort.MaxValue));
    }

    /// <summary>Adds bytes to the end of the block and returns their position.</summary>
    public int Append(byte[] bytes) => data.Append(bytes);

    /// <summary>Clears bytes. At the end of the block, where thumbnails usually are, the next ones take their place.</summary>
    public void Forget(uint start, uint length) => data.Forget(start, length);

    private uint ShortsAt(int entry) => data.UInt32(entry + 4) > 2 ? Value(entry) : (uint)entry + 8;

    // Where a directory's table ends and the next one's place is.
    private int EndOf(int directory) => directory + 2 + (12 * data.UInt16(directory));

    // Whether a directory lies within the block; thumbnails are often cut off.
    private bool Holds(int directory) => directory > 0 && directory <= data.Length - 2 && EndOf(directory) + 4 <= data.Length;
}
