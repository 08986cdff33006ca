using System.Runtime.CompilerServices;

namespace Outpaint.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>The elements of one index along the first dimension (a view).</summary>
    [IndexerName("Element")] // Item() is the value of a scalar, as everywhere in this field.
    public Tensor this[long index] => Select(0, index);

    /// <summary>One index along a dimension, which disappears (a view).</summary>
    public Tensor Select(long dimension, long index) => Dispatcher.Call("select.int", this, dimension, index);

    /// <summary>length elements from start on along a dimension (a view).</summary>
    public Tensor Narrow(long dimension, long start, long length) => Dispatcher.Call("narrow", this, dimension, start, length);

    /// <summary>Rows by their numbers along a dimension (a copy).</summary>
    /// <param name="dimension">The dimension to pick from.</param>
    /// <param name="indices">An Int64 vector.</param>
    public Tensor IndexSelect(long dimension, Tensor indices) => Dispatcher.Call("index_select", this, dimension, indices);

    /// <summary>The same elements under another shape; one size may be -1.</summary>
    public Tensor Reshape(params long[] shape) => Dispatcher.Call("reshape", this, shape);

    /// <summary>Dimensions in another order (a view).</summary>
    public Tensor Permute(params long[] order) => Dispatcher.Call("permute", this, order);

    /// <summary>Elements picked from the underlying storage by strides and offset, all counted in elements (a view).</summary>
    public Tensor AsStrided(long[] shape, long[] strides, long offset) => Dispatcher.Call("as_strided", this, shape, strides, offset);

    /// <summary>A new dimension of size 1 (a view).</summary>
    public Tensor Unsqueeze(long dimension) => Dispatcher.Call("unsqueeze", this, dimension);

    /// <summary>Repeats dimensions of size 1 without copying; -1 keeps a size.</summary>
    public Tensor Expand(params long[] shape) => Dispatcher.Call("expand", this, shape);

    /// <summary>Reverses the order along some dimensions (a copy).</summary>
    public Tensor Flip(params long[] dimensions) => Dispatcher.Call("flip", this, dimensions);

    /// <summary>Tensors joined along a dimension.</summary>
    public static Tensor Cat(Tensor[] tensors, long dimension) => Dispatcher.Call("cat", tensors, dimension);

    /// <summary>Tensors of one shape joined along a new dimension.</summary>
    public static Tensor Stack(Tensor[] tensors, long dimension = 0) => Dispatcher.Call("stack", tensors, dimension);

    /// <summary>The elements in the given memory order; this tensor itself when they already are.</summary>
    public Tensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous) => Dispatcher.Call("contiguous", this, format);

    /// <summary>The elements in the order in which convolutions are fastest here (<see cref="TorchRuntime.ConvolutionFormat"/>).</summary>
    public Tensor ForConvolution() => Contiguous(TorchRuntime.ConvolutionFormat(Device));

    /// <summary>A copy with its own memory.</summary>
    public Tensor Clone() => Dispatcher.Call("clone", this);

    /// <summary>The elements as another type.</summary>
    public Tensor To(DType dtype) => Dispatcher.Call("to.dtype", this, dtype);

    /// <summary>The elements on another device.</summary>
    public Tensor To(Device device) => Dispatcher.Call("to.device", this, device, DType);

    /// <summary>
    /// A CPU tensor's elements on another device, without waiting: to a GPU they are copied from page-locked memory while
    /// the program goes on. <see cref="To(Device)"/> waits until the GPU has done everything before.
    /// </summary>
    public Tensor Upload(Device device)
    {
        if (device.Type != DeviceType.Cuda)
            return To(device);
        using Tensor locked = Dispatcher.Call("pin_memory", this); // libtorch keeps the memory until the copy is done
        return Dispatcher.Call("to.device", locked, device, DType, /* non_blocking: */ true);
    }

    /// <summary>Chooses element by element: this where the condition holds, otherwise the other.</summary>
    /// <param name="condition">A Bool tensor that broadcasts with both.</param>
    /// <param name="otherwise">The values taken where the condition does not hold.</param>
    public Tensor Where(Tensor condition, Tensor otherwise) => Dispatcher.Call("where.self", condition, this, otherwise);
}
