using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Tests.Models;

public sealed class GeneratorCostTests
{
    private const int Side = 256;

    [Fact]
    public void The_default_has_at_most_10_million_parameters()
    {
        using Generator generator = new(new GeneratorOptions());

        Assert.InRange(generator.Parameters().Sum(parameter => parameter.NumberOfElements), 5_000_000, 10_000_000);
    }

    [Fact]
    public void The_default_takes_at_most_12_billion_multiplications_at_256_pixels()
    {
        using Generator generator = new(new GeneratorOptions());

        // A convolution uses each of its weights once per output pixel.
        long multiplications = generator.NamedParameters()
            .Where(parameter => parameter.Name.EndsWith(".weight", StringComparison.Ordinal))
            .Sum(parameter => parameter.Tensor.NumberOfElements * OutputPixels(parameter.Name));

        Assert.InRange(multiplications, 6_000_000_000, 12_000_000_000);
    }

    private static long OutputPixels(string name) => name.Split('.') switch
    {
        ["stem" or "encode_half" or "head", ..] => Pixels(2),
        ["up_to_half", "reduce", ..] => Pixels(4),
        ["up_to_half", ..] => Pixels(2),
        ["to_quarter" or "encode_quarter", ..] => Pixels(4),
        ["up_to_quarter", "reduce", ..] => Pixels(8),
        ["up_to_quarter", ..] => Pixels(4),
        ["to_eighth" or "middle", ..] => Pixels(8),
        _ => throw new ArgumentException($"Say at which resolution {name} works."),
    };

    private static long Pixels(int divisor) => Side / divisor * (Side / divisor);
}
