namespace Outpaint.Inference;

/// <summary>How one dimension of a canvas grows from the picture to its whole length, in equal factors.</summary>
internal sealed class AxisSteps
{
    // Larger jumps ask for more than the model has seen in training, and look worse than several small ones.
    private const double MaxFactor = 1.5;

    private readonly int source;
    private readonly int before;
    private readonly int length;

    /// <summary>Plans the steps.</summary>
    /// <param name="source">Length of the picture.</param>
    /// <param name="before">Pixels added in front of it.</param>
    /// <param name="length">Length of the canvas.</param>
    public AxisSteps(int source, int before, int length)
    {
        (this.source, this.before, this.length) = (source, before, length);
        // A side that was only rounded up (17 to 26) takes no further step.
        Count = length == source ? 0 : Math.Max(1, (int)Math.Ceiling((Math.Log((length - 1) / (double)source) / Math.Log(MaxFactor)) - 1e-9));
    }

    /// <summary>How many steps it takes; 0 if nothing is added.</summary>
    public int Count { get; }

    /// <summary>Length before and after a step, and how many of the added pixels lie in front; beyond the last nothing is added.</summary>
    public (int Source, int Length, int Before) this[int step]
    {
        get
        {
            (int inner, int innerBefore) = After(step);
            (int outer, int outerBefore) = After(step + 1);
            return (inner, outer, outerBefore - innerBefore);
        }
    }

    // Both ends grow in proportion, so that they arrive together.
    private (int Length, int Before) After(int steps)
    {
        if (steps >= Count)
            return (length, before);
        int grown = (int)Math.Round(source * Math.Pow(length / (double)source, steps / (double)Count), MidpointRounding.AwayFromZero);
        grown = Math.Max(grown, source + steps); // no step is empty, as one of 1 to 1.495 would be
        return (grown, (int)Math.Round((grown - source) * (double)before / (length - source), MidpointRounding.AwayFromZero));
    }
}
