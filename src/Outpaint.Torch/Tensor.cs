using System.Runtime.InteropServices.Marshalling;
using Outpaint.Torch.Native;

namespace Outpaint.Torch;

/// <summary>
/// A libtorch tensor. Dispose it, or let the enclosing <see cref="TensorScope"/> do so; the finalizer is the last
/// resort: the garbage collector sees a small object, whatever it holds, and may let gigabytes pile up first.
/// Operators return new tensors; methods that end in an underscore change the tensor itself.
/// Numbers count as real: integer tensors become Float32 beside one, and cannot be changed by one in place.
/// Threads may share a tensor, but none may dispose it while another uses it. Every member but Dispose and ToString
/// throws <see cref="ObjectDisposedException"/> after Dispose, and <see cref="TorchException"/> when libtorch refuses.
/// </summary>
[NativeMarshalling(typeof(TensorMarshaller))]
public sealed unsafe partial class Tensor : IDisposable
{
    private nint handle;

    // Takes over the reference that the handle stands for.
    internal Tensor(nint handle)
    {
        this.handle = handle;
        TensorScope.Register(this);
    }

    /// <summary>Releases the reference if nobody disposed the tensor.</summary>
    ~Tensor() => Release();

    /// <summary>Sizes, outermost first.</summary>
    public long[] Shape
    {
        get
        {
            var sizes = new long[NativeMethods.Described(NativeMethods.ot_tensor_dimensions(this))];
            fixed (long* pointer = sizes)
                NativeMethods.Check(NativeMethods.ot_tensor_sizes(this, pointer));
            return sizes;
        }
    }

    /// <summary>Element type.</summary>
    public DType DType => (DType)NativeMethods.ot_tensor_dtype(this);

    /// <summary>Where the elements are.</summary>
    public Device Device => Device.Unpack(NativeMethods.ot_tensor_device(this));

    /// <summary>How many elements there are.</summary>
    public long NumberOfElements => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>How many bytes the elements take when packed.</summary>
    public long ByteCount => NumberOfElements * DType.ByteSize();

    // Who passes it to the bridge keeps the tensor alive until the call returns, as TensorMarshaller does.
    internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Tensor));

    /// <summary>The size of one dimension; negative counts from the end.</summary>
    public long Size(long dimension)
    {
        long dimensions = NativeMethods.Described(NativeMethods.ot_tensor_dimensions(this));
        long index = dimension < 0 ? dimension + dimensions : dimension;
        ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(dimension));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, dimensions, nameof(dimension));
        return NativeMethods.Described(NativeMethods.ot_tensor_size(this, index));
    }

    /// <summary>Whether the elements lie in memory in the given order without gaps.</summary>
    public bool IsContiguous(MemoryFormat format = MemoryFormat.Contiguous) =>
        NativeMethods.Described(NativeMethods.ot_tensor_is_contiguous(this, (int)format)) != 0;

    /// <summary>Releases the reference. Calling it again does nothing.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        handle == 0 ? "Tensor (disposed)" : $"Tensor [{ShapeText()}] {DType} {Device}";

    // Nested tensors have no shape, and a text for debugging should not fail.
    private string ShapeText()
    {
        try
        {
            return string.Join(", ", Shape);
        }
        catch (TorchException)
        {
            return "?";
        }
    }

    private void Release()
    {
        nint released = Interlocked.Exchange(ref handle, 0);
        if (released != 0)
            NativeMethods.ot_tensor_release(released);
    }
}
