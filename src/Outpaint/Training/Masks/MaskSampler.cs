namespace Outpaint.Training.Masks;

/// <summary>
/// Draws the holes to train on: most often the all-round one of ratio 0.5 (a sixth of the canvas on each side), which
/// is the default of use, otherwise any mix of sides, one deep side, or a corner.
/// </summary>
internal static class MaskSampler
{
    private const double AllRoundShare = 0.5;
    private const double SidesShare = 0.3;
    private const double OneSideShare = 0.1; // the rest are corners

    /// <summary>Draws the margins for one square canvas; at least a third of each dimension stays known.</summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="size">Side of the canvas in pixels.</param>
    public static Margins Sample(Random random, int size)
    {
        double kind = random.NextDouble();
        if (kind < AllRoundShare)
            return AllRound(size);
        if (kind < AllRoundShare + SidesShare)
            return AnySides(random, size);
        if (kind < AllRoundShare + SidesShare + OneSideShare)
            return OneSide(random, Between(random, size, 0.25, 0.5));
        int horizontal = Between(random, size, 0.1, 0.33), vertical = Between(random, size, 0.1, 0.33);
        bool left = random.Next(2) == 0, top = random.Next(2) == 0;
        return new Margins(left ? horizontal : 0, top ? vertical : 0, left ? 0 : horizontal, top ? 0 : vertical);
    }

    /// <summary>The hole of an extension ratio of 0.5: a sixth of the canvas on each side.</summary>
    internal static Margins AllRound(int size)
    {
        int margin = (int)Math.Round(size / 6.0);
        return new Margins(margin, margin, margin, margin);
    }

    private static Margins AnySides(Random random, int size)
    {
        int sides = 1 + random.Next(15); // a bit for each side, at least one set
        int Side(int bit) => (sides & bit) != 0 ? Between(random, size, 0.04, 0.33) : 0;
        return new Margins(Side(1), Side(2), Side(4), Side(8));
    }

    private static Margins OneSide(Random random, int margin) => random.Next(4) switch
    {
        0 => new Margins(margin, 0, 0, 0),
        1 => new Margins(0, margin, 0, 0),
        2 => new Margins(0, 0, margin, 0),
        _ => new Margins(0, 0, 0, margin),
    };

    private static int Between(Random random, int size, double low, double high) =>
        (int)Math.Round(size * (low + ((high - low) * random.NextDouble())));
}
