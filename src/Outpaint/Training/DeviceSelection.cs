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
        _ => TorchRuntime.IsFastInBf16(device),
    };
}
