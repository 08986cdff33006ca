namespace Outpaint.Torch;

/// <summary>Kinds of device, numbered as in libtorch (c10::DeviceType).</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    Cpu = 0,
    /// <summary>An NVIDIA GPU.</summary>
    Cuda = 1,
}
