using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>Reads the operands of pickle instructions, never past the end.</summary>
internal sealed class PickleInput(string path, ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int position;

    public byte ReadByte() => Take(1)[0];

    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public double ReadFloat() => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));

    /// <summary>A signed integer of any size: long where it fits, otherwise BigInteger.</summary>
    public object ReadLong()
    {
        var value = new BigInteger(Take(ReadByte()));
        return value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;
    }

    /// <summary>Text behind its length.</summary>
    public string ReadText() => Decode(Take(ReadInt32()));

    /// <summary>Text up to a line feed.</summary>
    public string ReadLine()
    {
        int length = bytes.Span[position..].IndexOf((byte)'\n');
        string line = Decode(Take(length));
        position++;
        return line;
    }

    public WeightsFormatException Damaged(string problem) => new(path, $"its pickle {problem} (byte {position})");

    private ReadOnlySpan<byte> Take(int count)
    {
        // As unsigned, so that a negative length is refused as well.
        if ((uint)count > (uint)(bytes.Length - position))
            throw Damaged("ends too early");

        position += count;
        return bytes.Span.Slice(position - count, count);
    }

    private string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("holds text that is not UTF-8");
        }
    }
}
