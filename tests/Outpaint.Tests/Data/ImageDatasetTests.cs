using System.Diagnostics;
using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Data;

public sealed class ImageDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pictures_keep_their_pixels_sizes_and_names()
    {
        RgbImage[] scenes = AddScenes(12);
        using ImageDataset dataset = Load();
        AssertHolds(scenes, dataset);
        Assert.Equal("03.png", dataset.Name(3));
    }

    [Fact]
    public void Shards_and_folders_give_the_same_pixels()
    {
        RgbImage[] scenes = AddScenes(5);
        Shards.Write(folder.File("all.tar"), scenes.Select((scene, i) => ($"{i}.png", Pictures.Encode(scene, ".png"))).ToArray());
        using ImageDataset dataset = ImageDataset.Load([folder.File("all.tar")], Options);
        AssertHolds(scenes, dataset);
    }

    [Theory, InlineData(".png"), InlineData(".jpg"), InlineData(".webp")]
    public void Larger_pictures_are_shrunk_to_the_short_side(string extension)
    {
        // A grid finer than the result: without a proper filter it would alias to stripes.
        var grid = new RgbImage(640, 480, Enumerable.Range(0, 640 * 480).SelectMany(i => Enumerable.Repeat((byte)((i % 640 + i / 640) % 2 * 255), 3)).ToArray());
        folder.Write("pictures/landscape" + extension, Pictures.Encode(grid, extension));
        folder.Write("pictures/small" + extension, Pictures.Encode(Pictures.Scene(40, 31), extension));
        folder.Write("pictures/tall" + extension, Pictures.Encode(Pictures.Scene(100, 300), extension));
        using ImageDataset dataset = ImageDataset.Load([folder.File("pictures")], Options with { MaxShortSide = 32 });
        Assert.Equal([(43, 32), (40, 31), (32, 96)], Enumerable.Range(0, 3).Select(dataset.Size));
        foreach (byte value in dataset.Pixels(0))
            Assert.InRange(value, 112, 143);
        using Photo tall = Photo.Load(folder.File("pictures/tall" + extension));
        var shrunk = new RgbImage(32, 96, dataset.Pixels(2).ToArray());
        Assert.InRange(Pictures.MeanDifference(tall.ToRgb().Resize(32, 96), shrunk), 0, 2);
    }

    [Fact]
    public void Bad_pictures_are_skipped_and_named()
    {
        RgbImage[] scenes = AddScenes(2);
        folder.Write("pictures/00-cut.png", Pictures.Encode(scenes[0], ".png")[..200]);
        folder.Write("pictures/01-empty.jpg", []);
        using ImageDataset dataset = Load();
        Assert.Equal(["00.png", "01.png"], [dataset.Name(0), dataset.Name(1)]);
        Assert.Equal(["00-cut.png", "01-empty.jpg"], dataset.Skipped.Select(image => image.Name));
        Assert.Contains("cut off", dataset.Skipped[0].Reason);
        Assert.Contains("empty", dataset.Skipped[1].Reason);
    }

    [Fact]
    public void Links_to_pictures_and_shards_are_followed()
    {
        RgbImage[] scenes = AddScenes(2);
        Shards.Write(folder.File("all.tar"), ("0.png", Pictures.Encode(scenes[0], ".png")));
        Directory.CreateDirectory(folder.File("links"));
        File.CreateSymbolicLink(folder.File("links/0.png"), folder.File("pictures/00.png"));
        File.CreateSymbolicLink(folder.File("links/1.png"), "../pictures/01.png");
        File.CreateSymbolicLink(folder.File("links/2.tar"), folder.File("all.tar"));
        using ImageDataset dataset = ImageDataset.Load([folder.File("links")], Options);
        AssertHolds([.. scenes, scenes[0]], dataset);
        Assert.Equal(["0.png", "1.png", "2.tar/0.png"], Enumerable.Range(0, 3).Select(dataset.Name));
    }

    [Fact]
    public void What_a_link_leads_to_is_decoded_anew_when_it_has_changed()
    {
        RgbImage[] scenes = AddScenes(1);
        File.CreateSymbolicLink(folder.File("link.png"), folder.File("pictures/00.png"));
        ImageDatasetOptions packed = Options with { MemoryBudget = 0 };
        using (ImageDataset before = ImageDataset.Load([folder.File("link.png")], packed))
            AssertHolds(scenes, before);
        File.SetLastWriteTimeUtc(folder.File("pictures/00.png"), DateTime.UtcNow.AddDays(-1));
        using ImageDataset after = ImageDataset.Load([folder.File("link.png")], packed);
        Assert.Equal(2, Directory.GetFiles(folder.File("cache")).Length);
    }

    [Fact]
    public void Files_that_cannot_be_opened_are_skipped_and_named()
    {
        AddScenes(1);
        File.CreateSymbolicLink(folder.File("pictures/dangling.png"), folder.File("none.png"));
        File.CreateSymbolicLink(folder.File("pictures/loop.png"), "loop.png");
        Shell("mkfifo pictures/pipe.png; cp pictures/00.png $(printf 'pictures/z\\377.png')");
        using ImageDataset dataset = Load();
        Shell("rm pictures/z*"); // as no UTF-8 is a name that .NET cannot delete
        Assert.Equal(1, dataset.Count);
        Assert.Equal(["dangling.png", "loop.png", "pipe.png", "z\uFFFD.png"], dataset.Skipped.Select(image => image.Name));
        Assert.Collection(
            dataset.Skipped.Select(image => image.Reason),
            reason => Assert.Contains("a link to a file that does not exist", reason),
            reason => Assert.Contains("cannot be opened", reason),
            reason => Assert.Contains("a pipe", reason),
            reason => Assert.Contains("no UTF-8", reason));
    }

    [Theory, InlineData(".jpg"), InlineData(".png"), InlineData(".webp"), InlineData(".tif")]
    public void Large_pictures_that_are_cut_off_are_skipped_too(string extension)
    {
        AddScenes(1);
        byte[] whole = Pictures.Encode(Pictures.Scene(1500, 1000), extension);
        foreach (double part in new[] { .3, .5, .99 })
            folder.Write($"pictures/cut-{part}{extension}", whole[..(int)(whole.Length * part)]);
        foreach (int shortSide in new[] { 32, 100, 288, 700 })
        {
            using ImageDataset dataset = ImageDataset.Load([folder.File("pictures")], Options with { MaxShortSide = shortSide });
            Assert.Equal(3, dataset.Skipped.Count);
        }
    }

    [Fact]
    public void A_set_of_bad_pictures_only_is_a_clear_error()
    {
        folder.Write("pictures/a.png", [1, 2, 3]);
        string message = Assert.Throws<DataException>(Load).Message;
        Assert.StartsWith("None of the 1 pictures can be read; the first is a.png: not a picture", message);
    }

    [Fact]
    public void Progress_counts_every_picture()
    {
        AddScenes(20);
        var counts = new List<(int, int)>();
        using ImageDataset dataset = ImageDataset.Load([folder.File("pictures")], Options, new Recorder(counts));
        Assert.Equal(Enumerable.Range(1, 20).Select(done => (done, 20)), counts);
    }

    [Fact]
    public void What_a_progress_throws_comes_out_as_it_is()
    {
        AddScenes(20);
        var thrown = new IOException("the log is full");
        Assert.Same(thrown, Assert.Throws<IOException>(() => ImageDataset.Load([folder.File("pictures")], Options, new Recorder([], () => throw thrown))));
    }

    [Fact]
    public void Loading_can_be_cancelled_and_leaves_nothing()
    {
        AddScenes(20);
        using var cancel = new CancellationTokenSource();
        var stop = new Recorder([], cancel.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(
            () => ImageDataset.Load([folder.File("pictures")], Options with { MemoryBudget = 0 }, stop, cancel.Token));
        Assert.Empty(Directory.GetFiles(folder.File("cache")));
    }

    [Theory]
    [InlineData(0)] // in a mapped file
    [InlineData(long.MaxValue)]
    public void After_disposal_there_are_no_pixels(long budget)
    {
        AddScenes(2);
        ImageDataset dataset = ImageDataset.Load([folder.File("pictures")], Options with { MemoryBudget = budget });
        dataset.Dispose();
        dataset.Dispose();

        Assert.Throws<ObjectDisposedException>(() => dataset.Pixels(0));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        AddScenes(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageDataset.Load([folder.File("pictures")], Options with { Workers = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageDataset.Load([folder.File("pictures")], Options with { MaxShortSide = 0 }));
    }

    private ImageDatasetOptions Options => new() { Workers = 2, CacheDirectory = folder.File("cache") };

    private ImageDataset Load() => ImageDataset.Load([folder.File("pictures")], Options);

    private RgbImage[] AddScenes(int count)
    {
        RgbImage[] scenes = Enumerable.Range(0, count).Select(i => Pictures.Scene(20 + i, 30 - i / 2, i)).ToArray();
        for (int i = 0; i < count; i++)
            folder.Write($"pictures/{i:00}.png", Pictures.Encode(scenes[i], ".png"));
        return scenes;
    }

    private void Shell(string script)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = folder.Path })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    private static void AssertHolds(RgbImage[] scenes, ImageDataset dataset)
    {
        Assert.Equal(scenes.Length, dataset.Count);
        for (int i = 0; i < scenes.Length; i++)
        {
            Assert.Equal((scenes[i].Width, scenes[i].Height), dataset.Size(i));
            Assert.Equal(scenes[i].Pixels, dataset.Pixels(i).ToArray());
        }
    }

    private sealed class Recorder(List<(int, int)> counts, Action? then = null) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value)
        {
            counts.Add(value);
            then?.Invoke();
        }
    }
}
