using Outpaint.Tests.Models;
using Outpaint.Torch;
using Outpaint.Training;

namespace Outpaint.Tests.Training;

public sealed class TrainingBatchTests : IDisposable
{
    private readonly TensorScope scope = new();

    [Fact]
    public void Bytes_become_values_from_minus_one_to_one_and_flips_mirror_left_to_right()
    {
        byte[] crop = [0, 51, 102, 153, 204, 255, 255, 0, 255, 0, 255, 0]; // two by two pixels
        var batch = new TrainingBatch((byte[])[.. crop, .. crop], [2, 2], [false, true], [default, default]);

        (Tensor image, _) = batch.ToTensors(2, Device.Cpu);

        Assert.Equal([2, 3, 2, 2], image.Shape);
        Assert.True(image.IsContiguous(MemoryFormat.ChannelsLast));
        float[] values = Canvases.Values(image);
        Assert.Equal([-1, 0.2f, 1, -1, -0.6f, 0.6f, -1, 1, -0.2f, 1, 1, -1], values[..12].Select(value => MathF.Round(value, 5)));
        Assert.Equal([0.2f, -1, -1, 1], values[12..16].Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void Larger_crops_are_shrunk_to_the_canvas_without_aliasing()
    {
        // Stripes one pixel wide at one and a half times the canvas: their mean is grey, and aliasing would leave stripes.
        byte[] pixels = [.. Enumerable.Range(0, 96 * 96 * 3).Select(i => (byte)(i / 3 % 2 * 255))];

        (Tensor image, _) = new TrainingBatch(pixels, [96], [false], [default]).ToTensors(48, Device.Cpu);

        Assert.Equal([1, 3, 48, 48], image.Shape);
        Assert.All(Canvases.Values(image.Narrow(3, 2, 44)), value => Assert.InRange(value, -0.3f, 0.3f));
    }

    [Fact]
    public void Crops_of_several_sizes_fill_canvases_of_one()
    {
        byte[] pixels = [.. Enumerable.Repeat((byte)0, 8 * 8 * 3), .. Enumerable.Repeat((byte)255, 24 * 24 * 3)];

        (Tensor image, _) = new TrainingBatch(pixels, [8, 24], [false, false], [default, default]).ToTensors(16, Device.Cpu);

        Assert.Equal([2, 3, 16, 16], image.Shape);
        Assert.All(Canvases.Values(image[0]), value => Assert.Equal(-1, value, 5));
        Assert.All(Canvases.Values(image[1]), value => Assert.Equal(1, value, 5));
    }

    [Fact]
    public void Masks_are_one_outside_the_known_rectangle()
    {
        Margins[] holes = [new(3, 0, 0, 0), new(1, 2, 3, 4), new(0, 0, 0, 5)];

        (_, Tensor mask) = new TrainingBatch(new byte[3 * 16 * 16 * 3], [16, 16, 16], new bool[3], holes).ToTensors(16, Device.Cpu);

        Assert.Equal([3, 1, 16, 16], mask.Shape);
        Assert.Equal(Canvases.Values(Canvases.Mask(16, 16, holes)), Canvases.Values(mask));
    }

    public void Dispose() => scope.Dispose();
}
