using Outpaint.Torch;

namespace Outpaint.Losses;

/// <summary>
/// Distance between a frozen network's activations (Johnson et al. 2016): the mean over layers of
/// |f(x) - f(y)| / |f(y)|, each a mean over the layer. The division makes layers comparable, whose raw activations
/// differ by more than ten times.
/// </summary>
public static class PerceptualLoss
{
    /// <summary>Computes the loss.</summary>
    /// <param name="output">Activations of the picture under training.</param>
    /// <param name="original">Activations of the photograph, outside any graph; the same layers.</param>
    /// <returns>A scalar; 0 for equal activations.</returns>
    public static Tensor Compute(IReadOnlyList<Tensor> output, IReadOnlyList<Tensor> original)
    {
        Tensor? total = null;
        for (int i = 0; i < output.Count; i++)
        {
            Tensor term = RelativeL1.Compute(output[i], original[i]);
            total = total is null ? term : total + term;
        }

        return (total ?? throw new ArgumentException("A perceptual loss needs at least one layer.")) / output.Count;
    }

    /// <summary>The loss in several networks, each with the same share; 0 for none.</summary>
    /// <param name="output">Each network's activations of the picture under training.</param>
    /// <param name="original">Each one's of the photograph.</param>
    /// <param name="device">Where they are.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Compute(Tensor[][] output, Tensor[][] original, Device device) => MeanLoss.Of(output.Zip(original, Compute), device);
}
