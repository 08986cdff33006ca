using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Models;
using Outpaint.Tests.Imaging;
using Outpaint.Torch;

namespace Outpaint.Tests.Inference;

public sealed class GeneratorInpainterTests
{
    private static readonly GeneratorOptions Tiny = new(Width: 8, Depth: 1);

    [Fact]
    public void A_plain_picture_is_continued_in_its_colour_and_channel_order()
    {
        // A generator without training returns the blurred reflection of the known part.
        using var inpainter = new GeneratorInpainter(new Generator(Tiny));
        var working = new WorkingCanvas(32, 24, 16, 8, 8, 8);
        (RgbImage canvas, bool[] hole) = working.Place(Pictures.Plain(16, 8, 200, 100, 30));

        RgbImage filled = inpainter.Inpaint(canvas, hole);

        Assert.Equal((32, 24), (filled.Width, filled.Height));
        for (int i = 0; i < filled.Pixels.Length; i++)
            Assert.InRange(filled.Pixels[i] - new[] { 200, 100, 30 }[i % 3], -1, 1);
    }

    [Fact]
    public void A_canvas_that_is_not_in_strides_and_flags_for_another_are_refused()
    {
        using var inpainter = new GeneratorInpainter(new Generator(Tiny));

        Assert.Equal("canvas", Assert.Throws<ArgumentException>(() => inpainter.Inpaint(new RgbImage(33, 24), new bool[33 * 24])).ParamName);
        Assert.Equal("hole", Assert.Throws<ArgumentException>(() => inpainter.Inpaint(new RgbImage(32, 24), new bool[32 * 23])).ParamName);
        Assert.Equal("hole", Assert.Throws<ArgumentException>(() => inpainter.Inpaint(new RgbImage(8, 8), Enumerable.Repeat(true, 64).ToArray())).ParamName);
    }

    [Fact]
    public void Each_seed_has_a_fill_of_its_own_and_the_picture_stays()
    {
        using var inpainter = new GeneratorInpainter(new Generator(Tiny));
        var working = new WorkingCanvas(96, 64, 48, 32, 24, 16);
        (RgbImage canvas, bool[] hole) = working.Place(Pictures.Scene(48, 32));

        byte[][] fills = [.. new[] { 0, 1, 2, 1 }.Select(seed => inpainter.Inpaint(canvas, hole, seed).Pixels)];

        Assert.Equal(fills[1], fills[3]);
        Assert.Equal(3, fills.DistinctBy(Convert.ToHexString).Count());
        for (int i = 0; i < canvas.Pixels.Length; i++)
            Assert.True(hole[i / 3] || fills.All(fill => fill[i] == canvas.Pixels[i]));
    }

    [Fact]
    public void Nothing_is_filled_after_cancellation()
    {
        using var inpainter = new GeneratorInpainter(new Generator(Tiny));

        Assert.Throws<OperationCanceledException>(() => inpainter.Inpaint(new RgbImage(32, 24), new bool[32 * 24], cancellation: new(canceled: true)));
    }

    [Fact]
    public void A_number_of_threads_that_was_set_stays()
    {
        int before = TorchRuntime.Threads;
        TorchRuntime.Threads = Environment.ProcessorCount + 1;

        using var inpainter = new GeneratorInpainter(new Generator(Tiny));

        Assert.Equal(Environment.ProcessorCount + 1, TorchRuntime.Threads);
        TorchRuntime.Threads = before;
    }

    [Fact]
    public void A_saved_generator_extends_a_photo()
    {
        using var folder = new TemporaryFolder();
        using (var generator = new Generator(Tiny))
            GeneratorFile.Save(generator, folder.File("tiny.safetensors"));
        using IInpainter inpainter = GeneratorInpainter.Load(folder.File("tiny.safetensors"));

        RgbImage extended = new Outpainter(inpainter).Extend(Pictures.Scene(300, 200), CanvasGeometry.ForRatio(300, 200, 0.5));

        Assert.Equal((450, 300), (extended.Width, extended.Height));
    }
}
