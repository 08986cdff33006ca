using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;
using Outpaint.Training.Masks;
using static Outpaint.Tests.Models.Canvases;

namespace Outpaint.Tests.Models;

public sealed class GeneratorTests : IDisposable
{
    private static readonly GeneratorOptions Tiny = new(Width: 8, Depth: 2);

    private readonly TensorScope scope = new();

    [Theory]
    [InlineData(64, 64)]
    [InlineData(128, 64)]
    [InlineData(64, 128)]
    [InlineData(192, 192)]
    public void It_fills_canvases_of_any_shape_with_values_in_range(int height, int width)
    {
        using Generator generator = WithRandomWeights(new Generator(Tiny));
        generator.Train(false);
        Tensor mask = Mask(height, width, new Margins(8, 16, 0, 8), new Margins(0, 0, 24, 0));

        Tensor output = generator.Forward(Image(2, height, width), mask);

        Assert.Equal([2, 3, height, width], output.Shape);
        Assert.All(Values(output), value => Assert.InRange(value, -1, 1));
    }

    [Theory]
    [InlineData(64, 100)]
    [InlineData(68, 64)]
    public void A_side_that_is_no_multiple_of_8_is_an_error_that_says_so(int height, int width)
    {
        using Generator generator = new(Tiny);

        var error = Assert.Throws<ArgumentException>(
            () => generator.Forward(Image(1, height, width), Mask(height, width, new Margins(8, 8, 8, 8))));

        Assert.Equal($"The canvas is {width}x{height}; both sides must be multiples of 8.", error.Message);
    }

    [Fact]
    public void What_the_image_holds_in_the_hole_does_not_matter()
    {
        using Generator generator = WithRandomWeights(new Generator(Tiny));
        Tensor image = Image(1, 64, 64), mask = Mask(64, 64, new Margins(16, 8, 0, 8));

        Tensor output = generator.Forward(image, mask);
        Tensor other = generator.Forward(image * (1 - mask) + (mask * 9), mask);

        Assert.Equal(Values(output), Values(other));
    }

    [Fact]
    public void Fresh_weights_return_the_blurred_reflection()
    {
        using Generator generator = new(Tiny);
        Tensor image = Image(1, 64, 64), mask = Mask(64, 64, new Margins(16, 16, 16, 16));

        Tensor output = generator.Forward(image, mask);

        Assert.Equal(Values(ReflectionPrefill.Blur(Continued(image, mask))), Values(output));
    }

    [Fact]
    public void A_warp_bends_what_fresh_weights_return()
    {
        using Generator generator = new(Tiny);
        Tensor image = Image(1, 64, 64), mask = Mask(64, 64, new Margins(16, 16, 16, 16));
        Tensor warp = Tensor.From(PrefillWarp.Draw(new Random(1), 1), 1, PrefillWarp.Count).To(DType.Float32);

        Tensor output = generator.Forward(image, mask, warp);

        Assert.Equal(Values(ReflectionPrefill.Blur(PrefillWarp.Apply(Continued(image, mask), mask, warp))), Values(output));
    }

    [Fact]
    public void Only_in_evaluation_is_the_output_clamped()
    {
        using Generator generator = WithRandomWeights(new Generator(Tiny));
        Tensor image = Image(1, 64, 64) * 5, mask = Mask(64, 64, new Margins(16, 16, 16, 16));

        Assert.Contains(Values(generator.Forward(image, mask)), value => Math.Abs(value) > 1);
        generator.Train(false);
        Assert.DoesNotContain(Values(generator.Forward(image, mask)), value => Math.Abs(value) > 1);
    }

    [Fact]
    public void Each_corner_of_a_256_pixel_canvas_sees_the_opposite_one()
    {
        using Generator generator = WithRandomWeights(new Generator(Tiny with { Depth = new GeneratorOptions().Depth }));
        Tensor image = Image(1, 256, 256);
        image.RequiresGrad = true;

        // The reflection carries the known part at most as far as the hole is deep.
        Tensor output = generator.Forward(image, Mask(256, 256, new Margins(32, 32, 0, 0)));
        Tensor gradient = Autograd.Grad(output.Narrow(2, 0, 1).Narrow(3, 0, 1).Sum(), [image])[0]!;

        Assert.NotEqual(0, gradient.Narrow(2, 255, 1).Narrow(3, 255, 1).Abs().Sum().Item());
    }

    [Theory]
    [InlineData(60, 8)]
    [InlineData(0, 8)]
    [InlineData(64, 0)]
    public void Sizes_that_make_no_network_are_refused(int width, int depth) =>
        Assert.Throws<ArgumentException>(() => new Generator(new GeneratorOptions(width, depth)));

    public void Dispose() => scope.Dispose();

    private static Tensor Continued(Tensor image, Tensor mask) => EdgeDirections.Continue(ReflectionPrefill.Fill(image, mask), mask);
}
