using System.Formats.Tar;

namespace Outpaint.Data;

/// <summary>
/// Reads the index of an uncompressed tar archive in the WebDataset convention (one file per sample, its stem the key;
/// https://github.com/webdataset/webdataset), so that samples can be read in any order.
/// </summary>
internal static class TarShard
{
    public static bool IsTarName(string name) =>
        Path.GetExtension(name).Equals(".tar", StringComparison.OrdinalIgnoreCase) && !Path.GetFileName(name).StartsWith('.');

    public static List<ImageEntry> Find(string file, string name)
    {
        var entries = new List<ImageEntry>();
        using FileStream stream = File.OpenRead(file);
        using var reader = new TarReader(stream);
        try
        {
            while (reader.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !ImageSource.IsPicture(entry.Name))
                    continue;
                if (entry.DataOffset + entry.Length > stream.Length)
                    throw new EndOfStreamException();
                entries.Add(new ImageEntry($"{name}/{entry.Name}", file, entry.DataOffset, entry.Length));
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DataException($"{file}: damaged or cut off after {entries.Count} pictures; copy or make the shard again.");
        }
        return entries;
    }
}
