using Outpaint.Metrics;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class ColourTests
{
    // Bruce Lindbloom's calculator, sRGB with D65: http://www.brucelindbloom.com
    [Theory]
    [InlineData(255, 255, 255, 100, 0, 0)]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(255, 0, 0, 53.24, 80.09, 67.20)]
    [InlineData(0, 255, 0, 87.73, -86.18, 83.18)]
    [InlineData(0, 0, 255, 32.30, 79.19, -107.86)]
    [InlineData(128, 128, 128, 53.59, 0, 0)]
    public void Lab_has_the_published_values(int red, int green, int blue, double lightness, double a, double b)
    {
        float[] lab = CieLab.FromSrgb(Masks.Colour(1, red, green, blue)).ToArray<float>();
        Assert.Equal(lightness, lab[0], 0.02);
        Assert.Equal(a, lab[1], 0.02);
        Assert.Equal(b, lab[2], 0.02);
    }

    [Fact]
    public void Red_beside_blue_is_a_step_of_their_Delta_E()
    {
        Tensor mask = Masks.RightHalf(32);
        Tensor image = Masks.Colour(32, 255, 0, 0) * (1 - mask) + Masks.Colour(32, 0, 0, 255) * mask;
        Assert.Equal(176.31, Assert.Single(ColourStep.Compute(image, mask)), 0.05);
    }

    [Fact]
    public void Texture_of_one_mean_colour_is_no_step()
    {
        // Rows, so that both sides of the border hold the same ones.
        Tensor stripes = Masks.GreyColumns(36, x => x % 3 / 4.0).Permute(0, 1, 3, 2).Contiguous();
        Assert.Equal(0, Assert.Single(ColourStep.Compute(stripes, Masks.RightHalf(36))), 2);
    }
}
