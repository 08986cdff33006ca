namespace Outpaint.Tracking.SystemMetrics;

/// <summary>How full the disk of the root folder is.</summary>
internal static class DiskUsage
{
    /// <summary>Its size and what is in use, in bytes; zeros where it cannot be told.</summary>
    internal static (long Size, long Used) OfRoot()
    {
        try
        {
            var drive = new DriveInfo(Path.GetPathRoot(Environment.CurrentDirectory)!);
            return (drive.TotalSize, drive.TotalSize - drive.TotalFreeSpace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
