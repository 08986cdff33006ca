using System.Runtime.Intrinsics.X86;
using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>Turns "auto" into a device and a precision.</summary>
internal static class DeviceSelection
{
    /// <exception cref="TrainingException">CUDA was asked for and there is none.</exception>
    internal static Device Choose(DeviceChoice choice) => choice switch
    {
        DeviceChoice.Cpu => Device.Cpu,
        DeviceChoice.Cuda when !TorchRuntime.HasCuda => throw new TrainingException(
            "This libtorch sees no GPU. Train with --device cpu, or build against a CUDA libtorch on a machine with an NVIDIA GPU."),
        _ => TorchRuntime.HasCuda ? Device.Cuda : Device.Cpu,
    };

    internal static bool UseBf16(PrecisionChoice choice, Device device) => choice switch
    {
        PrecisionChoice.Fp32 => false,
        PrecisionChoice.Bf16 => true,
        _ => device.Type == DeviceType.Cuda || HasBf16Instructions,
    };

    // Without them oneDNN computes bf16 by converting to fp32 and back. .NET has no flag for AVX512-BF16, so the processor
    // is asked itself: CPUID leaf 7.1, EAX bit 5. Avx512F says that the system saves the registers.
    private static bool HasBf16Instructions => Avx512F.IsSupported && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;
}
