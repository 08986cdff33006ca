namespace Outpaint.Torch.Modules;

/// <summary>A 2-D convolution: [N, in, H, W] to [N, out, H', W'].</summary>
public sealed class Conv2d : Layer
{
    // A kernel of one pixel has nothing to spread, so that any dilation gives the same; with one above 1 libtorch leaves it to
    // oneDNN, as it does everything larger. It takes a matrix product of its own otherwise on a single thread, 2.5 times as slow.
    private static readonly long[] PointwiseDilation = [2, 2];

    private readonly Tensor weight;
    private readonly Tensor? bias;
    private readonly long[] stride;
    private readonly long[] padding;
    private readonly long[] dilation;
    private readonly long groups;
    private readonly bool isPointwise;

    /// <summary>Weights start as He et al. 2015 for a leaky ReLU of slope <see cref="Activation.DefaultSlope"/>, biases at zero.</summary>
    /// <param name="inputChannels">Channels in.</param>
    /// <param name="outputChannels">Channels out.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="stride">Step between outputs.</param>
    /// <param name="padding">Zeros around the input; -1 keeps the size, for an odd kernel at stride 1.</param>
    /// <param name="dilation">Distance between the kernel's taps.</param>
    /// <param name="groups">Independent groups of channels.</param>
    /// <param name="hasBias">Whether a constant is added to each channel.</param>
    /// <param name="gain">Scales the initial weights; 0 starts the layer at zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no group.</exception>
    public Conv2d(
        int inputChannels, int outputChannels, int kernel, int stride = 1, int padding = -1, int dilation = 1, int groups = 1,
        bool hasBias = true, double gain = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups);
        int fanIn = inputChannels / groups * kernel * kernel;
        double deviation = gain * Math.Sqrt(2 / (1 + (Activation.DefaultSlope * Activation.DefaultSlope)) / fanIn);
        Tensor initial = Tensor.Randn([outputChannels, inputChannels / groups, kernel, kernel]);
        initial.Mul_(deviation);
        weight = Parameter("weight", initial);
        bias = hasBias ? Parameter("bias", Tensor.Zeros([outputChannels])) : null;
        int pad = padding >= 0 ? padding : dilation * (kernel - 1) / 2;
        (this.stride, this.padding, this.dilation, this.groups) = ([stride, stride], [pad, pad], [dilation, dilation], groups);
        isPointwise = kernel == 1;
    }

    /// <summary>The kernel, [out, in / groups, k, k].</summary>
    public Tensor Weight => weight;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input) => Forward(input, weight);

    /// <summary>Applies the layer with a kernel made from its own, as spectral normalisation does.</summary>
    internal Tensor Forward(Tensor input, Tensor kernel) =>
        Dispatcher.Call("conv2d", input, kernel, bias, stride, padding, DilationFor(input), groups);

    private long[] DilationFor(Tensor input) => isPointwise && input.Device.Type == DeviceType.Cpu ? PointwiseDilation : dilation;
}
