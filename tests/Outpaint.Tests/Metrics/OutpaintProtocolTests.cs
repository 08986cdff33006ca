using Outpaint.Inference;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class OutpaintProtocolTests
{
    [Theory]
    [InlineData(0.5, 192, 32)]
    [InlineData(0.25, 160, 16)]
    [InlineData(1, 256, 64)]
    public void The_known_square_lies_in_the_middle_of_the_canvas(double ratio, int canvas, int margin)
    {
        using var protocol = new OutpaintProtocol(ratio);
        Assert.Equal((128, canvas, margin, margin), (protocol.KnownSize, protocol.CanvasSize, protocol.Canvas.Left, protocol.Canvas.Top));
        Assert.Equal(canvas * canvas - 128 * 128, protocol.Mask.Sum().Item());
        Assert.Equal(0, protocol.Mask.Narrow(2, margin, 128).Narrow(3, margin, 128).Sum().Item());
    }

    [Theory]
    [InlineData(CanvasSides.Left, 64, 0, 0, 0)]
    [InlineData(CanvasSides.Top | CanvasSides.Bottom, 0, 32, 0, 32)]
    [InlineData(CanvasSides.Right | CanvasSides.Bottom, 0, 0, 64, 64)]
    [InlineData(CanvasSides.Left | CanvasSides.Right | CanvasSides.Top, 32, 64, 32, 0)]
    public void What_is_known_reaches_to_the_sides_that_are_not_extended(CanvasSides sides, int left, int top, int right, int bottom)
    {
        using var protocol = new OutpaintProtocol(sides: sides);
        using var scope = new TensorScope();
        Assert.Equal((left, top, right, bottom), (protocol.Canvas.Left, protocol.Canvas.Top, protocol.Canvas.Right, protocol.Canvas.Bottom));
        Tensor known = protocol.Mask.Narrow(2, top, 192 - top - bottom).Narrow(3, left, 192 - left - right);
        Assert.Equal(0, known.Sum().Item());
        Assert.Equal((192 * 192) - (known.Size(2) * known.Size(3)), protocol.Mask.Sum().Item());
    }

    [Fact]
    public void No_side_is_no_test() => Assert.Throws<NothingToAddException>(() => new OutpaintProtocol(sides: CanvasSides.None));

    [Fact]
    public void A_photo_of_the_right_height_is_only_cropped()
    {
        using var protocol = new OutpaintProtocol();
        byte[] pixels = Photo(288, 192, (x, y) => (byte)((x + y) % 256));
        byte[] original = protocol.Original(pixels, 288, 192).ToArray<byte>();
        Assert.Equal(3 * 192 * 192, original.Length);
        Assert.Equal(pixels[((10 * 288) + 48 + 20) * 3], original[(10 * 192) + 20]);
        Assert.Equal(pixels[((191 * 288) + 48 + 191) * 3], original[(191 * 192) + 191]);
    }

    [Fact]
    public void A_larger_photo_is_shrunk_without_aliasing()
    {
        using var protocol = new OutpaintProtocol();
        byte[] stripes = Photo(768, 768, (x, _) => (byte)(x % 2 * 255));
        byte[] original = protocol.Original(stripes, 768, 768).ToArray<byte>();
        Assert.All(original, value => Assert.InRange(value, 110, 145));
    }

    [Fact]
    public void Upright_photos_keep_their_middle()
    {
        using var protocol = new OutpaintProtocol();
        byte[] pixels = Photo(96, 200, (_, y) => (byte)y);
        byte[] original = protocol.Original(pixels, 96, 200).ToArray<byte>();
        Assert.InRange(original[96 * 192], 99, 100);
    }

    private static byte[] Photo(int width, int height, Func<int, int, byte> grey) =>
        [.. Enumerable.Range(0, width * height * 3).Select(i => grey(i / 3 % width, i / 3 / width))];
}
