namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>
/// A pickle machine that builds data and runs nothing: Python objects are named, made and restored only as far as
/// the abstract members allow.
/// </summary>
/// <remarks>
/// Python values become null, bool, long, BigInteger, double, string, object?[] (tuple), List&lt;object?&gt;,
/// <see cref="PickleDict"/>, or whatever the abstract members return.
/// </remarks>
internal abstract class PickleReader
{
    private const int SupportedProtocol = 2;

    private readonly PickleInput input;
    private readonly PickleStack stack;
    private readonly Dictionary<int, object?> memo = [];

    protected PickleReader(string path, Stream pickle)
    {
        Path = path;
        input = new PickleInput(path, pickle);
        stack = new PickleStack(input);
    }

    /// <summary>The file, for error messages.</summary>
    protected string Path { get; }

    /// <summary>Runs the pickle, up to its end and no byte further, and returns the object that it describes.</summary>
    /// <exception cref="WeightsFormatException">The pickle is damaged or wants more than data.</exception>
    public object? Read()
    {
        while (true)
        {
            var opcode = (PickleOpcode)input.ReadByte();
            if (opcode == PickleOpcode.Stop)
                return stack.Pop();
            Execute(opcode);
        }
    }

    /// <summary>What stands for the Python object <c>module.name</c>; throws unless it is a harmless known one.</summary>
    protected abstract object FindGlobal(string module, string name);

    /// <summary>What calling a global with arguments yields.</summary>
    protected abstract object Reduce(object? global, object?[] arguments);

    /// <summary>What a persistent id, torch's reference to a storage outside the pickle, stands for.</summary>
    protected abstract object ResolvePersistentId(object? id);

    protected WeightsFormatException Damaged(string problem) => input.Damaged(problem);

    private void Execute(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto: RequireProtocol(input.ReadByte()); break;
            case PickleOpcode.Mark: stack.Mark(); break;

            case PickleOpcode.None: stack.Push(null); break;
            case PickleOpcode.NewTrue: stack.Push(true); break;
            case PickleOpcode.NewFalse: stack.Push(false); break;
            case PickleOpcode.BinInt: stack.Push((long)input.ReadInt32()); break;
            case PickleOpcode.BinInt1: stack.Push((long)input.ReadByte()); break;
            case PickleOpcode.BinInt2: stack.Push((long)input.ReadUInt16()); break;
            case PickleOpcode.Long1: stack.Push(input.ReadLong()); break;
            case PickleOpcode.BinFloat: stack.Push(input.ReadFloat()); break;
            case PickleOpcode.BinUnicode: stack.Push(input.ReadText()); break;

            case PickleOpcode.EmptyTuple: stack.Push(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple1: stack.PushTuple(1); break;
            case PickleOpcode.Tuple2: stack.PushTuple(2); break;
            case PickleOpcode.Tuple3: stack.PushTuple(3); break;
            case PickleOpcode.Tuple: stack.Push(stack.PopToMark()); break;
            case PickleOpcode.EmptyList: stack.Push(new List<object?>()); break;
            case PickleOpcode.Append: Extend([stack.Pop()]); break;
            case PickleOpcode.Appends: Extend(stack.PopToMark()); break;
            case PickleOpcode.EmptyDict: stack.Push(new PickleDict()); break;
            case PickleOpcode.SetItem: stack.PushTuple(2); SetItems((object?[])stack.Pop()!); break;
            case PickleOpcode.SetItems: SetItems(stack.PopToMark()); break;

            case PickleOpcode.BinPut: memo[input.ReadByte()] = stack.Peek(); break;
            case PickleOpcode.LongBinPut: memo[input.ReadInt32()] = stack.Peek(); break;
            case PickleOpcode.BinGet: stack.Push(Recall(input.ReadByte())); break;
            case PickleOpcode.LongBinGet: stack.Push(Recall(input.ReadInt32())); break;

            case PickleOpcode.Global: stack.Push(FindGlobal(input.ReadLine(), input.ReadLine())); break;
            case PickleOpcode.BinPersistentId: stack.Push(ResolvePersistentId(stack.Pop())); break;
            case PickleOpcode.Reduce: Call(); break;
            case PickleOpcode.Build: IgnoreAttributes(); break;
            default: throw Damaged($"has the instruction 0x{(byte)opcode:x2}, which state dicts do not need");
        }
    }

    private void RequireProtocol(byte protocol)
    {
        if (protocol != SupportedProtocol)
            throw new WeightsFormatException(
                Path,
                $"it was pickled with protocol {protocol}",
                $"Save it again with torch.save and its default pickle_protocol={SupportedProtocol}.");
    }

    private void Call()
    {
        object? arguments = stack.Pop();
        stack.Push(Reduce(stack.Pop(), arguments as object?[] ?? throw Damaged("calls without a tuple of arguments")));
    }

    // An OrderedDict's attributes: a state dict's _metadata, versions of modules that nobody here needs.
    private void IgnoreAttributes()
    {
        stack.Pop();
        stack.Peek<PickleDict>();
    }

    private void Extend(object?[] items) => stack.Peek<List<object?>>().AddRange(items);

    private void SetItems(object?[] keysAndValues)
    {
        if (keysAndValues.Length % 2 != 0)
            throw Damaged("has a key without a value");

        PickleDict dict = stack.Peek<PickleDict>();
        for (int i = 0; i < keysAndValues.Length; i += 2)
            dict.Items.Add((keysAndValues[i], keysAndValues[i + 1]));
    }

    private object? Recall(int index) =>
        memo.TryGetValue(index, out object? value) ? value : throw Damaged("recalls what it never stored");
}
