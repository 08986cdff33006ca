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

    [Fact]
    public void A_file_that_is_there_by_the_end_stays_unless_it_is_to_be_replaced()
    {
        string path = folder.PathOf("a");

        Assert.Throws<IOException>(() => AtomicFile.Write(path, stream => folder.Write("a", [1, 2, 3]), overwrite: false));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], folder.Files);
    }

    [Theory]
    [InlineData('a', 255)]
    [InlineData('ä', 127)] // two bytes each
    [InlineData('の', 85)]
    public void A_name_may_be_as_long_as_the_file_system_allows(char letter, int length)
    {
        string path = folder.PathOf(new string(letter, length));

        AtomicFile.Write(path, stream => stream.Write([4]));

        Assert.Equal([path], folder.Files);
    }

    [Fact]
    public void A_failure_names_the_file_and_not_the_temporary_one()
    {
        string path = folder.PathOf("none/a");

        var failure = Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => { }));

        Assert.Contains($"'{path}'", failure.Message);
    }

    [Fact]
    public void What_may_not_be_written_is_an_io_exception_whatever_path_the_system_names()
    {
        string path = folder.PathOf("a");
        Directory.CreateDirectory(path);

        var onto = Assert.Throws<IOException>(() => AtomicFile.Write(path, _ => { }));
        var within = Assert.Throws<IOException>(() => AtomicFile.Write(folder.PathOf("b"), _ => throw new UnauthorizedAccessException("Access to the path 'c' is denied.")));

        Assert.Contains(path, onto.Message);
        Assert.Contains("'c'", within.Message);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData("a/")]
    [InlineData("")] // one that there is
    public void A_folder_is_no_file_to_write(string name) =>
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => AtomicFile.Write(folder.PathOf(name), _ => { })).Message);

    [Theory]
    [InlineData("a.jpg")]
    [InlineData("a*?[1].jpg")]
    [InlineData("🌅 for as long as a name that is cut has to be, which is so that there is room for an ending of ours: 🌅🌅🌅🌅🌅.jpg")]
    public void What_was_left_behind_is_deleted_and_no_other_file(string name)
    {
        string path = folder.PathOf(name), left = "";
        AtomicFile.Write(path, stream => left = stream.Name);
        File.WriteAllText(left, "half");
        string[] others = [path, folder.Write("b.jpg." + Guid.NewGuid().ToString("N") + ".tmp", []), folder.Write("a.jpg.tmp", []), folder.Write("a.jpg.1.tmp", [])];

        AtomicFile.DeleteLeftovers(path);

        Assert.Equal(others.Order(), folder.Files.Order());
    }

    [Fact]
    public void What_is_being_written_is_no_leftover()
    {
        string path = folder.PathOf("a");

        AtomicFile.Write(path, stream =>
        {
            AtomicFile.DeleteLeftovers(path);
            stream.Write([4]);
        });

        Assert.Equal([4], File.ReadAllBytes(path));
    }

    public void Dispose() => folder.Dispose();
}
