using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Outpaint.Data;

namespace Outpaint.Tests.Data;

public sealed class ImageSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_folder_is_searched_through_in_the_order_of_names()
    {
        foreach (string name in new[] { "b.png", "a/z.JPG", "a/b/c.webp", "B.tiff", "notes.txt", ".hidden.png", "a/._b.png" })
            folder.Write(name, [1]);
        Assert.Equal(["B.tiff", "a/b/c.webp", "a/z.JPG", "b.png"], Names(folder.Path));
    }

    [Fact]
    public void Links_to_folders_are_not_followed_round_in_circles()
    {
        folder.Write("a/b.png", [1]);
        Directory.CreateSymbolicLink(folder.File("a/again"), folder.Path);
        Assert.Equal(["a/b.png"], Names(folder.Path));
    }

    [Fact]
    public void A_shard_is_read_in_its_own_order()
    {
        Shards.Write(folder.File("train.tar"), ("b.png", [1, 2, 3]), ("b.json", [9]), ("a.jpg", [4, 5]), ("deep/c.webp", [6]));
        IReadOnlyList<ImageEntry> entries = ImageSource.Find([folder.File("train.tar")]);
        Assert.Equal(["train.tar/b.png", "train.tar/a.jpg", "train.tar/deep/c.webp"], entries.Select(entry => entry.Name));
        Assert.Equal([[1, 2, 3], [4, 5], [6]], entries.Select(entry => entry.Read()));
    }

    [Fact]
    public void Shards_in_a_folder_are_opened()
    {
        Shards.Write(folder.File("1.tar"), ("x.png", [1]));
        Shards.Write(folder.File("0.tar"), ("y.png", [1]));
        folder.Write("2.png", [1]);
        Assert.Equal(["0.tar/y.png", "1.tar/x.png", "2.png"], Names(folder.Path));
    }

    [Fact]
    public void Several_paths_are_taken_in_the_order_given()
    {
        folder.Write("one/b.png", [1]);
        folder.Write("two/a.png", [1]);
        string single = folder.Write("c.png", [1]);
        Assert.Equal(["a.png", "c.png", "b.png"], Names(folder.File("two"), single, folder.File("one")));
    }

    [Fact]
    public void A_missing_path_is_a_clear_error() =>
        AssertRefused("no such file or folder", folder.File("none"));

    [Fact]
    public void An_empty_folder_is_a_clear_error() => AssertRefused("no pictures in it", folder.Path);

    [Fact]
    public void A_shard_without_pictures_is_a_clear_error()
    {
        Shards.Write(folder.File("train.tar"), ("a.txt", [1]));
        AssertRefused("no pictures in it", folder.File("train.tar"));
    }

    [Fact]
    public void A_file_that_is_no_picture_is_a_clear_error() =>
        AssertRefused("no pictures in it", folder.Write("notes.txt", [1]));

    [Fact]
    public void No_path_at_all_is_a_clear_error() =>
        Assert.Contains("name a folder", Assert.Throws<DataException>(() => ImageSource.Find([])).Message);

    [Theory, InlineData(700), InlineData(1600), InlineData(2100)]
    public void A_cut_off_shard_is_a_clear_error(int length)
    {
        string path = folder.File("train.tar");
        Shards.Write(path, ("a.png", new byte[600]), ("b.png", new byte[600]));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        AssertRefused("damaged or cut off", path);
    }

    [Fact]
    public void A_shard_that_is_no_tar_is_a_clear_error() =>
        AssertRefused("damaged or cut off", folder.Write("train.tar", Enumerable.Repeat((byte)'x', 2000).ToArray()));

    [Fact]
    public void A_shard_with_a_length_that_cannot_be_is_a_clear_error()
    {
        string path = folder.File("train.tar");
        Shards.Write(path, ("a.png", [1]));
        byte[] shard = File.ReadAllBytes(path);
        int header = shard.AsSpan().IndexOf("a.png"u8);
        byte[] length = [0x80, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]; // in base 256, as GNU's tar writes large ones
        length.CopyTo(shard, header + 124);
        Span<byte> checksum = shard.AsSpan(header + 148, 8);
        checksum.Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(shard.AsSpan(header, 512).ToArray().Sum(value => value), 8).PadLeft(6, '0') + "\0").CopyTo(checksum);
        File.WriteAllBytes(path, shard);
        AssertRefused("damaged or cut off", path);
    }

    [Theory, InlineData("gnu"), InlineData("pax")]
    public void A_shard_of_sparse_files_is_a_clear_error(string format)
    {
        folder.Write("a.png", new byte[1 << 20]);
        string script = $"cd '{folder.Path}' && truncate -s 2M b.png && tar --sparse --format={format} -cf train.tar a.png b.png";
        using (Process tar = Process.Start("sh", ["-c", script]))
            tar.WaitForExit();
        AssertRefused("sparse", folder.File("train.tar"));
    }

    [Theory]
    [InlineData(true)] // others go on without it only if somebody is told
    [InlineData(false)]
    [SupportedOSPlatform("linux")]
    public void A_folder_that_may_not_be_read_and_may_hold_all_there_is_is_a_clear_error(bool told)
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "Root may read everything.");
        string locked = Directory.CreateDirectory(folder.File("locked"), UnixFileMode.None).FullName;

        var error = Assert.Throws<DataException>(() => ImageSource.Find([folder.Path], told ? skipped => { } : null));
        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.EndsWith($": cannot be read (Access to the path '{locked}' is denied); check its permissions.", error.Message);
    }

    private static IEnumerable<string> Names(params string[] paths) => ImageSource.Find(paths).Select(entry => entry.Name);

    private static void AssertRefused(string problem, string path)
    {
        string message = Assert.Throws<DataException>(() => ImageSource.Find([path])).Message;
        Assert.StartsWith(path + ": ", message);
        Assert.Contains(problem, message);
    }
}
