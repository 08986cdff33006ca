namespace Outpaint.Inference.Detail;

/// <summary>
/// PatchMatch (Barnes et al. 2009): offsets start at random, spread to neighbours that they suit, and are tried with
/// random changes. As in shift-map editing (Pritch et al. 2009), a pixel pays for neighbours of another offset. Each
/// round reads the last one's field only, so that the result depends on neither the order nor the number of threads.
/// </summary>
internal sealed class OffsetSearch(PatchDescriptors descriptors, KnownArea known, int seed)
{
    // Distance to the neighbours asked, one round each: far ones first (jump flooding, Rong and Tan 2006).
    private static readonly int[] Strides = [8, 4, 2, 1, 1, 2, 1, 2];

    // Patches keep off the picture's edge by the reach of their descriptors.
    private const int Margin = 3;
    private const int StartRadius = 32;
    private const int RefinementRadius = 8;

    // What a neighbour of another offset costs, in squared levels of descriptors; twice that if the offsets are so near
    // each other that the same piece of the photo would be seen twice.
    private const float Disagreement = 1500;
    private const float Repetition = 2 * Disagreement;
    private const int RepetitionReach = 16;

    // Pixels this near the border also want the picture beside the border to look like the picture beside the place
    // they copy, so that what crosses the border goes on.
    private const int BorderReach = 6;
    private const int BorderInset = 2;
    private const float BorderWeight = 3;

    private readonly KnownArea sources = known.Inset(Margin);
    private readonly KnownArea border = known.Inset(BorderInset);

    /// <summary>Searches the whole picture.</summary>
    public OffsetField FromScratch()
    {
        OffsetField start = ForHole((x, y) =>
        {
            var random = new PixelRandom(x, y, seed);
            return (x + random.Next(StartRadius), y + random.Next(StartRadius));
        });
        return Improve(start, Math.Max(known.Width, known.Height));
    }

    /// <summary>Searches near what was found at half the size.</summary>
    public OffsetField Refine(OffsetField coarse)
    {
        OffsetField start = ForHole((x, y) =>
        {
            Offset offset = coarse[Math.Min(x / 2, coarse.Width - 1), Math.Min(y / 2, coarse.Height - 1)];
            return (x + (2 * offset.X), y + (2 * offset.Y));
        });
        return Improve(start, RefinementRadius);
    }

    private OffsetField Improve(OffsetField field, int radius)
    {
        for (int round = 0; round < Strides.Length; round++)
        {
            OffsetField last = field;
            int stride = Strides[round], roundSeed = seed + (1000 * (round + 1));
            field = ForHole((x, y) =>
            {
                Offset best = Best(last, x, y, stride, radius, new PixelRandom(x, y, roundSeed));
                return (x + best.X, y + best.Y);
            });
        }
        return field;
    }

    private Offset Best(OffsetField field, int x, int y, int stride, int radius, PixelRandom random)
    {
        Offset best = field[x, y];
        float least = Cost(field, x, y, best);
        foreach ((int dx, int dy) in (ReadOnlySpan<(int, int)>)[(-stride, 0), (stride, 0), (0, -stride), (0, stride)])
        {
            if (IsHole(x + dx, y + dy))
                Try(field[x + dx, y + dy]);
        }
        for (int reach = radius; reach >= 1; reach /= 3)
            Try(Towards(x, y, x + best.X + random.Next(reach), y + best.Y + random.Next(reach)));
        return best;

        void Try(Offset offset)
        {
            if (offset == best || !sources.Contains(x + offset.X, y + offset.Y))
                return;
            float cost = Cost(field, x, y, offset);
            if (cost < least)
                (best, least) = (offset, cost);
        }
    }

    private float Cost(OffsetField field, int x, int y, Offset offset)
    {
        float cost = descriptors.Distance((x, y), (x + offset.X, y + offset.Y));
        cost += CostBeside(x - 1, y) + CostBeside(x + 1, y) + CostBeside(x, y - 1) + CostBeside(x, y + 1);
        (int X, int Y) beside = known.Nearest(x, y);
        float distance = MathF.Sqrt(((x - beside.X) * (x - beside.X)) + ((y - beside.Y) * (y - beside.Y)));
        if (distance <= BorderReach)
        {
            beside = border.Nearest(x, y);
            float weight = BorderWeight * (1 - ((distance - 1) / BorderReach));
            cost += weight * descriptors.Distance(beside, sources.Nearest(beside.X + offset.X, beside.Y + offset.Y));
        }
        return cost;

        float CostBeside(int column, int row)
        {
            if (!IsHole(column, row) || field[column, row] == offset)
                return 0;
            Offset other = field[column, row];
            int apart = Math.Max(Math.Abs(other.X - offset.X), Math.Abs(other.Y - offset.Y));
            return apart < RepetitionReach ? Repetition : Disagreement;
        }
    }

    private bool IsHole(int x, int y) =>
        (uint)x < (uint)descriptors.Width && (uint)y < (uint)descriptors.Height && !known.Contains(x, y);

    private OffsetField ForHole(Func<int, int, (int X, int Y)> target)
    {
        var field = new OffsetField(descriptors.Width, descriptors.Height);
        Parallel.For(0, field.Height, y =>
        {
            for (int x = 0; x < field.Width; x++)
            {
                if (known.Contains(x, y))
                    continue;
                (int toX, int toY) = target(x, y);
                field[x, y] = Towards(x, y, toX, toY);
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
