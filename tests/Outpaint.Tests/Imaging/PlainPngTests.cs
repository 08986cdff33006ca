using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public sealed class PlainPngTests
{
    [Theory, InlineData(1, 1), InlineData(37, 21)]
    public void A_picture_comes_back_as_it_was(int width, int height)
    {
        RgbImage image = Pictures.Scene(width, height);

        using Photo photo = Photo.FromBytes(PlainPng.Encode(image), "picture.png");

        Assert.Equal((width, height), (photo.Width, photo.Height));
        Assert.Equal(image.Pixels, photo.ToRgb().Pixels);
    }
}
