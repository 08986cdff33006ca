using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Outpaint.Torch.Serialization.Pickle;

namespace Outpaint.Torch.Tests.Serialization;

/// <summary>Assembles pickles instruction by instruction, and archives around them, as torch.save never would.</summary>
internal sealed class PickleBuilder
{
    private readonly List<byte> bytes = [];

    public PickleBuilder() => Op(PickleOpcode.Proto, 2);

    public PickleBuilder Op(PickleOpcode opcode, params ReadOnlySpan<byte> operand)
    {
        bytes.Add((byte)opcode);
        bytes.AddRange(operand);
        return this;
    }

    public PickleBuilder Global(string module, string name) =>
        Op(PickleOpcode.Global, Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleBuilder Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return Op(PickleOpcode.BinUnicode, [.. LittleEndian(utf8.Length, sizeof(int)), .. utf8]);
    }

    public PickleBuilder Integer(long value) => Op(PickleOpcode.Long1, [sizeof(long), .. LittleEndian(value, sizeof(long))]);

    public PickleBuilder Integers(params ReadOnlySpan<long> values)
    {
        Op(PickleOpcode.Mark);
        foreach (long value in values)
            Integer(value);
        return Op(PickleOpcode.Tuple);
    }

    /// <summary>A float tensor in the storage '0'.</summary>
    public PickleBuilder Tensor(long offset, long[] shape, long[] strides) =>
        Global("torch._utils", "_rebuild_tensor_v2")
            .Op(PickleOpcode.Mark)
            .Op(PickleOpcode.Mark).Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Integer(4).Op(PickleOpcode.Tuple)
            .Op(PickleOpcode.BinPersistentId)
            .Integer(offset).Integers(shape).Integers(strides)
            .Op(PickleOpcode.NewFalse).Op(PickleOpcode.None)
            .Op(PickleOpcode.Tuple).Op(PickleOpcode.Reduce);

    /// <summary>The float tensor of the storage '0' as PyTorch wrote it in 2017.</summary>
    /// <param name="writeView">The storage's last operand: None, or what it is a view of.</param>
    public PickleBuilder LegacyTensor(Action<PickleBuilder> writeView)
    {
        Global("torch._utils", "_rebuild_tensor").Op(PickleOpcode.Mark)
            .Op(PickleOpcode.Mark).Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Integer(4);
        writeView(this);
        return Op(PickleOpcode.Tuple).Op(PickleOpcode.BinPersistentId)
            .Integer(0).Integers(4).Integers(1)
            .Op(PickleOpcode.Tuple).Op(PickleOpcode.Reduce);
    }

    /// <summary>One more item of the dict below it on the stack.</summary>
    public PickleBuilder Item(string key, Action<PickleBuilder> value)
    {
        Text(key);
        value(this);
        return Op(PickleOpcode.SetItem);
    }

    public byte[] Stop() => Op(PickleOpcode.Stop).bytes.ToArray();

    /// <summary>A state dict's archive whose storage '0' holds the floats 0, 1, 2, 3.</summary>
    public static byte[] Archive(byte[] pickle, CompressionLevel compression = CompressionLevel.NoCompression, params (string Name, byte[] Content)[] others)
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            byte[] storage = [.. new[] { 0f, 1, 2, 3 }.SelectMany(BitConverter.GetBytes)];
            foreach ((string name, byte[] content) in others.Prepend(("data/0", storage)).Prepend(("data.pkl", pickle)))
            {
                using Stream entry = zip.CreateEntry($"archive/{name}", compression).Open();
                entry.Write(content);
            }
        }

        return archive.ToArray();
    }

    private static byte[] LittleEndian(long value, int size)
    {
        var buffer = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
        return buffer[..size];
    }
}
