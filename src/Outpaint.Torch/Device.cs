namespace Outpaint.Torch;

/// <summary>Where a tensor lives.</summary>
/// <param name="Type">The kind of device.</param>
/// <param name="Index">Which one of its kind, 0 to 254; -1 is the current one. With another, what is given the device throws <see cref="ArgumentOutOfRangeException"/>.</param>
public readonly record struct Device(DeviceType Type, int Index = -1)
{
    // Both fit into a number of which this takes eight bits.
    private const int MaxIndex = 254;

    /// <summary>The processor.</summary>
    public static Device Cpu => new(DeviceType.Cpu);

    /// <summary>The first GPU.</summary>
    public static Device Cuda => new(DeviceType.Cuda, 0);

    internal long Packed => Index is >= -1 and <= MaxIndex
        ? ((long)Type * 256) + Index + 1
        : throw new ArgumentOutOfRangeException(nameof(Index), Index, $"A device's index is from -1 to {MaxIndex}.");

    internal static Device Unpack(long packed) => new((DeviceType)(packed >> 8), (int)(packed & 0xff) - 1);

    /// <inheritdoc/>
    public override string ToString() => Type == DeviceType.Cpu ? "cpu" : $"cuda:{Math.Max(Index, 0)}";
}
