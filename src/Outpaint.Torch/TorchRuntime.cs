using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Outpaint.Torch.Native;

namespace Outpaint.Torch;

/// <summary>Process-wide settings of libtorch.</summary>
public static unsafe class TorchRuntime
{
    private static bool threadsAreSet;

    /// <summary>The version of the libtorch that the bridge was built against.</summary>
    public static string Version => Marshal.PtrToStringUTF8(NativeMethods.ot_version())!;

    /// <summary>Whether this libtorch has CUDA and sees a GPU.</summary>
    public static bool HasCuda => NativeMethods.ot_has_cuda() != 0;

    /// <summary>Whether a device computes convolutions faster in bf16 than in single precision.</summary>
    public static bool IsFastInBf16(Device device) => device.Type == DeviceType.Cuda ? HasCuda && HasBf16TensorCores(device) : HasBf16Tiles;

    /// <summary>The memory order of images and kernels in which a device computes convolutions fastest.</summary>
    /// <remarks>
    /// The oneDNN of libtorch 1.13 has no kernels of its own for channels last without AVX-512: there the generator's convolutions
    /// took 1.4 times as long as in row-major order.
    /// </remarks>
    public static MemoryFormat ConvolutionFormat(Device device) =>
        device.Type == DeviceType.Cpu && !Avx512F.IsSupported ? MemoryFormat.Contiguous : MemoryFormat.ChannelsLast;

    /// <summary>
    /// Threads per operator on the CPU. libtorch starts with 1 in some environments, so set it, before other threads
    /// call operators: those keep the number they started with.
    /// </summary>
    /// <exception cref="TorchException">The number is not positive.</exception>
    public static int Threads
    {
        get => NativeMethods.ot_get_threads();
        set
        {
            NativeMethods.Check(NativeMethods.ot_set_threads(value));
            threadsAreSet = true;
        }
    }

    /// <summary>A thread per core, unless <see cref="Threads"/> was set: whoever did knows what else the process has to do.</summary>
    internal static void UseAllCores()
    {
        if (!threadsAreSet)
            Threads = Environment.ProcessorCount;
    }

    /// <summary>Bytes of GPU memory that nobody uses, on the GPU that this thread last worked on.</summary>
    /// <exception cref="TorchException">There is no GPU, or this thread has not worked on one.</exception>
    public static long FreeGpuMemory
    {
        get
        {
            if (!HasCuda) // without a GPU there is no driver to ask either
                throw new TorchException("libtorch sees no GPU");
            nuint free, total;
            int code = NativeMethods.cuMemGetInfo_v2(&free, &total);
            return code == 0 ? (long)free : throw new TorchException($"the GPU's driver does not tell its free memory (error {code})");
        }
    }

    /// <summary>Seeds the generators of all devices.</summary>
    public static void Seed(ulong seed) => NativeMethods.Check(NativeMethods.ot_manual_seed(seed));

    /// <summary>The state of a device's generator, a UInt8 vector on the CPU.</summary>
    public static Tensor GetRngState(Device device)
    {
        nint result;
        NativeMethods.Check(NativeMethods.ot_get_rng_state(device.Packed, &result));
        return new Tensor(result);
    }

    /// <summary>Restores what <see cref="GetRngState"/> returned.</summary>
    public static void SetRngState(Device device, Tensor state) =>
        NativeMethods.Check(NativeMethods.ot_set_rng_state(device.Packed, state));

    /// <summary>
    /// Settings for a long run: TF32 and cuDNN's autotuner on a GPU; on the CPU, numbers below the normal range count as
    /// zero, and freed blocks are kept for the next step instead of returned to the system, so that the process's
    /// memory never shrinks. Compute on the main thread, or start the process with MALLOC_ARENA_MAX=1, as the launcher
    /// does: glibc keeps large blocks in its main arena only.
    /// </summary>
    public static void TuneForLongRuns()
    {
        NativeMethods.ot_prefer_speed();
        NativeMethods.ot_keep_freed_memory();
    }

    // From compute capability 8.0 (Ampere) on; older ones emulate it. Without an answer, a GPU counts as a recent one.
    private static bool HasBf16TensorCores(Device gpu)
    {
        int major;
        return NativeMethods.cuDeviceGetAttribute(&major, NativeMethods.ComputeCapabilityMajor, Math.Max(gpu.Index, 0)) != 0 || major >= 8;
    }

    // Intel's AMX. Without it oneDNN has AVX512-BF16 at most, with which training ran at .61 of its speed in fp32, or converts to
    // fp32 and back. .NET has no flag for AMX, so the processor is asked itself: CPUID leaf 7.0, EDX bit 22.
    private static bool HasBf16Tiles => Avx512F.IsSupported && (X86Base.CpuId(7, 0).Edx & (1 << 22)) != 0;
}
