using System.Runtime.InteropServices;

namespace Outpaint.Torch.Native;

/// <summary>The functions of native/torch, one to one, and two of the GPU's driver.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "outpaint_torch";

    static NativeMethods() => BridgeLibrary.ResolveFor(typeof(NativeMethods).Assembly);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ot_operator_find(string name, string overload);

    [LibraryImport(Library)]
    internal static partial int ot_operator_call(nint op, NativeValue* arguments, int count, nint** results, int* resultCount);

    [LibraryImport(Library)]
    internal static partial void ot_tensor_release(nint tensor);

    [LibraryImport(Library)]
    internal static partial long ot_tensor_dimensions(Tensor tensor);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_sizes(Tensor tensor, long* sizes);

    [LibraryImport(Library)]
    internal static partial long ot_tensor_size(Tensor tensor, long dimension);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_dtype(Tensor tensor);

    [LibraryImport(Library)]
    internal static partial long ot_tensor_device(Tensor tensor);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_is_contiguous(Tensor tensor, int format);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_from_bytes(void* data, long bytes, long* sizes, int dimensions, int dtype, nint* result);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_copy_bytes(Tensor tensor, void* destination, long bytes);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_requires_grad(Tensor tensor);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_set_requires_grad(Tensor tensor, int enabled);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_grad(Tensor tensor, nint* result);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_set_grad(Tensor tensor, Tensor? grad);

    [LibraryImport(Library)]
    internal static partial int ot_tensor_set_data(Tensor tensor, Tensor data);

    [LibraryImport(Library)]
    internal static partial int ot_backward(Tensor output, int retainGraph);

    [LibraryImport(Library)]
    internal static partial int ot_grad(Tensor output, nint* inputs, int inputCount, int createGraph, nint* results);

    [LibraryImport(Library)]
    internal static partial int ot_grad_mode(int enabled);

    [LibraryImport(Library)]
    internal static partial nint ot_inference_enter();

    [LibraryImport(Library)]
    internal static partial void ot_inference_exit(nint guard);

    [LibraryImport(Library)]
    internal static partial int ot_autocast_enter(int deviceType, int dtype, int* outer);

    [LibraryImport(Library)]
    internal static partial int ot_autocast_exit(int deviceType, int outer);

    [LibraryImport(Library)]
    internal static partial nint ot_last_error();

    [LibraryImport(Library)]
    internal static partial nint ot_version();

    [LibraryImport(Library)]
    internal static partial int ot_has_cuda();

    [LibraryImport(Library)]
    internal static partial int ot_get_threads();

    [LibraryImport(Library)]
    internal static partial int ot_set_threads(int count);

    [LibraryImport(Library)]
    internal static partial int ot_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial int ot_get_rng_state(long device, nint* result);

    [LibraryImport(Library)]
    internal static partial int ot_set_rng_state(long device, Tensor state);

    [LibraryImport(Library)]
    internal static partial void ot_keep_freed_memory();

    [LibraryImport(Library)]
    internal static partial void ot_prefer_speed();

    // NVIDIA's driver, which is there wherever libtorch sees a GPU, for what libtorch itself does not tell.
    private const string Driver = "libcuda.so.1";

    /// <summary>CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR.</summary>
    internal const int ComputeCapabilityMajor = 75;

    [LibraryImport(Driver)]
    internal static partial int cuDeviceGetAttribute(int* value, int attribute, int device);

    [LibraryImport(Driver)]
    internal static partial int cuMemGetInfo_v2(nuint* free, nuint* total);

    /// <summary>Turns -1 in the place of a description into an exception that carries libtorch's message.</summary>
    internal static long Described(long value)
    {
        if (value < 0)
            Check(-1);
        return value;
    }

    /// <summary>Turns a failed return code into an exception that carries libtorch's message.</summary>
    internal static void Check(int code)
    {
        if (code != 0)
            throw new TorchException(Marshal.PtrToStringUTF8(ot_last_error()) ?? "libtorch failed without a message");
    }
}
