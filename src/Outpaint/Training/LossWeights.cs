namespace Outpaint.Training;

/// <summary>How much each term of the generator's objective counts; 0 switches a term off.</summary>
/// <param name="Reconstruction">L1 distance to the original.</param>
/// <param name="Perceptual">Distance of frozen features; counts only with a feature network.</param>
/// <param name="Adversarial">The patch discriminator's verdict.</param>
/// <param name="Projected">The verdict of the discriminators on frozen features; counts only with a feature network.</param>
/// <param name="FeatureMatching">Distance of the patch discriminator's activations.</param>
public sealed record LossWeights(
    double Reconstruction = 1, double Perceptual = 1, double Adversarial = 1, double Projected = 1, double FeatureMatching = 2);
