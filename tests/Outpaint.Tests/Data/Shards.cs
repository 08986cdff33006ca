using System.Formats.Tar;

namespace Outpaint.Tests.Data;

/// <summary>Writes tar shards.</summary>
internal static class Shards
{
    public static void Write(string path, params (string Name, byte[] Data)[] files)
    {
        using var writer = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        foreach ((string name, byte[] data) in files)
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(data) });
    }
}
