namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>Reads the pickle of a state dict, in which every tensor becomes a <see cref="TensorReference"/>.</summary>
/// <remarks>Source: torch/serialization.py (persistent ids) and torch/_utils.py (rebuilding) of PyTorch 1.6 to 2.x.</remarks>
internal sealed class StateDictPickle(string path, ReadOnlyMemory<byte> pickle) : PickleReader(path, pickle)
{
    protected override object FindGlobal(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict") => StateDictGlobal.OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2") => StateDictGlobal.Tensor,
        ("torch._utils", "_rebuild_parameter") => StateDictGlobal.Parameter,
        ("torch", "Size") => StateDictGlobal.Size,

        // A storage's class is only ever an operand: it stands for the element type.
        ("torch", "DoubleStorage") => DType.Float64,
        ("torch", "FloatStorage") => DType.Float32,
        ("torch", "HalfStorage") => DType.Float16,
        ("torch", "BFloat16Storage") => DType.BFloat16,
        ("torch", "LongStorage") => DType.Int64,
        ("torch", "IntStorage") => DType.Int32,
        ("torch", "ShortStorage") => DType.Int16,
        ("torch", "CharStorage") => DType.Int8,
        ("torch", "ByteStorage") or ("torch.storage", "UntypedStorage") => DType.UInt8,
        ("torch", "BoolStorage") => DType.Bool,

        _ => throw new WeightsFormatException(
            Path,
            $"it asks for the Python object {module}.{name}, which is refused because it could run code or is not a weight",
            "Save the weights alone with torch.save(model.state_dict(), ...)."),
    };

    protected override object Reduce(object? global, object?[] arguments) => (global, arguments) switch
    {
        (StateDictGlobal.OrderedDict, []) => new PickleDict(),
        (StateDictGlobal.Size, [object?[] sizes]) => sizes,
        (StateDictGlobal.Tensor, [StorageReference storage, long offset, object?[] shape, object?[] strides, bool, _])
            => new TensorReference(storage, offset, Longs(shape), Longs(strides)),
        (StateDictGlobal.Parameter, [TensorReference tensor, bool, _]) => tensor,
        _ => throw Damaged("makes an object from unknown arguments"),
    };

    // ('storage', class, key, device, length); the archive knows the length too, and whose word counts.
    protected override object ResolvePersistentId(object? id) => id is object?[] and ["storage", DType dtype, string key, string, long]
        ? new StorageReference(key, dtype)
        : throw Damaged("refers to something else than a storage");

    private long[] Longs(object?[] values) =>
        Array.ConvertAll(values, value => value as long? ?? throw Damaged("has a shape that is not made of integers"));
}
