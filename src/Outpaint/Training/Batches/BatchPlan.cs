using Outpaint.Models.Prefill;
using Outpaint.Training.Masks;

namespace Outpaint.Training.Batches;

/// <summary>All that is drawn for a step. The arrays have an entry per canvas.</summary>
/// <param name="Crops">What is cut out, each resized to the canvas.</param>
/// <param name="Flipped">Whether it is mirrored left to right.</param>
/// <param name="Margins">The hole.</param>
internal sealed record BatchPlan(Crop[] Crops, bool[] Flipped, Margins[] Margins)
{
    /// <summary>What <see cref="PrefillWarp"/> drew for each canvas; null for nothing.</summary>
    public double[][]? Warps { get; init; }

    /// <summary>Each canvas's exponent (<see cref="GammaJitter"/>); null for 1.</summary>
    public double[]? Gammas { get; init; }

    /// <summary>What is changed in the discriminators' view; null for nothing.</summary>
    public Augmentation[]? Augmentations { get; init; }
}
