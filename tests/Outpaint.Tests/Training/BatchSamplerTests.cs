using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Tests.Imaging;
using Outpaint.Training;

namespace Outpaint.Tests.Training;

public sealed class BatchSamplerTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private ImageDataset? photos;

    [Fact]
    public void A_batch_depends_on_seed_and_step_only()
    {
        photos = Runs.Photos(temporary);
        BatchSampler one = new(photos, Runs.Tiny), two = new(photos, Runs.Tiny), other = new(photos, Runs.Tiny with { Seed = 5 });
        _ = one.Sample(0);

        Assert.Equal(Hash(one.Sample(3)), Hash(two.Sample(3)));
        Assert.NotEqual(Hash(one.Sample(3)), Hash(one.Sample(4)));
        Assert.NotEqual(Hash(one.Sample(3)), Hash(other.Sample(3)));
    }

    [Fact]
    public void A_batch_is_the_same_in_every_process()
    {
        photos = Runs.Photos(temporary);

        Assert.Equal("cc5d9a32475c1424", Hash(new BatchSampler(photos, Runs.Tiny).Sample(3)));
    }

    [Fact]
    public void Each_photo_comes_once_per_epoch_in_an_order_that_changes()
    {
        photos = Colours(6);
        var sampler = new BatchSampler(photos, Runs.Tiny);

        Assert.Equal(3, sampler.StepsPerEpoch);
        int[][] epochs = [.. Enumerable.Range(0, 5).Select(epoch => Enumerable.Range(3 * epoch, 3).SelectMany(step => Reds(sampler.Sample(step))).ToArray())];
        Assert.All(epochs, epoch => Assert.Equal([0, 1, 2, 3, 4, 5], epoch.Order()));
        Assert.True(epochs.DistinctBy(epoch => string.Join(' ', epoch)).Count() > 1);
    }

    [Fact]
    public void Crops_are_between_one_and_one_and_a_half_canvases_large()
    {
        photos = Colours(2, width: 300, height: 200);
        var sampler = new BatchSampler(photos, Runs.Tiny);

        int[] sizes = [.. Enumerable.Range(0, 60).Select(step => sampler.Sample(step).CropSize)];

        Assert.All(sizes, size => Assert.InRange(size, 64, 96));
        Assert.True(sizes.Distinct().Count() > 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(1)]
    public void The_wanted_share_of_the_steps_refines_drafts(double share)
    {
        photos = Colours(2);
        var sampler = new BatchSampler(photos, Runs.Tiny with { RefinementShare = share });

        double[] scales = [.. Enumerable.Range(0, 400).Select(step => sampler.Sample(step).DraftScale).OfType<double>()];

        Assert.InRange(scales.Length / 400.0, share * 0.8, share * 1.2);
        Assert.All(scales, scale => Assert.InRange(scale, 1.5, 4));
    }

    [Fact]
    public void Photos_smaller_than_the_canvas_are_taken_whole()
    {
        photos = Colours(2, width: 40, height: 30);

        Assert.Equal(30, new BatchSampler(photos, Runs.Tiny).Sample(0).CropSize);
    }

    public void Dispose()
    {
        photos?.Dispose();
        temporary.Dispose();
    }

    private ImageDataset Colours(int count, int width = 70, int height = 70)
    {
        Directory.CreateDirectory(temporary.File("colours"));
        for (int i = 0; i < count; i++)
            Photo.SavePng(Pictures.Plain(width, height, (byte)i, 0, 0), temporary.File($"colours/{i}.png"));
        return ImageDataset.Load([temporary.File("colours")]);
    }

    private static IEnumerable<int> Reds(TrainingBatch batch) =>
        batch.Pixels.Chunk(batch.CropSize * batch.CropSize * 3).Select(crop => (int)crop[0]);

    private static string Hash(TrainingBatch batch) => Convert.ToHexStringLower(SHA256.HashData(
    [
        .. batch.Pixels, .. batch.Flipped.Select(flipped => (byte)(flipped ? 1 : 0)), .. MemoryMarshal.AsBytes(batch.Margins.AsSpan()),
    ]))[..16];
}
