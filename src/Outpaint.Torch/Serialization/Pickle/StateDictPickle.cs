namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>Reads the pickle of a state dict, in which every tensor becomes a <see cref="TensorReference"/>.</summary>
/// <remarks>Source: torch/serialization.py (persistent ids) and torch/_utils.py (rebuilding) of PyTorch 0.1.11 to 2.x.</remarks>
internal sealed class StateDictPickle(string path, Stream pickle) : PickleReader(path, pickle)
{
    private readonly Dictionary<string, StorageReference> storages = [];

    /// <summary>All storages that the pickle refers to, each as it does so first.</summary>
    public IReadOnlyDictionary<string, StorageReference> Storages => storages;

    protected override object FindGlobal(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict") => StateDictGlobal.OrderedDict,
        ("torch._utils", "_rebuild_tensor" or "_rebuild_tensor_v2") => StateDictGlobal.Tensor,
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
        (StateDictGlobal.Tensor, [StorageReference storage, long offset, object?[] shape, object?[] strides, .. [] or [bool, _]])
            => new TensorReference(storage, offset, Longs(shape), Longs(strides)),
        (StateDictGlobal.Parameter, [TensorReference tensor, bool, _]) => tensor,
        _ => throw Damaged("makes an object from unknown arguments"),
    };

    // ('storage', class, key, device, length), in the old format also a view or None. The length stands beside the
    // elements too, and there it counts.
    protected override object ResolvePersistentId(object? id)
    {
        if (id is object?[] and ["storage", DType, string, string, long, object?[]])
            throw new WeightsFormatException(Path, "a storage in it is a view of another", "Save it again with a current PyTorch.");
        if (id is not (object?[] and ["storage", DType dtype, string key, string, long, .. [] or [null]]))
            throw Damaged("refers to something else than a storage");

        var storage = new StorageReference(key, dtype);
        storages.TryAdd(key, storage);
        return storage;
    }

    private long[] Longs(object?[] values) =>
        Array.ConvertAll(values, value => value as long? ?? throw Damaged("has a shape that is not made of integers"));
}
