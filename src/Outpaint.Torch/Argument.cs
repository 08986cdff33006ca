using Outpaint.Torch.Native;

namespace Outpaint.Torch;

/// <summary>One argument of an operator; made by implicit conversion from what C# code has at hand.</summary>
public readonly struct Argument
{
    internal readonly ArgumentKind Kind;
    internal readonly long Bits;
    internal readonly object? Reference;

    private Argument(ArgumentKind kind, long bits, object? reference = null) => (Kind, Bits, Reference) = (kind, bits, reference);

    /// <summary>Stands for the value that the operator's schema declares.</summary>
    public static Argument Default => new(ArgumentKind.Default, 0);

    /// <summary>Stands for Python's <c>None</c>: no value, no tensor, the operator's own choice.</summary>
    public static Argument None => default;

#pragma warning disable CA2225 // The conversions are the whole point; named twins would be noise.
    /// <summary>A tensor; null is None.</summary>
    public static implicit operator Argument(Tensor? value) => value is null ? None : new(ArgumentKind.Tensor, 0, value);

    /// <summary>A list of tensors; an element that is null stands for ":" where the operator indexes.</summary>
    public static implicit operator Argument(Tensor?[] value) => new(ArgumentKind.TensorList, 0, value);

    /// <summary>An integer.</summary>
    public static implicit operator Argument(long value) => new(ArgumentKind.Int, value);

    /// <summary>A real number.</summary>
    public static implicit operator Argument(double value) => new(ArgumentKind.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A truth value.</summary>
    public static implicit operator Argument(bool value) => new(ArgumentKind.Bool, value ? 1 : 0);

    /// <summary>A list of integers, such as a shape.</summary>
    public static implicit operator Argument(long[] value) => new(ArgumentKind.IntList, 0, value);

    /// <summary>A list of real numbers.</summary>
    public static implicit operator Argument(double[] value) => new(ArgumentKind.DoubleList, 0, value);

    /// <summary>A list of truth values.</summary>
    public static implicit operator Argument(bool[] value) => new(ArgumentKind.BoolList, 0, value);

    /// <summary>A string.</summary>
    public static implicit operator Argument(string value) => new(ArgumentKind.String, 0, value);

    /// <summary>An element type.</summary>
    public static implicit operator Argument(DType value) => new(ArgumentKind.Int, (long)value);

    /// <summary>A memory format.</summary>
    public static implicit operator Argument(MemoryFormat value) => new(ArgumentKind.Int, (long)value);

    /// <summary>A device.</summary>
    public static implicit operator Argument(Device value) => new(ArgumentKind.Device, value.Packed);
#pragma warning restore CA2225
}
