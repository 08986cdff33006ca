using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Training;

namespace Outpaint.Tests.Training;

public sealed class MemoryNeedTests
{
    private static readonly TrainingOptions Large = SmallRuns.Tiny with { GeneratorWidth = 512, GeneratorDepth = 64 };

    [Theory]
    [InlineData(64, 8)]
    [InlineData(128, 1)]
    [InlineData(96, 12)]
    public void The_weights_are_counted_without_making_the_networks(int width, int depth)
    {
        using Generator generator = new(new GeneratorOptions(width, depth));
        using PatchDiscriminator discriminator = new(width);

        AssertWithinOnePercent(Count(generator), MemoryNeed.Weights(generator.Options));
        AssertWithinOnePercent(Count(discriminator), MemoryNeed.DiscriminatorWeights(width));
    }

    [Theory]
    [InlineData(DeviceType.Cpu, 51.4)] // weights, gradients, two moments, average
    [InlineData(DeviceType.Cuda, 20.6)] // what is made here before it is moved
    public void Networks_that_do_not_fit_are_refused_in_a_line_that_says_what_to_lower(DeviceType type, double gibibytes)
    {
        var device = new Device(type);

        var error = Assert.Throws<TrainingException>(() => MemoryNeed.Require(Large, device, 16L << 30));

        Assert.Equal(FormattableString.Invariant(
            $"Networks of --generator_width 512, --generator_depth 64 and --discriminator_width 8 take at least {gibibytes} GiB before the first image, and there are 16.0 GiB of memory; lower the widths or the depth."),
            error.Message);
        MemoryNeed.Require(Large, device, (long)((gibibytes + 0.1) * (1 << 30)));
    }

    [Fact]
    public void They_are_refused_before_anything_is_made()
    {
        Assert.SkipWhen(MachineMemory.Bytes > 51L << 30, "They fit into this machine's memory.");

        Assert.Contains("lower the widths or the depth", Assert.Throws<TrainingException>(Large.Validate).Message);
    }

    private static long Count(Module network) => network.Parameters().Sum(parameter => parameter.NumberOfElements);

    private static void AssertWithinOnePercent(long expected, long estimate) => Assert.InRange(estimate, expected * 0.99, expected * 1.01);
}
