namespace Outpaint.Torch.Modules;

/// <summary>
/// A convolution whose kernel, seen as a matrix [out, in k k], is divided by its largest singular value (spectral
/// normalisation, Miyato et al. 2018): one step of power iteration per training call, gradient through the division.
/// </summary>
public sealed class SpectralNormConv2d : Layer
{
    private readonly Conv2d convolution;
    private readonly Tensor left;
    private readonly long[] matrixShape;

    /// <summary>Wraps a convolution.</summary>
    public SpectralNormConv2d(Conv2d convolution)
    {
        this.convolution = Child("conv", convolution);
        long outputs = convolution.Weight.Size(0);
        matrixShape = [outputs, -1];
        using TensorScope scope = new();
        using GradMode noGrad = GradMode.Disabled();
        left = Buffer("u", Normalize(Tensor.Randn([outputs, 1])));
        Tensor matrix = convolution.Weight.Reshape(matrixShape);
        for (int i = 0; i < 15; i++) // the first norms should be right, not only those after many steps
            PowerIteration(matrix);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input)
    {
        // In single precision: a norm in bf16 would be off by half a percent.
        using Autocast exact = new(input.Device.Type, null);
        Tensor matrix = convolution.Weight.Reshape(matrixShape);
        Tensor right;
        using (GradMode.Disabled())
            right = IsTraining ? PowerIteration(matrix.Detach()) : Normalize(Transposed(matrix).MatMul(left));
        Tensor norm = (left.Clone() * matrix.MatMul(right)).Sum();
        Tensor kernel = convolution.Weight / norm;
        using Autocast restored = new(input.Device.Type, exact.OuterType);
        return convolution.Forward(input, kernel);
    }

    private static Tensor Transposed(Tensor matrix) => matrix.Permute(1, 0);

    private static Tensor Normalize(Tensor vector) => vector / (vector.Square().Sum().Sqrt() + 1e-12);

    private Tensor PowerIteration(Tensor matrix)
    {
        Tensor right = Normalize(Transposed(matrix).MatMul(left));
        left.Copy_(Normalize(matrix.MatMul(right)));
        return right;
    }
}
