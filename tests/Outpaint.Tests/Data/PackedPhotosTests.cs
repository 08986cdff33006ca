using System.Buffers.Binary;
using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Data;

/// <summary>Packed files as something to train on, wherever they were made.</summary>
public sealed class PackedPhotosTests : IDisposable
{
    // What scripts/pack_photos.py made of a.png (2x1), sub/bad.jpg and sub/ö.png (1x2), whose bytes count from 1 to 12.
    private const string FromScript =
        "T1VUUElYMDEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKkAAAAAAAAARAAAAAAAAAABAgMEBQYHCAkKCwwCAAAABWEucG5nAgAAAAEAAAA4AAAAAAAAAApzdWIvw7YucG5nAQAAAAIAAAA+AAAAAAAAAAEAAAALc3ViL2JhZC5qcGcfbm8gcGljdHVyZSB0aGF0IFBpbGxvdyBjYW4gcmVhZA==";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_the_script_packs_is_read()
    {
        string path = folder.Write("photos.pixels", Convert.FromBase64String(FromScript));

        using ImageDataset dataset = ImageDataset.Load([path]);

        Assert.Equal(2, dataset.Count);
        Assert.Equal(["a.png", "sub/ö.png"], [dataset.Name(0), dataset.Name(1)]);
        Assert.Equal([(2, 1), (1, 2)], [dataset.Size(0), dataset.Size(1)]);
        Assert.Equal([1, 2, 3, 4, 5, 6], dataset.Pixels(0).ToArray());
        Assert.Equal([7, 8, 9, 10, 11, 12], dataset.Pixels(1).ToArray());
    }

    [Fact]
    public void A_cache_can_be_named_too_beside_other_photos_and_is_shrunk_where_it_is_too_large()
    {
        RgbImage scene = Pictures.Scene(40, 20);
        folder.Write("pictures/a.png", Pictures.Encode(scene, ".png"));
        ImageDataset.Load([folder.File("pictures")], new ImageDatasetOptions { MemoryBudget = 0, CacheDirectory = folder.File("cache") }).Dispose();
        string cache = Directory.GetFiles(folder.File("cache")).Single();

        using ImageDataset whole = ImageDataset.Load([cache, folder.File("pictures")]);
        using ImageDataset small = ImageDataset.Load([cache], new ImageDatasetOptions { MaxShortSide = 10 });

        Assert.Equal(scene.Pixels, whole.Pixels(0).ToArray());
        Assert.Equal(scene.Pixels, whole.Pixels(1).ToArray());
        Assert.Equal((20, 10), small.Size(0));
        Assert.Equal(scene.Pixels.Average(value => value), small.Pixels(0).ToArray().Average(value => value), 1.0);
    }

    [Fact]
    public void They_serve_for_validation()
    {
        string path = folder.Write("photos.pixels", Convert.FromBase64String(FromScript));
        using var protocol = new OutpaintProtocol();

        using EvaluationSet set = EvaluationSet.Load(ImageSource.Find([path]), protocol);

        Assert.Equal(["a", "sub/ö"], set.Keys);
    }

    [Theory, InlineData(0), InlineData(30), InlineData(100), InlineData(-1)]
    public void One_that_is_cut_off_is_a_clear_error(int length)
    {
        byte[] whole = Convert.FromBase64String(FromScript);
        string path = folder.Write("photos.pixels", length < 0 ? whole[..^1] : whole[..length]);

        string message = Assert.Throws<DataException>(() => ImageSource.Find([path])).Message;

        Assert.StartsWith(path + ": holds no packed photos", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Sizes_beyond_what_a_file_can_hold_are_a_clear_error()
    {
        byte[] file = Convert.FromBase64String(FromScript);
        Span<byte> size = file.AsSpan(file.AsSpan().IndexOf("a.png"u8) + 5, 8);
        BinaryPrimitives.WriteInt32LittleEndian(size, int.MaxValue);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], int.MaxValue); // three times their product is negative in 64 bits

        Assert.Throws<DataException>(() => ImageSource.Find([folder.Write("photos.pixels", file)]));
    }
}
