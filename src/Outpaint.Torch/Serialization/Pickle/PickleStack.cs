namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>The values that pickle instructions leave and take, in groups where a mark was set.</summary>
/// <remarks>Every method throws a <see cref="WeightsFormatException"/> where there is nothing to take.</remarks>
internal sealed class PickleStack(PickleInput input)
{
    private readonly List<object?> values = [];
    private readonly Stack<int> marks = [];

    public void Push(object? value) => values.Add(value);

    /// <summary>Opens a group.</summary>
    public void Mark() => marks.Push(values.Count);

    /// <summary>Makes the last values one tuple.</summary>
    public void PushTuple(int count)
    {
        var items = new object?[count];
        for (int i = count - 1; i >= 0; i--)
            items[i] = Pop();
        Push(items);
    }

    public object? Pop()
    {
        object? top = Peek();
        values.RemoveAt(values.Count - 1);
        return top;
    }

    /// <summary>Takes the values of the last group.</summary>
    public object?[] PopToMark()
    {
        if (!marks.TryPop(out int start))
            throw input.Damaged("closes a group that it never opened");

        object?[] items = [.. values[start..]];
        values.RemoveRange(start, values.Count - start);
        return items;
    }

    // Values below an open mark belong to an unfinished group.
    public object? Peek() =>
        values.Count > (marks.TryPeek(out int mark) ? mark : 0) ? values[^1] : throw input.Damaged("takes a value where there is none");

    public T Peek<T>() where T : class => Peek() as T ?? throw input.Damaged("has a value of the wrong kind");
}
