namespace Outpaint.Data;

/// <summary>How an <see cref="ImageDataset"/> decodes and keeps pictures.</summary>
public sealed record ImageDatasetOptions
{
    /// <summary>Pictures whose shorter side is larger are shrunk to it, in pixels; null keeps their size.</summary>
    public int? MaxShortSide { get; init; }

    /// <summary>Pictures decoded at a time.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of pixels kept in memory; a larger set goes to a memory-mapped file. By default half of the memory there is.</summary>
    public long MemoryBudget { get; init; } = MachineMemory.Bytes / 2;

    /// <summary>Where that file is kept, to be found again by the next run. By default the user's cache folder.</summary>
    public string CacheDirectory { get; init; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "outpaint");
}
