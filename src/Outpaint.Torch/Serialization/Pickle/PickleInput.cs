using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>Reads the operands of pickle instructions, never past the end.</summary>
internal sealed class PickleInput(string path, Stream stream)
{
    // Far above any name or note. Without it, a length alone could ask for gigabytes of a large file.
    private const int MaxTextLength = 1 << 24;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public byte ReadByte() => stream.ReadByte() is var value and >= 0 ? (byte)value : throw EndsTooEarly();

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
        var line = new List<byte>();
        for (byte value = ReadByte(); value != '\n'; value = ReadByte())
        {
            line.Add(value);
            RequireShort(line.Count);
        }

        return Decode([.. line]);
    }

    public WeightsFormatException Damaged(string problem) => new(path, $"its pickle {problem} (byte {stream.Position})");

    private byte[] Take(int count)
    {
        if (count < 0 || count > stream.Length - stream.Position)
            throw EndsTooEarly();
        RequireShort(count);

        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void RequireShort(int textLength)
    {
        if (textLength > MaxTextLength)
            throw Damaged($"holds a text of more than {MaxTextLength} bytes");
    }

    private string Decode(byte[] text)
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

    private WeightsFormatException EndsTooEarly() => Damaged("ends too early");
}
