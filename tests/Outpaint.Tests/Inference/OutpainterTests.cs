using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Inference;

public sealed class OutpainterTests
{
    [Theory]
    [InlineData(16, 16, 0.5)]
    [InlineData(128, 128, 0.5)]
    [InlineData(131, 67, 0.3)]
    [InlineData(640, 479, 0.5)]
    [InlineData(16, 2000, 0.5)]
    [InlineData(2000, 16, 0.5)]
    [InlineData(100, 80, 2.7)]
    [InlineData(1, 1, 1)]
    public void Known_pixels_of_a_lossless_picture_are_exact_at_every_size_and_ratio(int width, int height, double ratio)
    {
        using var folder = new TemporaryFolder();
        RgbImage source = Pictures.Scene(width, height);
        Photo.SavePng(source, folder.File("source.png"));
        CanvasGeometry canvas = CanvasGeometry.ForRatio(width, height, ratio);

        using (Photo photo = Photo.Load(folder.File("source.png")))
        using (Photo extended = new Outpainter(FakeInpainter.Grey(0)).Extend(photo, canvas))
            extended.Save(folder.File("extended.png"));

        using Photo written = Photo.Load(folder.File("extended.png"));
        Assert.Equal((canvas.Width, canvas.Height), (written.Width, written.Height));
        Assert.Equal(source.Pixels, Pictures.Crop(written.ToRgb(), canvas.Left, canvas.Top, width, height).Pixels);
    }

    [Theory]
    [InlineData(9000, 2)]
    [InlineData(2, 9000)]
    public void A_picture_of_hardly_more_than_a_line_grows_on_two_sides(int width, int height)
    {
        RgbImage source = Pictures.Scene(width, height);
        CanvasGeometry canvas = CanvasGeometry.ForMargins(width, height, left: width / 2, top: 0, right: 0, bottom: height / 2);

        RgbImage extended = new Outpainter(FakeInpainter.Grey(90)).Extend(source, canvas);

        Assert.Equal(source.Pixels, Pictures.Crop(extended, canvas.Left, canvas.Top, width, height).Pixels);
    }

    public static TheoryData<int, int, int, int> AllSides
    {
        get
        {
            var data = new TheoryData<int, int, int, int>();
            for (int sides = 1; sides < 16; sides++)
                data.Add((sides & 1) * 30, (sides >> 1 & 1) * 21, (sides >> 2 & 1) * 44, (sides >> 3) * 17);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(AllSides))]
    public void Every_choice_of_sides_leaves_the_picture_exact_and_fills_all_around_it(int left, int top, int right, int bottom)
    {
        RgbImage source = Pictures.Plain(90, 60, 90, 90, 90);
        source.Pixels[0] = 91;
        CanvasGeometry canvas = CanvasGeometry.ForMargins(90, 60, left, top, right, bottom);

        RgbImage extended = new Outpainter(FakeInpainter.Grey(90)).Extend(source, canvas);

        Assert.Equal((90 + left + right, 60 + top + bottom), (extended.Width, extended.Height));
        Assert.Equal(source.Pixels, Pictures.Crop(extended, left, top, 90, 60).Pixels);
        Assert.All(extended.Pixels, value => Assert.InRange(value, 89, 91));
    }

