using Outpaint.Imaging;

namespace Outpaint.Tests.Imaging;

public class OrientationTests
{
    public static TheoryData<ushort> Orientations => new(Enumerable.Range(1, 8).Select(o => (ushort)o));

    [Theory, MemberData(nameof(Orientations))]
    public void Orientation_is_applied_on_loading(ushort orientation)
    {
        RgbImage upright = Pictures.Scene(5, 3);
        RgbImage stored = Pictures.Stored(upright, orientation);
        using Photo photo = Photo.FromBytes(TiffFile.Encode(stored.Width, stored.Height, 3, 8, TiffFile.Rgb, stored.Pixels, orientation));
        Assert.Equal((5, 3), (photo.Width, photo.Height));
        Assert.Equal(upright.Pixels, photo.ToRgb().Pixels);
    }

    [Theory, MemberData(nameof(Orientations))]
    public void Exif_orientation_is_applied_once_and_not_again_after_saving(ushort orientation)
    {
        using var folder = new TemporaryFolder();
        RgbImage upright = Pictures.Scene(48, 32);
        RgbImage stored = Pictures.Stored(upright, orientation);
        byte[] jpeg = Pictures.InsertJpegSegment(Pictures.Encode(stored, ".jpg", 100), 0xE1, Pictures.Exif(orientation));
        using Photo photo = Photo.FromBytes(jpeg);
        Assert.InRange(Pictures.MeanDifference(upright, photo.ToRgb()), 0, 2);

        foreach (string extension in new[] { ".jpg", ".png", ".webp", ".tif" })
        {
            string path = folder.File("saved" + extension);
            photo.Save(path, new SaveOptions { Quality = 100 });
            using Photo again = Photo.Load(path);
            Assert.InRange(Pictures.MeanDifference(upright, again.ToRgb()), 0, 3);
        }
    }

    [Fact]
    public void A_turned_picture_is_shrunk_by_its_short_side()
    {
        RgbImage stored = Pictures.Stored(Pictures.Scene(60, 40), 6);
        byte[] tiff = TiffFile.Encode(stored.Width, stored.Height, 3, 8, TiffFile.Rgb, stored.Pixels, 6);
        using Photo photo = Photo.FromBytes(tiff, maxShortSide: 20);
        Assert.Equal((30, 20), (photo.Width, photo.Height));
    }
}
