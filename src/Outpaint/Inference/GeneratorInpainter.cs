using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Inference;

/// <summary>Runs our own <see cref="Generator"/> on the CPU.</summary>
public sealed class GeneratorInpainter : IInpainter
{
    // Where it is faster, twice as fast; a pixel differs by .1 levels on average and by 2 at most.
    private static readonly DType? Precision = TorchRuntime.IsFastInBf16(Device.Cpu) ? DType.BFloat16 : null;

    private const double WarpStrength = 0.6;

    private readonly Generator generator;

    /// <summary>
    /// Wraps a generator, takes it over and has libtorch use all cores, in the whole process, unless
    /// <see cref="TorchRuntime.Threads"/> was set.
    /// </summary>
    public GeneratorInpainter(Generator generator)
    {
        this.generator = generator;
        generator.Train(false);
        TorchRuntime.UseAllCores();
    }

    /// <inheritdoc/>
    public int Stride => Generator.Stride;

    // The canvas of training. Fully convolutional, it can fill larger ones, and measured worse at it (docs/resolution.md):
    // there the mirrored photo that it starts from shows.
    /// <inheritdoc/>
    public int PreferredSide => 192;

    /// <summary>Loads the weights that come with the library (<see cref="GeneratorFile.BuiltIn"/>), and wraps them as the constructor does.</summary>
    /// <inheritdoc cref="GeneratorFile.Load" path="/exception"/>
    public static GeneratorInpainter Load() => Load(GeneratorFile.BuiltIn);

    /// <summary>Loads a generator's weights, and wraps them as the constructor does.</summary>
    /// <inheritdoc cref="GeneratorFile.Load" path="/exception"/>
    public static GeneratorInpainter Load(string path) => new(GeneratorFile.Load(path));

    /// <inheritdoc/>
    /// <remarks>One forward pass, which cannot be interrupted: cancellation is looked at before it.</remarks>
    public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole, int seed = 0, CancellationToken cancellation = default)
    {
        if (canvas.Width % Stride != 0 || canvas.Height % Stride != 0)
            throw new ArgumentException($"The sides must be multiples of {Stride}; they are {canvas.Width} and {canvas.Height}.", nameof(canvas));
        if (hole.Length != canvas.Width * canvas.Height)
            throw new ArgumentException($"There must be {canvas.Width * canvas.Height} flags; there are {hole.Length}.", nameof(hole));
        if (!hole.Contains(false))
            throw new ArgumentException("All of the canvas is hole; there must be a picture to go on from.", nameof(hole));
        cancellation.ThrowIfCancellationRequested();
        using var inference = new InferenceMode();
        using var scope = new TensorScope();
        Tensor image = PixelRange.FromBytes(Tensor.From(canvas.Pixels, 1, canvas.Height, canvas.Width, 3).Permute(0, 3, 1, 2));
        Tensor mask = Tensor.From(hole, 1, 1, canvas.Height, canvas.Width).To(DType.Float32);
        Tensor output = Generate(image, mask, Warp(seed));
        // Known pixels are the picture's own, as the discriminators saw them in training.
        Tensor composite = image + ((output - image) * mask);
        Tensor bytes = PixelRange.ToBytes(composite).Permute(0, 2, 3, 1).Contiguous();
        return new RgbImage(canvas.Width, canvas.Height, bytes.ToArray<byte>());
    }

    // With seed 0 nothing is bent at random.
    private static Tensor? Warp(int seed) => seed == 0
        ? null
        : Tensor.From(PrefillWarp.Draw(new Random(seed), WarpStrength), 1, PrefillWarp.Count).To(DType.Float32);

    private Tensor Generate(Tensor image, Tensor mask, Tensor? warp)
    {
        using Autocast precision = new(DeviceType.Cpu, Precision);
        return generator.Forward(image, mask, warp);
    }

    /// <summary>Releases the generator.</summary>
    public void Dispose() => generator.Dispose();
}
