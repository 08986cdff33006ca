namespace Outpaint.Inference.Detail;

/// <summary>
/// PatchMatch (Barnes et al. 2009): offsets start at random, spread to neighbours that they suit, and are tried with
/// random changes. As in shift-map editing (Pritch et al. 2009), a pixel pays for neighbours of another offset. Each
/// round reads the last one's field only, so that the result depends on neither the order nor the number of threads.
/// </summary>
internal sealed class OffsetSearch(PatchDescriptors descriptors, KnownArea known, ExpectedPlaces expected, OccurrencePrices prices, int seed)
{
    // Distance to the neighbours asked, one round each: far ones first (jump flooding, Rong and Tan 2006), then what the prices
    // take to settle.
    private static readonly int[] Strides = [8, 4, 2, 1, 2, 1, 2, 1];

    // Patches keep off the picture's edge by the reach of their descriptors.
    private const int Margin = 3;
    private const int StartRadius = 32;
    private const int RefinementRadius = 8;

    // Pixels this near the border also want the picture beside the border to look like the picture beside the place
    // they copy, so that what crosses the border goes on.
    private const int BorderReach = 6;
    private const int BorderInset = 2;
    private const float WeightBesideBorder = 3;

    private readonly KnownArea sources = known.Inset(Margin);
    private readonly KnownArea border = known.Inset(BorderInset);

    // How unlike its place each pixel is with the offset that it has now. Most pixels keep theirs from round to round.
    private readonly float[] unlikeness = new float[descriptors.Width * descriptors.Height];

    /// <summary>Searches the whole picture.</summary>
    public OffsetField FromScratch()
    {
        OffsetField start = Start((x, y) =>
        {
            var random = new PixelRandom(x, y, seed);
            return Towards(x, y, x + random.Next(StartRadius), y + random.Next(StartRadius));
        });
        return Improve(start, Math.Max(known.Width, known.Height));
    }

    /// <summary>Searches near what was found at half the size.</summary>
    public OffsetField Refine(OffsetField coarse)
    {
        OffsetField start = Start((x, y) =>
        {
            (float offsetX, float offsetY) = coarse.Exact(coarse[Math.Min(x / 2, coarse.Width - 1), Math.Min(y / 2, coarse.Height - 1)]);
            return Towards(x, y, x + (int)MathF.Round(2 * offsetX), y + (int)MathF.Round(2 * offsetY));
        });
        return Improve(start, RefinementRadius);
    }

    private OffsetField Start(Func<int, int, Offset> choose) => ForHole((x, y) =>
    {
        Offset offset = choose(x, y);
        unlikeness[(y * descriptors.Width) + x] = Unlikeness(x, y, offset);
        return offset;
    });

    private OffsetField Improve(OffsetField field, int radius)
    {
        for (int round = 0; round < Strides.Length; round++)
        {
            OffsetField last = field;
            prices.Raise(last);
            int stride = Strides[round], roundSeed = seed + (1000 * (round + 1));
            field = ForHole((x, y) => Best(last, x, y, stride, radius, new PixelRandom(x, y, roundSeed)));
        }
        return field;
    }

    private Offset Best(OffsetField field, int x, int y, int stride, int radius, PixelRandom random)
    {
        var beside = new NeighbourOffsets(field, known, x, y, 1);
        NeighbourOffsets distant = stride == 1 ? beside : new NeighbourOffsets(field, known, x, y, stride);
        Offset best = field[x, y];
        float unlike = unlikeness[(y * field.Width) + x];
        float surcharge = Surcharge(best);
        for (int neighbour = 0; neighbour < NeighbourOffsets.Count; neighbour++)
            Try(distant[neighbour]);
        for (int reach = radius; reach >= 1; reach /= 3)
            Try(Towards(x, y, x + best.X + random.Next(reach), y + best.Y + random.Next(reach)));
        unlikeness[(y * field.Width) + x] = unlike;
        return best;

        void Try(Offset offset)
        {
            if (offset == best || !sources.Contains(x + offset.X, y + offset.Y))
                return;
            // Most candidates are out by what costs next to nothing to know.
            float other = Surcharge(offset);
            float affordable = unlike + surcharge - other;
            if (affordable > 0 && Unlikeness(x, y, offset) is var less && less < affordable)
                (best, surcharge, unlike) = (offset, other, less);
        }

        // What changes from round to round.
        float Surcharge(Offset offset) => beside.Disagreement(offset) + prices.At(x + offset.X, y + offset.Y);
    }

    private float Unlikeness(int x, int y, Offset offset)
    {
        float distance = descriptors.Distance((x, y), (x + offset.X, y + offset.Y)) + expected.Cost(x, y, offset);
        float weight = BorderWeight(x, y);
        if (weight == 0)
            return distance;
        (int X, int Y) inside = border.Nearest(x, y);
        return distance + (weight * descriptors.Distance(inside, sources.Nearest(inside.X + offset.X, inside.Y + offset.Y)));
    }

    // What the picture beside the border counts for a pixel of the hole.
    private float BorderWeight(int x, int y)
    {
        float distance = known.Distance(x, y);
        return distance <= BorderReach ? WeightBesideBorder * (1 - ((distance - 1) / BorderReach)) : 0;
    }

    private OffsetField ForHole(Func<int, int, Offset> choose)
    {
        var field = new OffsetField(descriptors.Width, descriptors.Height);
        Parallel.For(0, field.Height, y =>
        {
            for (int x = 0; x < field.Width; x++)
            {
                if (!known.Contains(x, y))
                    field[x, y] = choose(x, y);
            }
        });
        return field;
    }

    private Offset Towards(int x, int y, int toX, int toY)
    {
        (toX, toY) = sources.Nearest(toX, toY);
        return new Offset((short)(toX - x), (short)(toY - y));
    }
}
