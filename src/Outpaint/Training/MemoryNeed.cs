using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>
/// What the networks of a run take without any image in them. Where that alone is more than there is, the kernel would kill
/// the program while it makes them, without a word.
/// </summary>
internal static class MemoryNeed
{
    // Numbers per weight: itself, its gradient and Adam's two moments; a generator's average besides.
    private const int CopiesOfGenerator = 5;
    private const int CopiesOfDiscriminator = 4;

    // Elsewhere than on the processor, only generator and average are made in this memory before they are moved.
    private const int CopiesToMove = 2;

    /// <summary>Refuses networks that do not fit.</summary>
    /// <param name="options">Their sizes.</param>
    /// <param name="device">Where they learn.</param>
    /// <param name="available">Bytes that there are.</param>
    /// <exception cref="TrainingException">It says what to lower.</exception>
    internal static void Require(TrainingOptions options, Device device, long available)
    {
        long numbers = device.Type == DeviceType.Cpu
            ? (CopiesOfGenerator * Weights(options.Generator)) + (CopiesOfDiscriminator * DiscriminatorWeights(options.DiscriminatorWidth))
            : CopiesToMove * Weights(options.Generator);
        long bytes = numbers * sizeof(float);
        if (bytes > available)
            throw new TrainingException(FormattableString.Invariant(
                $"Networks of --generator_width {options.GeneratorWidth}, --generator_depth {options.GeneratorDepth} and --discriminator_width {options.DiscriminatorWidth} take at least {GiB(bytes):f1} GiB before the first image, and there are {GiB(available):f1} GiB of memory; lower the widths or the depth."));
    }

    /// <summary>Weights of a generator, to within its biases, stem and head, which do not grow with the square of the width.</summary>
    internal static long Weights(Models.GeneratorOptions size) => (285 + (160L * size.Depth)) * size.Width * size.Width;

    /// <summary>Weights of a patch discriminator, likewise.</summary>
    internal static long DiscriminatorWeights(long width) => 672 * width * width;

    private static double GiB(long bytes) => bytes / (double)(1 << 30);
}
