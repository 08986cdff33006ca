namespace Outpaint.Training;

/// <summary>Arithmetic of convolutions; parameters stay in single precision.</summary>
public enum PrecisionChoice
{
    /// <summary>bf16 where the processor (with AMX) or the GPU (from Ampere on) is fast at it, else fp32.</summary>
    Auto,
    /// <summary>Single precision.</summary>
    Fp32,
    /// <summary>Brain floating point through autocast.</summary>
    Bf16,
}
