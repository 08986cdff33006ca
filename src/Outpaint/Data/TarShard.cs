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
                if (IsSparse(entry))
                    throw new NotSupportedException();
                entries.Add(new ImageEntry($"{name}/{entry.Name}", file, entry.DataOffset, entry.Length));
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new DataException($"{file}: damaged or cut off after {entries.Count} pictures; copy or make the shard again.");
        }
        catch (NotSupportedException)
        {
            throw new DataException($"{file}: holds sparse files, which cannot be read; make the shard again without tar's --sparse.");
        }
        return entries;
    }

    // The reader knows those of GNU's format, and takes those of pax's for whole files.
    private static bool IsSparse(TarEntry entry) =>
        entry is PaxTarEntry pax && pax.ExtendedAttributes.Keys.Any(name => name.StartsWith("GNU.sparse.", StringComparison.Ordinal));
}
