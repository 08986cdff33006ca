namespace Outpaint.Torch.Tests.Serialization;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("outpaint-");

    public string[] Files => Directory.GetFiles(folder.FullName);

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
