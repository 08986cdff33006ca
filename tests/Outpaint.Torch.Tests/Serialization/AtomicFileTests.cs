using Outpaint.Torch.Serialization;

namespace Outpaint.Torch.Tests.Serialization;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void New_content_replaces_the_old()
    {
        string path = folder.Write("a", [1, 2, 3]);

        AtomicFile.Write(path, stream => stream.Write([4]));

        Assert.Equal([4], File.ReadAllBytes(path));
        Assert.Equal([path], folder.Files);
    }

    [Fact]
    public void A_failure_leaves_the_old_content_and_nothing_else()
    {
        string path = folder.Write("a", [1, 2, 3]);

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write([4]);
            throw new IOException("No space left on device");
        }));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], folder.Files);
    }

    [Fact]
    public void The_path_holds_the_old_content_while_the_new_is_written()
    {
        string path = folder.Write("a", [1, 2, 3]);

        AtomicFile.Write(path, stream =>
        {
            stream.Write([4]);
            stream.Flush();
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        });
    }

    public void Dispose() => folder.Dispose();
}
