using System.Buffers;
using System.Runtime.InteropServices;
using Outpaint.Torch.Native;

namespace Outpaint.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(long[] shape, DType dtype = DType.Float32, Device device = default) =>
        Dispatcher.Call("zeros", shape, dtype, Argument.None, Unspecified(device));

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(long[] shape, DType dtype = DType.Float32, Device device = default) =>
        Dispatcher.Call("ones", shape, dtype, Argument.None, Unspecified(device));

    /// <summary>A tensor filled with one value.</summary>
    public static Tensor Full(long[] shape, double value, DType dtype = DType.Float32, Device device = default) =>
        Dispatcher.Call("full", shape, value, dtype, Argument.None, Unspecified(device));

    /// <summary>Independent samples from the standard normal distribution.</summary>
    public static Tensor Randn(long[] shape, DType dtype = DType.Float32, Device device = default) =>
        Dispatcher.Call("randn", shape, dtype, Argument.None, Unspecified(device));

    /// <summary>Independent samples, uniform in [0, 1).</summary>
    public static Tensor Rand(long[] shape, DType dtype = DType.Float32, Device device = default) =>
        Dispatcher.Call("rand", shape, dtype, Argument.None, Unspecified(device));

    /// <summary>The integers from start up to, not including, end, as a vector.</summary>
    public static Tensor Arange(long start, long end, DType dtype = DType.Int64, Device device = default) =>
        Dispatcher.Call("arange.start", start, end, dtype, Argument.None, Unspecified(device));

    /// <summary>Copies C# values into a tensor of the matching element type on the CPU.</summary>
    /// <param name="values">As many values as the shape has elements, in row-major order.</param>
    /// <param name="shape">Sizes; none makes a vector.</param>
    public static Tensor From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged =>
        FromBytes(MemoryMarshal.AsBytes(values), shape.IsEmpty ? [values.Length] : shape, DTypeExtensions.Of<T>());

    /// <summary>Copies C# values into a tensor of the matching element type on the CPU.</summary>
    /// <param name="values">As many values as the shape has elements, in row-major order.</param>
    /// <param name="shape">Sizes; none makes a vector.</param>
    public static Tensor From<T>(T[] values, params ReadOnlySpan<long> shape) where T : unmanaged => From((ReadOnlySpan<T>)values, shape);

    /// <summary>Copies row-major little-endian bytes into a tensor on the CPU.</summary>
    /// <exception cref="TorchException">The shape takes another number of bytes.</exception>
    public static Tensor FromBytes(ReadOnlySpan<byte> data, ReadOnlySpan<long> shape, DType dtype)
    {
        nint result;
        fixed (byte* bytes = data)
        fixed (long* sizes = shape)
            NativeMethods.Check(NativeMethods.ot_tensor_from_bytes(bytes, data.Length, sizes, shape.Length, (int)dtype, &result));
        return new Tensor(result);
    }

    /// <summary>Copies the elements, row-major and little-endian, from any device.</summary>
    /// <exception cref="TorchException">The destination's length is not <see cref="ByteCount"/>.</exception>
    public void CopyBytesTo(Span<byte> destination)
    {
        fixed (byte* bytes = destination)
            NativeMethods.Check(NativeMethods.ot_tensor_copy_bytes(this, bytes, destination.Length));
    }

    /// <summary>Lends the elements, row-major and little-endian, from any device, for one call.</summary>
    internal void LendBytes(Action<ReadOnlySpan<byte>> use)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)ByteCount);
        try
        {
            Span<byte> bytes = buffer.AsSpan(0, (int)ByteCount);
            CopyBytesTo(bytes);
            use(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Copies the elements into an array, in row-major order.</summary>
    /// <exception cref="InvalidOperationException">The element type is another one, or the elements take 2 GiB or more.</exception>
    public T[] ToArray<T>() where T : unmanaged
    {
        if (DTypeExtensions.Of<T>() != DType)
            throw new InvalidOperationException($"A {DType} tensor cannot be read as {typeof(T).Name}; convert it first.");
        if (ByteCount > int.MaxValue)
            throw new InvalidOperationException($"An array takes less than 2 GiB, not the {ByteCount} bytes of {this}; read it in parts.");
        var values = new T[NumberOfElements];
        CopyBytesTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>The value of a tensor with one element. Waits for the device.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public double Item()
    {
        if (NumberOfElements != 1)
            throw new InvalidOperationException($"Item reads tensors of one element, not {this}.");
        using Tensor value = To(DType.Float64);
        double item;
        NativeMethods.Check(NativeMethods.ot_tensor_copy_bytes(value, &item, sizeof(double)));
        return item;
    }

    // default(Device) is the CPU with index 0, which libtorch treats like "cpu".
    private static Device Unspecified(Device device) => device == default ? Device.Cpu : device;
}
