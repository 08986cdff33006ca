using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Models.Prefill;
using Outpaint.Tests.Imaging;
using Outpaint.Training;
using Outpaint.Training.Batches;

namespace Outpaint.Tests.Training.Batches;

public sealed class BatchSamplerTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private ImageDataset? photos;

    [Fact]
    public void A_batch_depends_on_seed_and_step_only()
    {
        photos = SmallRuns.Photos(temporary);
        BatchSampler one = new(photos, SmallRuns.Tiny), two = new(photos, SmallRuns.Tiny), other = new(photos, SmallRuns.Tiny with { Seed = 5 });
        _ = one.Sample(0);

        Assert.Equal(Hash(one.Sample(3)), Hash(two.Sample(3)));
        Assert.NotEqual(Hash(one.Sample(3)), Hash(one.Sample(4)));
        Assert.NotEqual(Hash(one.Sample(3)), Hash(other.Sample(3)));
    }

    [Fact]
    public void A_batch_is_the_same_in_every_process()
    {
        photos = SmallRuns.Photos(temporary);

        Assert.Equal("53530660b23aff15", Hash(new BatchSampler(photos, SmallRuns.Tiny).Sample(3)));
    }

    [Fact]
    public void Each_photo_comes_once_per_epoch_in_an_order_that_changes()
    {
        photos = Colours(6);
        var sampler = new BatchSampler(photos, SmallRuns.Tiny);

        Assert.Equal(3, sampler.StepsPerEpoch);
        int[][] epochs = [.. Enumerable.Range(0, 5).Select(epoch => Enumerable.Range(3 * epoch, 3).SelectMany(step => Reds(sampler.Sample(step))).ToArray())];
        Assert.All(epochs, epoch => Assert.Equal([0, 1, 2, 3, 4, 5], epoch.Order()));
        Assert.True(epochs.DistinctBy(epoch => string.Join(' ', epoch)).Count() > 1);
    }

    [Fact]
    public void Crops_are_between_one_and_one_and_a_half_canvases_large()
    {
        photos = Colours(2, width: 300, height: 200);

        int[] sides = Sides(SmallRuns.Tiny, steps: 30);

        Assert.All(sides, side => Assert.InRange(side, 64, 96));
        Assert.True(sides.Distinct().Count() > 10);
    }

    [Theory]
    [InlineData(0.5, 0.5, 32, 32)]
    [InlineData(2, 4, 128, 200)] // as far as the photo reaches
    public void The_range_of_crops_can_be_chosen(double min, double max, int smallest, int largest)
    {
        photos = Colours(2, width: 300, height: 200);

        int[] sides = Sides(SmallRuns.Tiny with { CropScaleMin = min, CropScaleMax = max }, steps: 30);

        Assert.All(sides, side => Assert.InRange(side, smallest, largest));
        Assert.Equal(smallest == largest, sides.Distinct().Count() == 1);
    }

    [Fact]
    public void Photos_smaller_than_the_canvas_are_taken_whole_and_do_not_shrink_the_others_crops()
    {
        photos = Colours(1, width: 40, height: 30, more: 1);

        int[] sides = Sides(SmallRuns.Tiny, steps: 1);

        Assert.Equal(30, sides.Min());
        Assert.InRange(sides.Max(), 64, 70);
    }

    [Fact]
    public void Changes_of_the_discriminators_view_are_drawn_on_demand_and_alter_nothing_else()
    {
        photos = SmallRuns.Photos(temporary);
        BatchPlan plain = new BatchSampler(photos, SmallRuns.Tiny).Sample(3);
        BatchPlan changed = new BatchSampler(photos, SmallRuns.Tiny with { DiffAugment = true }).Sample(3);

        Assert.Null(plain.Augmentations);
        Assert.Equal(2, changed.Augmentations!.Distinct().Count());
        Assert.Equal(Hash(plain), Hash(changed));
    }

    [Fact]
    public void Warps_of_all_strengths_are_drawn_and_alter_nothing_else()
    {
        photos = SmallRuns.Photos(temporary);
        BatchSampler none = new(photos, SmallRuns.Tiny with { PrefillWarp = 0 }), some = new(photos, SmallRuns.Tiny with { PrefillWarp = 0.5 });
        double[] strengths = [.. Enumerable.Range(0, 20).SelectMany(step => some.Sample(step).Warps!).Select(warp => warp.Max(Math.Abs))];

        Assert.Null(none.Sample(3).Warps);
        Assert.Equal(Hash(none.Sample(3)), Hash(some.Sample(3)));
        Assert.Equal(some.Sample(3).Warps, some.Sample(3).Warps);
        Assert.All(strengths, strength => Assert.InRange(strength, 0, 0.5));
        Assert.True(strengths.Min() < 0.1 && strengths.Max() > 0.4);
    }

    [Fact]
    public void Exponents_that_make_photos_as_often_brighter_as_darker_are_drawn_on_demand_and_alter_nothing_else()
    {
        photos = SmallRuns.Photos(temporary);
        BatchSampler none = new(photos, SmallRuns.Tiny with { GammaJitter = 0 }), some = new(photos, SmallRuns.Tiny with { GammaJitter = 0.5 });
        double[] gammas = [.. Enumerable.Range(0, 100).SelectMany(step => some.Sample(step).Gammas!)];

        Assert.Null(none.Sample(3).Gammas);
        Assert.Equal(Hash(none.Sample(3)), Hash(some.Sample(3)));
        Assert.All(gammas, gamma => Assert.InRange(gamma, Math.Exp(-0.5), Math.Exp(0.5)));
        Assert.InRange(gammas.Count(gamma => gamma > 1) / (double)gammas.Length, 0.4, 0.6);
    }

    public void Dispose()
    {
        photos?.Dispose();
        temporary.Dispose();
    }

    private int[] Sides(TrainingOptions options, int steps)
    {
        var sampler = new BatchSampler(photos!, options);
        return [.. Enumerable.Range(0, steps).SelectMany(step => sampler.Sample(step).Crops.Select(crop => crop.Side))];
    }

    // Some of one size, then some of 70 pixels.
    private ImageDataset Colours(int count, int width = 70, int height = 70, int more = 0)
    {
        Directory.CreateDirectory(temporary.File("colours"));
        for (int i = 0; i < count + more; i++)
            Photo.SavePng(Pictures.Plain(i < count ? width : 70, i < count ? height : 70, (byte)i, 0, 0), temporary.File($"colours/{i}.png"));
        return ImageDataset.Load([temporary.File("colours")]);
    }

    private IEnumerable<int> Reds(BatchPlan plan) => plan.Crops.Select(crop => (int)photos!.Pixels(crop.Photo)[0]);

    private string Hash(BatchPlan plan) => Convert.ToHexStringLower(SHA256.HashData(
    [
        .. plan.Crops.SelectMany(Pixels), .. plan.Flipped.Select(flipped => (byte)(flipped ? 1 : 0)), .. MemoryMarshal.AsBytes(plan.Margins.AsSpan()),
    ]))[..16];

    private byte[] Pixels(Crop crop)
    {
        var pixels = new byte[crop.Side * crop.Side * 3];
        photos!.CopySquare(crop.Photo, crop.Left, crop.Top, crop.Side, pixels);
        return pixels;
    }
}
