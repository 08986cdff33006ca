namespace Outpaint.Training;

/// <summary>Where to train.</summary>
public enum DeviceChoice
{
    /// <summary>A GPU when libtorch sees one, else the CPU.</summary>
    Auto,
    /// <summary>The CPU.</summary>
    Cpu,
    /// <summary>An NVIDIA GPU.</summary>
    Cuda,
}
