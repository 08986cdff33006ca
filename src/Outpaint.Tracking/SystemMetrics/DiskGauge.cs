using System.Globalization;

namespace Outpaint.Tracking.SystemMetrics;

/// <summary>How full the root disk is, and what the disks have read and written since the run began.</summary>
internal sealed class DiskGauge : IGauge
{
    private const double GiB = 1024 * 1024 * 1024;
    private const double MiB = 1024 * 1024;
    private const string DiskStatistics = "/proc/diskstats";

    private readonly Dictionary<string, (double Read, double Written)> start = Transfers();

    public void Read(IDictionary<string, double> sample)
    {
        (long size, long used) = DiskUsage.OfRoot();
        if (size > 0)
        {
            sample["disk./.usagePercent"] = 100.0 * used / size;
            sample["disk./.usageGB"] = used / GiB;
        }

        foreach ((string disk, (double read, double written)) in Transfers())
        {
            (double readBefore, double writtenBefore) = start.GetValueOrDefault(disk);
            sample[$"disk.{disk}.in"] = (read - readBefore) / MiB;
            sample[$"disk.{disk}.out"] = (written - writtenBefore) / MiB;
        }
    }

    /// <summary>Bytes read and written by device, from /proc/diskstats (Documentation/admin-guide/iostats.rst).</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="isDisk">Whether a name is a whole device, not a part of one.</param>
    internal static Dictionary<string, (double Read, double Written)> Parse(IEnumerable<string> lines, Func<string, bool> isDisk)
    {
        const int SectorSize = 512;
        return lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && isDisk(fields[2]))
            .Select(fields => (Name: fields[2], Read: Number(fields[5]) * SectorSize, Written: Number(fields[9]) * SectorSize))
            .Where(disk => disk.Read + disk.Written > 0)
            .ToDictionary(disk => disk.Name, disk => (disk.Read, disk.Written));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Dictionary<string, (double Read, double Written)> Transfers() => File.Exists(DiskStatistics)
        ? Parse(File.ReadLines(DiskStatistics), name => Directory.Exists($"/sys/block/{name}") && !name.StartsWith("loop", StringComparison.Ordinal))
        : [];
}
