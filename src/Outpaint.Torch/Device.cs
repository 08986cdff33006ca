namespace Outpaint.Torch;

/// <summary>Where a tensor lives.</summary>
/// <param name="Type">The kind of device.</param>
/// <param name="Index">Which one of its kind; -1 is the current one.</param>
public readonly record struct Device(DeviceType Type, int Index = -1)
{
    /// <summary>The processor.</summary>
    public static Device Cpu => new(DeviceType.Cpu);

    /// <summary>The first GPU.</summary>
    public static Device Cuda => new(DeviceType.Cuda, 0);

    internal long Packed => ((long)Type * 256) + Index + 1;

    internal static Device Unpack(long packed) => new((DeviceType)(packed >> 8), (int)(packed & 0xff) - 1);

    /// <inheritdoc/>
    public override string ToString() => Type == DeviceType.Cpu ? "cpu" : $"cuda:{Math.Max(Index, 0)}";
}
