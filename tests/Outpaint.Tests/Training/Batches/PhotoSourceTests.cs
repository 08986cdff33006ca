using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Tests.Imaging;
using Outpaint.Tests.Models;
using Outpaint.Torch;
using Outpaint.Training;
using Outpaint.Training.Batches;
using Outpaint.Training.Masks;

namespace Outpaint.Tests.Training.Batches;

/// <summary>What both places that photos are kept in promise, and that they agree.</summary>
public sealed class PhotoSourceTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly TensorScope scope = new();
    private ImageDataset? photos;

    [Theory, InlineData(false), InlineData(true)]
    public void Bytes_become_values_from_minus_one_to_one_and_flips_mirror_left_to_right(bool resident)
    {
        Photos(new RgbImage(2, 2, [0, 51, 102, 153, 204, 255, 255, 0, 255, 0, 255, 0]));

        (Tensor image, _) = Canvases(resident, size: 2, Plan([new Crop(0, 0, 0, 2), new Crop(0, 0, 0, 2)], flipped: [false, true]));

        Assert.Equal([2, 3, 2, 2], image.Shape);
        Assert.True(image.IsContiguous(TorchRuntime.ConvolutionFormat(Device.Cpu)));
        float[] values = Models.Canvases.Values(image);
        Assert.Equal([-1, 0.2f, 1, -1, -0.6f, 0.6f, -1, 1, -0.2f, 1, 1, -1], values[..12].Select(value => MathF.Round(value, 5)));
        Assert.Equal([0.2f, -1, -1, 1], values[12..16].Select(value => MathF.Round(value, 5)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void An_exponent_makes_a_photo_brighter_or_darker_and_leaves_black_and_white(bool resident)
    {
        Photos(new RgbImage(2, 2, [0, 51, 255, 51, 51, 51, 51, 51, 51, 51, 51, 51]));

        (Tensor image, _) = Canvases(resident, size: 2, Plan([new Crop(0, 0, 0, 2), new Crop(0, 0, 0, 2)]) with { Gammas = [0.5, 2] });

        float[] values = [.. Models.Canvases.Values(image.Select(2, 0).Select(2, 0)).Select(value => MathF.Round(value, 4))];
        Assert.Equal([-1, (2 * MathF.Round(MathF.Sqrt(0.2f), 6)) - 1, 1, -1, -0.92f, 1], values, (a, b) => MathF.Abs(a - b) < 1e-3);
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Larger_crops_are_shrunk_to_the_canvas_without_aliasing(bool resident)
    {
        // Stripes one pixel wide at one and a half times the canvas: their mean is grey, and aliasing would leave stripes.
        Photos(new RgbImage(96, 96, [.. Enumerable.Range(0, 96 * 96 * 3).Select(i => (byte)(i / 3 % 2 * 255))]));

        (Tensor image, _) = Canvases(resident, size: 48, Plan([new Crop(0, 0, 0, 96)]));

        Assert.Equal([1, 3, 48, 48], image.Shape);
        Assert.All(Models.Canvases.Values(image.Narrow(3, 2, 44)), value => Assert.InRange(value, -0.3f, 0.3f));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Masks_are_one_outside_the_known_rectangle(bool resident)
    {
        Photos(Pictures.Scene(16, 16));
        Margins[] holes = [new(3, 0, 0, 0), new(1, 2, 3, 4), new(0, 0, 0, 5)];

        (_, Tensor mask) = Canvases(resident, size: 16, Plan([new Crop(0, 0, 0, 16), new Crop(0, 0, 0, 16), new Crop(0, 0, 0, 16)], holes: holes));

        Assert.Equal([3, 1, 16, 16], mask.Shape);
        Assert.Equal(Models.Canvases.Values(Models.Canvases.Mask(16, 16, holes)), Models.Canvases.Values(mask));
    }

    [Fact]
    public void Photos_on_the_device_make_the_same_canvases_as_photos_of_the_host()
    {
        // Upright, wide and small ones: crops are shrunk, taken as they are, and enlarged.
        Photos(Pictures.Scene(70, 150, 1), Pictures.Scene(200, 90, 2), Pictures.Scene(40, 50, 3), Pictures.Scene(64, 64, 4));
        TrainingOptions options = SmallRuns.Tiny with { BatchSize = 4, CropScaleMax = 2 };
        var sampler = new BatchSampler(photos!, options);
        using ResidentPhotos resident = Upload(options);
        using var host = new HostPhotos(photos!, options.ImageSize, Device.Cpu);
        BatchPlan[] plans = [.. Enumerable.Range(0, 20).Select(step => sampler.Sample(step))];

        foreach (BatchPlan plan in plans)
        {
            (Tensor image, Tensor mask, Tensor? warp) = resident.Load(plan).ToTensors();
            (Tensor expectedImage, Tensor expectedMask, Tensor? expectedWarp) = host.Load(plan).ToTensors();
            Assert.True(image.IsContiguous(TorchRuntime.ConvolutionFormat(Device.Cpu)));
            Assert.InRange(Models.Canvases.Values((image - expectedImage).Abs()).Max(), 0, 1e-4);
            Assert.Equal(0, (mask - expectedMask).Abs().Sum().Item());
            Assert.Equal(plan.Warps!.SelectMany(numbers => numbers).Select(number => (float)number), Models.Canvases.Values(warp!));
            Assert.Equal(Models.Canvases.Values(expectedWarp!), Models.Canvases.Values(warp!));
        }

        int[] sides = [.. plans.SelectMany(plan => plan.Crops.Select(crop => crop.Side))];
        Assert.Contains(40, sides);
        Assert.Contains(64, sides);
        Assert.True(sides.Max() > 80);
    }

    [Fact]
    public void A_step_on_the_device_does_not_depend_on_the_steps_before()
    {
        photos = SmallRuns.Photos(temporary);
        float[] Third(int first)
        {
            using ResidentPhotos resident = Upload(SmallRuns.Tiny);
            using var batches = new BatchPrefetcher(new BatchSampler(photos, SmallRuns.Tiny), resident, first, lastStep: 4);
            for (int step = first; step < 3; step++)
                batches.Next().ToTensors();
            return Models.Canvases.Values(batches.Next().ToTensors().Image);
        }

        Assert.Equal(Third(first: 0), Third(first: 3));
    }

    [Fact]
    public void Photos_that_take_more_than_the_budget_stay_where_they_are()
    {
        photos = SmallRuns.Photos(temporary, count: 1);
        long bytes = photos.Pixels(0).Length;

        Assert.Null(ResidentPhotos.TryUpload(photos, SmallRuns.Tiny, Device.Cpu, bytes - 1));
        using ResidentPhotos? uploaded = ResidentPhotos.TryUpload(photos, SmallRuns.Tiny, Device.Cpu, bytes);
        Assert.NotNull(uploaded);
    }

    [Fact]
    public void On_the_cpu_photos_are_not_copied()
    {
        photos = SmallRuns.Photos(temporary);

        using IPhotoSource source = PhotoPlacement.Choose(photos, SmallRuns.Tiny, Device.Cpu);

        Assert.IsType<HostPhotos>(source);
    }

    [Fact]
    public void The_memory_of_a_batch_is_used_again()
    {
        photos = SmallRuns.Photos(temporary);
        var sampler = new BatchSampler(photos, SmallRuns.Tiny);
        using var host = new HostPhotos(photos, SmallRuns.Tiny.ImageSize, Device.Cpu);
        host.Load(sampler.Sample(0)).Dispose();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int step = 1; step <= 100; step++)
            host.Load(sampler.Sample(step)).Dispose(); // 24 KiB of pixels or more

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 8192);
    }

    public void Dispose()
    {
        scope.Dispose();
        photos?.Dispose();
        temporary.Dispose();
    }

    private static BatchPlan Plan(Crop[] crops, bool[]? flipped = null, Margins[]? holes = null) =>
        new(crops, flipped ?? new bool[crops.Length], holes ?? new Margins[crops.Length]);

    private void Photos(params RgbImage[] images)
    {
        Directory.CreateDirectory(temporary.File("photos"));
        for (int i = 0; i < images.Length; i++)
            Photo.SavePng(images[i], temporary.File($"photos/{i}.png"));
        photos = ImageDataset.Load([temporary.File("photos")]);
    }

    private ResidentPhotos Upload(TrainingOptions options) => ResidentPhotos.TryUpload(photos!, options, Device.Cpu, long.MaxValue)!;

    private (Tensor Image, Tensor Mask) Canvases(bool resident, int size, BatchPlan plan)
    {
        using IPhotoSource source = resident
            ? Upload(SmallRuns.Tiny with { ImageSize = size, CropScaleMax = 2 })
            : new HostPhotos(photos!, size, Device.Cpu);
        using TrainingBatch batch = source.Load(plan);
        (Tensor image, Tensor mask, _) = batch.ToTensors();
        return (image, mask);
    }
}
