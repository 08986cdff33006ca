using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Data;

public sealed class PackedCacheTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RgbImage[] scenes = Enumerable.Range(0, 6).Select(i => Pictures.Scene(20 + i, 16, i)).ToArray();
    private int decoded;

    public PackedCacheTests()
    {
        for (int i = 0; i < scenes.Length; i++)
            folder.Write($"pictures/{i}.png", Pictures.Encode(scenes[i], ".png"));
        folder.Write("pictures/bad.png", [1, 2, 3]);
    }

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(0), InlineData(3000)]
    public void A_set_over_the_budget_is_kept_in_a_file(long budget)
    {
        LoadAndCheck(budget);
        Assert.Single(Directory.GetFiles(folder.File("cache")));
        Assert.True(new FileInfo(CacheFile).Length > scenes.Sum(scene => scene.Pixels.Length));
    }

    [Fact]
    public void A_set_within_the_budget_is_kept_in_memory()
    {
        LoadAndCheck(budget: 1_000_000);
        Assert.False(Directory.Exists(folder.File("cache")));
    }

    [Fact]
    public void The_next_run_decodes_nothing()
    {
        LoadAndCheck();
        LoadAndCheck();
        Assert.Equal(7, decoded);
    }

    [Fact]
    public void A_changed_source_is_decoded_again()
    {
        LoadAndCheck();
        scenes[2] = Pictures.Scene(22, 16, seed: 77);
        string path = folder.Write("pictures/2.png", Pictures.Encode(scenes[2], ".png"));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(5));
        LoadAndCheck();
        Assert.Equal(14, decoded);
    }

    [Fact]
    public void Another_size_is_a_cache_of_its_own()
    {
        LoadAndCheck();
        using ImageDataset small = Load(0, maxShortSide: 8);
        Assert.Equal((10, 8), small.Size(0));
        LoadAndCheck();
        Assert.Equal(14, decoded);
    }

    [Theory, InlineData(0), InlineData(20), InlineData(60), InlineData(4000), InlineData(-1)]
    public void A_cut_off_cache_is_made_again(int length)
    {
        LoadAndCheck();
        byte[] cache = File.ReadAllBytes(CacheFile);
        File.WriteAllBytes(CacheFile, length < 0 ? cache[..^1] : cache[..length]);
        LoadAndCheck();
        Assert.Equal(14, decoded);
    }

    [Fact]
    public void A_damaged_header_or_index_never_reads_beyond_the_pixels()
    {
        LoadAndCheck();
        string path = CacheFile;
        byte[] cache = File.ReadAllBytes(path);
        byte[] key = cache[8..(8 + PackedCacheFormat.KeyBytes)];
        int pixels = scenes.Sum(scene => scene.Pixels.Length);
        foreach (int i in Enumerable.Range(0, cache.Length).Where(i => i < PackedCacheFormat.HeaderBytes || i >= PackedCacheFormat.HeaderBytes + pixels))
        {
            byte[] damaged = (byte[])cache.Clone();
            damaged[i] ^= 0x81;
            File.WriteAllBytes(path, damaged);
            using PackedCache? opened = PackedCache.TryOpen(path, key);
            for (int image = 0; image < opened?.Images.Count; image++)
            {
                StoredImage stored = opened.Images[image];
                Assert.InRange(stored.Offset, PackedCacheFormat.HeaderBytes, PackedCacheFormat.HeaderBytes + pixels - stored.ByteCount);
                Assert.Equal(stored.Width * stored.Height * 3, opened.Pixels(image).Length);
            }
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_clear_error()
    {
        folder.Write("cache", [1]);
        string message = Assert.Throws<DataException>(() => Load(0)).Message;
        Assert.Contains("choose another cache folder", message);
        Assert.DoesNotContain('\n', message);
    }

    private string CacheFile => Directory.GetFiles(folder.File("cache"), "*.pixels").Single();

    private ImageDataset Load(long budget, int? maxShortSide = null)
    {
        var options = new ImageDatasetOptions
        {
            Workers = 2,
            MemoryBudget = budget,
            MaxShortSide = maxShortSide,
            CacheDirectory = folder.File("cache"),
        };
        return ImageDataset.Load([folder.File("pictures")], options, new Counter(() => decoded++));
    }

    private void LoadAndCheck(long budget = 0)
    {
        using ImageDataset dataset = Load(budget);
        Assert.Equal(scenes.Length, dataset.Count);
        for (int i = 0; i < scenes.Length; i++)
        {
            Assert.Equal($"{i}.png", dataset.Name(i));
            Assert.Equal((scenes[i].Width, scenes[i].Height), dataset.Size(i));
            Assert.Equal(scenes[i].Pixels, dataset.Pixels(i).ToArray());
        }
        Assert.Equal("bad.png", Assert.Single(dataset.Skipped).Name);
    }

    private sealed class Counter(Action count) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value) => count();
    }
}