    [Fact]
    public void Whatever_the_geometry_the_picture_is_in_its_place_byte_by_byte()
    {
        Gen<CanvasGeometry> geometries =
            from width in Gen.Choose(1, 60)
            from height in Gen.Choose(1, 60)
            from left in Gen.Choose(0, width)
            from right in Gen.Choose(0, width)
            from top in Gen.Choose(0, height)
            from bottom in Gen.Choose(0, height)
            where left + right + top + bottom > 0
            select CanvasGeometry.ForMargins(width, height, left, top, right, bottom);

        Prop.ForAll(geometries.ToArbitrary(), canvas =>
        {
            RgbImage source = Pictures.Scene(canvas.SourceWidth, canvas.SourceHeight);
            RgbImage extended = new Outpainter(FakeInpainter.Grey(0)).Extend(source, canvas);
            RgbImage kept = Pictures.Crop(extended, canvas.Left, canvas.Top, canvas.SourceWidth, canvas.SourceHeight);
            return (extended.Width, extended.Height) == (canvas.Width, canvas.Height) && kept.Pixels.AsSpan().SequenceEqual(source.Pixels);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_canvas_for_a_picture_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            new Outpainter(FakeInpainter.Grey(0)).Extend(Pictures.Scene(30, 20), CanvasGeometry.ForRatio(20, 30, 0.5)));

    [Fact]
    public void The_model_sees_a_small_canvas_whatever_the_picture()
    {
        var inpainter = FakeInpainter.Grey(128);

        new Outpainter(inpainter).Extend(Pictures.Scene(1600, 1200), CanvasGeometry.ForRatio(1600, 1200, 0.5));

        Assert.Equal([(224, 168)], inpainter.Canvases);
    }

    [Fact]
    public void A_large_ratio_is_filled_step_by_step()
    {
        var inpainter = FakeInpainter.Grey(128);

        new Outpainter(inpainter).Extend(Pictures.Scene(64, 64), CanvasGeometry.ForRatio(64, 64, 1));

        Assert.Equal(2, inpainter.Canvases.Count);
    }

    [Fact]
    public void Progress_rises_to_the_whole_over_all_steps()
    {
        var progress = new Shares(_ => { });

        new Outpainter(FakeInpainter.Grey(128)).Extend(Pictures.Scene(300, 200), CanvasGeometry.ForRatio(300, 200, 1), progress: progress);

        Assert.All(progress.Seen, share => Assert.InRange(share, 0, 1));
        Assert.Contains(0.5, progress.Seen); // the first of two steps
        Assert.Equal(1, progress.Seen.Max());
    }

    [Fact]
    public void A_large_picture_can_be_cancelled_while_it_is_joined()
    {
        using var source = new CancellationTokenSource();
        var progress = new Shares(share =>
        {
            if (share is > 0.3 and < 0.9)
                source.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => new Outpainter(FakeInpainter.Grey(128)).Extend(
            Pictures.Scene(600, 600), CanvasGeometry.ForRatio(600, 600, 0.5), progress: progress, cancellation: source.Token));
    }

    [Theory]
    [InlineData(0)] // the model's part
    [InlineData(0.5)] // the rows, which are joined in parallel
    public void What_a_progress_throws_comes_out_as_it_is(double from)
    {
        var thrown = new InvalidOperationException("the window is gone");
        var progress = new Shares(share =>
        {
            if (share >= from)
                throw thrown;
        });

        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => new Outpainter(FakeInpainter.Grey(128)).Extend(
            Pictures.Scene(600, 600), CanvasGeometry.ForRatio(600, 600, 0.5), progress: progress)));
    }

    [Fact]
    public void Nothing_is_filled_after_cancellation()
    {
        var inpainter = FakeInpainter.Grey(128);

        Assert.Throws<OperationCanceledException>(() => new Outpainter(inpainter).Extend(
            Pictures.Scene(64, 64), CanvasGeometry.ForRatio(64, 64, 0.5), cancellation: new CancellationToken(canceled: true)));
        Assert.Empty(inpainter.Canvases);
    }

    [Fact]
    public void A_model_that_takes_long_is_told_of_cancellation()
    {
        using var source = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => new Outpainter(new PatientInpainter(source)).Extend(
            Pictures.Scene(64, 64), CanvasGeometry.ForRatio(64, 64, 0.5), cancellation: source.Token));
    }

    // Is cancelled while it works, and would work until then.
    private sealed class PatientInpainter(CancellationTokenSource source) : IInpainter
    {
        public int Stride => 8;

        public int PreferredSide => 192;

        public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole, int seed = 0, CancellationToken cancellation = default)
        {
            source.Cancel();
            cancellation.ThrowIfCancellationRequested();
            throw new InvalidOperationException("The model was not told.");
        }

        public void Dispose()
        {
        }
    }

    // Progress<T> would post to another thread.
    private sealed class Shares(Action<double> seen) : IProgress<double>
    {
        public ConcurrentQueue<double> Seen { get; } = [];

        public void Report(double value)
        {
            Seen.Enqueue(value);
            seen(value);
        }
    }

    [Fact]
    public void A_model_that_returns_another_size_is_told_of() =>
        Assert.Throws<InvalidOperationException>(() => new Outpainter(new SmallerInpainter()).Extend(Pictures.Scene(64, 48), CanvasGeometry.ForRatio(64, 48, 0.5)));

    private sealed class SmallerInpainter : IInpainter
    {
        public int Stride => 8;

        public int PreferredSide => 192;

        public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole, int seed = 0, CancellationToken cancellation = default) => new(canvas.Width / 2, canvas.Height);

        public void Dispose()
        {
        }
    }
}
