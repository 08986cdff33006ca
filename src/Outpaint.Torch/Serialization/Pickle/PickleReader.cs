namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>
/// A pickle machine that builds data and runs nothing: Python objects are named, made and restored only as far as
/// the abstract members allow.
/// </summary>
/// <remarks>
/// Python values become null, bool, long, BigInteger, double, string, object?[] (tuple), List&lt;object?&gt;,
/// <see cref="PickleDict"/>, or whatever the abstract members return.
/// </remarks>
internal abstract class PickleReader(string path, Stream pickle)
{
    private const int SupportedProtocol = 2;

    private readonly PickleInput input = new(path, pickle);
    private readonly List<object?> stack = [];
    private readonly Stack<int> marks = [];
    private readonly Dictionary<int, object?> memo = [];

    /// <summary>The file, for error messages.</summary>
    protected string Path { get; } = path;

    /// <summary>Runs the pickle, up to its end and no byte further, and returns the object that it describes.</summary>
    /// <exception cref="WeightsFormatException">The pickle is damaged or wants more than data.</exception>
    public object? Read()
    {
        while (true)
        {
            var opcode = (PickleOpcode)input.ReadByte();
            if (opcode == PickleOpcode.Stop)
                return Pop();
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
            case PickleOpcode.Mark: marks.Push(stack.Count); break;

            case PickleOpcode.None: stack.Add(null); break;
            case PickleOpcode.NewTrue: stack.Add(true); break;
            case PickleOpcode.NewFalse: stack.Add(false); break;
            case PickleOpcode.BinInt: stack.Add((long)input.ReadInt32()); break;
            case PickleOpcode.BinInt1: stack.Add((long)input.ReadByte()); break;
            case PickleOpcode.BinInt2: stack.Add((long)input.ReadUInt16()); break;
            case PickleOpcode.Long1: stack.Add(input.ReadLong()); break;
            case PickleOpcode.BinFloat: stack.Add(input.ReadFloat()); break;
            case PickleOpcode.BinUnicode: stack.Add(input.ReadText()); break;

            case PickleOpcode.EmptyTuple: stack.Add(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple1: PushTuple(1); break;
            case PickleOpcode.Tuple2: PushTuple(2); break;
            case PickleOpcode.Tuple3: PushTuple(3); break;
            case PickleOpcode.Tuple: stack.Add(PopToMark()); break;
            case PickleOpcode.EmptyList: stack.Add(new List<object?>()); break;
            case PickleOpcode.Append: Extend([Pop()]); break;
            case PickleOpcode.Appends: Extend(PopToMark()); break;
            case PickleOpcode.EmptyDict: stack.Add(new PickleDict()); break;
            case PickleOpcode.SetItem: PushTuple(2); SetItems((object?[])Pop()!); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;

            case PickleOpcode.BinPut: memo[input.ReadByte()] = Peek(); break;
            case PickleOpcode.LongBinPut: memo[input.ReadInt32()] = Peek(); break;
            case PickleOpcode.BinGet: stack.Add(Recall(input.ReadByte())); break;
            case PickleOpcode.LongBinGet: stack.Add(Recall(input.ReadInt32())); break;

            case PickleOpcode.Global: stack.Add(FindGlobal(input.ReadLine(), input.ReadLine())); break;
            case PickleOpcode.BinPersistentId: stack.Add(ResolvePersistentId(Pop())); break;
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
        object? arguments = Pop();
        stack.Add(Reduce(Pop(), arguments as object?[] ?? throw Damaged("calls without a tuple of arguments")));
    }

    // An OrderedDict's attributes: a state dict's _metadata, versions of modules that nobody here needs.
    private void IgnoreAttributes()
    {
        Pop();
        Peek<PickleDict>();
    }

    private void Extend(object?[] items) => Peek<List<object?>>().AddRange(items);

    private void SetItems(object?[] keysAndValues)
    {
        if (keysAndValues.Length % 2 != 0)
            throw Damaged("has a key without a value");

        PickleDict dict = Peek<PickleDict>();
        for (int i = 0; i < keysAndValues.Length; i += 2)
            dict.Items.Add((keysAndValues[i], keysAndValues[i + 1]));
    }

    private object? Recall(int index) =>
        memo.TryGetValue(index, out object? value) ? value : throw Damaged("recalls what it never stored");

    private void PushTuple(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        stack.Add(items);
    }

    private object?[] PopToMark()
    {
        if (!marks.TryPop(out int start))
            throw Damaged("closes a group that it never opened");

        object?[] items = [.. stack[start..]];
        stack.RemoveRange(start, stack.Count - start);
        return items;
    }

    private object? Pop()
    {
        object? top = Peek();
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    // Values below an open mark belong to an unfinished group.
    private object? Peek() =>
        stack.Count > (marks.TryPeek(out int mark) ? mark : 0) ? stack[^1] : throw Damaged("takes a value where there is none");

    private T Peek<T>() where T : class => Peek() as T ?? throw Damaged("has a value of the wrong kind");
}
