using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Tests.Imaging;

namespace Outpaint.Tests.Inference;

public sealed class FeatherTests
{
    [Theory]
    [InlineData(".png")]
    [InlineData(".tif")]
    public void The_picture_fades_out_over_its_outer_pixels_and_is_exact_further_in(string extension)
    {
        const int Width = 10;
        using var folder = new TemporaryFolder();
        RgbImage picture = Pictures.Waves(80, 60, 200, columns: 0, rows: 3);
        string path = folder.Write("photo" + extension, Pictures.Encode(picture, extension));
        using Photo photo = Photo.Load(path);
        CanvasGeometry canvas = CanvasGeometry.ForMargins(80, 60, left: 40, top: 0, right: 0, bottom: 30);

        using Photo extended = new Outpainter(FakeInpainter.Grey(80)).Extend(photo, canvas, Width);
        extended.Save(folder.File("extended" + extension));

        using Photo written = Photo.Load(folder.File("extended" + extension));
        RgbImage result = written.ToRgb();
        Assert.Equal(Pictures.Crop(picture, 10, 0, 70, 50).Pixels, Pictures.Crop(result, 50, 0, 70, 50).Pixels);
        int[] across = [.. Enumerable.Range(0, 60).Select(x => (int)Pictures.At(result, x, 20).Red)];
        Assert.Equal(across[40..].Order(), across[40..]);
        Assert.InRange(across[45], 120, 199); // within the feather
        Assert.InRange(across.Min(), 90, 98); // what the model painted, drawn a little to the picture's colour,
        Assert.InRange(across[0], 126, 130); // and by two fifths of the difference at the outer end
    }

    [Fact]
    public void Sides_that_do_not_grow_have_no_feather()
    {
        byte[] opacity = Feather.Opacity(new RgbImage(20, 10), CanvasGeometry.ForMargins(20, 10, left: 5, top: 0, right: 0, bottom: 0), 4);

        for (int i = 0; i < opacity.Length; i++)
            Assert.Equal(i % 20 >= 4, opacity[i] == 255);
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(3, 2)]
    public void A_frame_that_is_narrower_than_the_feather_does_not_show(int frame, int feather)
    {
        RgbImage framed = Pictures.Plain(80, 60, 90, 90, 90);
        for (int i = 0; i < framed.Pixels.Length; i++)
            framed.Pixels[i] = i / 3 % 80 < frame ? (byte)255 : framed.Pixels[i];

        byte[] opacity = Feather.Opacity(framed, CanvasGeometry.ForRatio(80, 60, 0.5), feather);

        int[] across = [.. Enumerable.Range(0, 80).Select(x => (int)opacity[(30 * 80) + x])];
        Assert.Equal(frame < feather ? frame : 0, across.Count(value => value == 0));
        Assert.Equal(across[..40].Order(), across[..40]);
        Assert.All(across[Math.Max(frame, feather)..(80 - feather)], value => Assert.Equal(255, value));
    }

    [Theory]
    [InlineData(3, 255, 6)]
    [InlineData(1, 0, 2)]
    [InlineData(3, 100, 0)] // hardly seen
    [InlineData(0, 255, 0)]
    public void A_frame_that_is_seen_asks_for_a_feather_of_twice_its_width(int frame, byte grey, int feather)
    {
        RgbImage framed = Pictures.Plain(80, 60, 90, 90, 90);
        for (int i = 0; i < framed.Pixels.Length; i++)
            framed.Pixels[i] = i / 3 % 80 >= 80 - frame ? grey : framed.Pixels[i];

        Assert.Equal(feather, Feather.ForFrame(framed, CanvasGeometry.ForRatio(80, 60, 0.5)));
        Assert.Equal(0, Feather.ForFrame(framed, CanvasGeometry.ForMargins(80, 60, left: 20, top: 0, right: 0, bottom: 0)));
    }

    [Fact]
    public void The_feather_for_a_frame_leaves_out_all_of_it_even_where_only_a_part_is_seen()
    {
        RgbImage framed = Pictures.Plain(80, 60, 90, 90, 90);
        for (int i = 0; i < framed.Pixels.Length; i++)
            framed.Pixels[i] = (i / 3 % 80) switch { 79 => 0, 77 or 78 => 100, _ => 90 };
        CanvasGeometry canvas = CanvasGeometry.ForRatio(80, 60, 0.5);

        byte[] opacity = Feather.Opacity(framed, canvas, Feather.ForFrame(framed, canvas));

        Assert.Equal([0, 0, 0], opacity.AsSpan((30 * 80) + 77, 3).ToArray());
    }

    [Fact]
    public void Without_a_feather_all_of_the_picture_shows() =>
        Assert.All(Feather.Opacity(new RgbImage(20, 10), CanvasGeometry.ForRatio(20, 10, 0.5), 0), value => Assert.Equal(255, value));

    [Theory]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_feather_that_leaves_too_little_of_the_picture_is_refused(int width)
    {
        using var folder = new TemporaryFolder();
        Photo.SavePng(Pictures.Scene(20, 7), folder.File("photo.png"));
        using Photo photo = Photo.Load(folder.File("photo.png"));

        Assert.Throws<OutpaintException>(() =>
            new Outpainter(FakeInpainter.Grey(0)).Extend(photo, CanvasGeometry.ForRatio(20, 7, 0.5), width));
    }

    [Fact]
    public void A_negative_feather_and_a_picture_of_another_size_are_refused()
    {
        CanvasGeometry canvas = CanvasGeometry.ForRatio(20, 10, 0.5);

        Assert.Throws<ArgumentOutOfRangeException>(() => Feather.Check(canvas, -1));
        Assert.Throws<ArgumentException>(() => Feather.ForFrame(new RgbImage(80, 60), canvas));
    }
}
