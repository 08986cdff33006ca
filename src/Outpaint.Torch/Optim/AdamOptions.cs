namespace Outpaint.Torch.Optim;

/// <summary>Adam's settings, with the names and defaults of Kingma and Ba 2015.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="Beta1">Decay rate of the first moment.</param>
/// <param name="Beta2">Decay rate of the second moment.</param>
/// <param name="Epsilon">Added to the denominator.</param>
public sealed record AdamOptions(double LearningRate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8);
