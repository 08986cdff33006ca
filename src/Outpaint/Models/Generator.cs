using Outpaint.Models.Blocks;
using Outpaint.Models.Prefill;
using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models;

/// <summary>
/// The outpainting network: an encoder-decoder with skip connections at every scale (U-Net, Ronneberger et al. 2015).
/// </summary>
/// <remarks>
/// The hole is prefilled by reflection (<see cref="ShallowReflection"/>, <see cref="EdgeDirections"/>); the network sees that and the mask, and
/// predicts what to add to a blurred copy of it. Starting from there, instead of from an empty hole, is what makes a small training budget suffice.
/// Pixels are folded into channels first (space-to-depth), because narrow layers at full resolution are the most
/// expensive part of a U-Net on a CPU; most of the arithmetic sits in dilated blocks at an eighth of the resolution,
/// whose reach, the sum of their dilations, covers a 256-pixel canvas from edge to edge. There is no normalisation:
/// its running statistics would tie the network to the sizes and masks seen in training.
/// </remarks>
public sealed class Generator : Module
{
    /// <summary>Both sides of a canvas must be multiples of this.</summary>
    public const int Stride = 8;

    private static readonly int[] Dilations = [1, 2, 4, 8];

    private readonly Conv2d stem;
    private readonly ResidualBlock encodeHalf;
    private readonly Conv2d toQuarter;
    private readonly ResidualBlock encodeQuarter;
    private readonly Conv2d toEighth;
    private readonly DilatedBlock[] middle;
    private readonly UpBlock upToQuarter;
    private readonly UpBlock upToHalf;
    private readonly Conv2d head;

    /// <summary>Makes a network with fresh weights, which returns the blurred reflection.</summary>
    public Generator(GeneratorOptions options)
    {
        options.Validate();
        Options = options;
        int half = options.Width, quarter = 2 * half, eighth = 4 * half;
        stem = Child("stem", new Conv2d(4 * (3 + 1), half, 3));
        encodeHalf = Child("encode_half", new ResidualBlock(half));
        toQuarter = Child("to_quarter", new Conv2d(half, quarter, 3, stride: 2, padding: 1));
        encodeQuarter = Child("encode_quarter", new ResidualBlock(quarter));
        toEighth = Child("to_eighth", new Conv2d(quarter, eighth, 3, stride: 2, padding: 1));
        middle = [.. Enumerable.Range(0, options.Depth).Select(
            i => Child($"middle.{i}", new DilatedBlock(eighth, Dilations[i % Dilations.Length])))];
        upToQuarter = Child("up_to_quarter", new UpBlock(eighth, quarter));
        upToHalf = Child("up_to_half", new UpBlock(quarter, half));
        head = Child("head", new Conv2d(half, 4 * 3, 3, gain: 0));
    }

    /// <summary>Makes a network that has learnt, ready for use: on the CPU, in evaluation mode, without gradients.</summary>
    /// <param name="options">Its size.</param>
    /// <param name="state">Its weights, which are copied.</param>
    /// <exception cref="StateDictException">They are those of another network.</exception>
    internal static Generator ForUse(GeneratorOptions options, IReadOnlyDictionary<string, Tensor> state)
    {
        var generator = new Generator(options);
        generator.LoadStateDict(state);
        generator.Train(false);
        generator.SetRequiresGrad(false);
        generator.To(Device.Cpu, TorchRuntime.ConvolutionFormat(Device.Cpu));
        return generator;
    }

    /// <summary>The size of this network.</summary>
    public GeneratorOptions Options { get; }

    /// <summary>
    /// Takes over what a network of the same width and no more depth has learnt. Blocks that it lacks change nothing at
    /// first: the output is the same (Net2DeeperNet, Chen et al. 2016).
    /// </summary>
    /// <returns>How many such blocks there are.</returns>
    /// <exception cref="StateDictException">The other network is deeper, or has another width.</exception>
    public int ContinueFrom(Generator other)
    {
        var state = new Dictionary<string, Tensor>(other.StateDict());
        foreach ((string name, Tensor tensor) in StateDict())
            state.TryAdd(name, tensor);
        LoadStateDict(state);
        DilatedBlock[] added = middle[other.Options.Depth..];
        foreach (DilatedBlock block in added)
            block.MakeIdentity();
        return added.Length;
    }

    /// <summary>Fills the hole.</summary>
    /// <param name="image">[N, 3, H, W] in [-1, 1]; what it holds in the hole does not matter.</param>
    /// <param name="mask">[N, 1, H, W], 1 in the hole and 0 in the known part, which must be one rectangle per image.</param>
    /// <param name="warp">What <see cref="PrefillWarp"/> drew, [N, <see cref="PrefillWarp.Count"/>]; null bends nothing at random.</param>
    /// <returns>
    /// [N, 3, H, W], known part included; in [-1, 1] in evaluation mode. In training mode it is not clamped, because a
    /// clamped pixel has no gradient that could bring it back.
    /// </returns>
    /// <exception cref="ArgumentException">A side is not a multiple of <see cref="Stride"/>.</exception>
    public Tensor Forward(Tensor image, Tensor mask, Tensor? warp = null)
    {
        if (image.Size(2) % Stride != 0 || image.Size(3) % Stride != 0)
            throw new ArgumentException($"The canvas is {image.Size(3)}x{image.Size(2)}; both sides must be multiples of {Stride}.");
        Tensor prefilled = EdgeDirections.Continue(ShallowReflection.Fill(image, mask), mask);
        if (warp is not null)
            prefilled = PrefillWarp.Apply(prefilled, mask, warp);
        Tensor input = Dispatcher.Call("pixel_unshuffle", Tensor.Cat([prefilled, mask], 1), 2);
        Tensor half = encodeHalf.Forward(stem.Forward(input.ForConvolution()));
        Tensor quarter = encodeQuarter.Forward(toQuarter.Forward(half.LeakyRelu()));
        Tensor x = toEighth.Forward(quarter.LeakyRelu());
        foreach (DilatedBlock block in middle)
            x = block.Forward(x);
        x = upToHalf.Forward(upToQuarter.Forward(x, quarter), half);
        Tensor residual = Dispatcher.Call("pixel_shuffle", head.Forward(x.LeakyRelu()), 2);
        Tensor output = ReflectionPrefill.Blur(prefilled) + CheckerboardFilter.Apply(residual.To(DType.Float32));
        return IsTraining ? output : output.Clamp(-1, 1);
    }
}
