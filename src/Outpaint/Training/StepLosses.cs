using Outpaint.Torch;

namespace Outpaint.Training;

/// <summary>A step's losses, still on the device; reading them waits for it.</summary>
internal sealed class StepLosses(Tensor values) : IDisposable
{
    private static readonly string[] Names =
    [
        "loss/generator", "loss/reconstruction", "loss/perceptual", "loss/adversarial", "loss/projected",
        "loss/feature_matching", "loss/patch_discriminator", "loss/projected_discriminator", "loss/r1",
        "loss/mirror", "loss/colour",
    ];

    /// <summary>The losses by name.</summary>
    internal IReadOnlyDictionary<string, double> Read()
    {
        float[] numbers = values.ToArray<float>();
        return Enumerable.Range(0, Names.Length).ToDictionary(i => Names[i], i => (double)numbers[i]);
    }

    public void Dispose() => values.Dispose();
}
