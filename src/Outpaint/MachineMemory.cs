namespace Outpaint;

/// <summary>The memory that this process may use: the machine's, or less where its container is limited.</summary>
internal static class MachineMemory
{
    /// <summary>All of it, in bytes.</summary>
    public static long Bytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
