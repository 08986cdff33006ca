using Outpaint.Imaging;

namespace Outpaint.Cli.Tests;

public sealed class ExtendMaskTests
{
    [Fact]
    public async Task The_mask_is_white_where_pixels_are_new()
    {
        using var program = new CommandLine();

        Assert.Equal(0, await program.Extend(program.Picture("photo.png", 40, 24), "--left", "10", "--bottom", "6", "--mask_out"));

        using Photo mask = Photo.Load(program.File("out/photo_outpainted_mask.png"));
        byte[] pixels = mask.ToRgb().Pixels;
        Assert.Equal((50, 30), (mask.Width, mask.Height));
        for (int i = 0; i < pixels.Length; i++)
            Assert.Equal(i / 3 % 50 >= 10 && i / 3 / 50 < 24 ? 0 : 255, pixels[i]);
    }

    [Fact]
    public async Task A_feather_changes_the_picture_near_its_edge_and_shows_in_the_mask()
    {
        using var program = new CommandLine();
        string photo = program.File("photo.png");
        var striped = new RgbImage(40, 24); // faintly: a plain ground, or bolder stripes, would go on as they are
        for (int i = 0; i < striped.Pixels.Length; i++)
            striped.Pixels[i] = (byte)(200 - (i / 3 / 40 / 4 % 2 * 8));
        Photo.SavePng(striped, photo);

        Assert.Equal(0, await program.Extend(photo, "--right", "10", "--feather", "6", "--mask_out"));

        using Photo result = Photo.Load(program.File("out/photo_outpainted.png")), mask = Photo.Load(program.File("out/photo_outpainted_mask.png"));
        byte[] pixels = result.ToRgb().Pixels, shares = mask.ToRgb().Pixels;
        Assert.False(pixels.AsSpan(0, 34 * 3).ContainsAnyExcept((byte)200));
        Assert.InRange(pixels[39 * 3], 0, 100);
        Assert.Equal(0, shares[33 * 3]);
        Assert.InRange(shares[37 * 3], 100, 230);
        Assert.Equal(255, shares[40 * 3]);
    }
}
