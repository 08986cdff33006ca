namespace Outpaint.Inference.Detail;

/// <summary>
/// What it costs to copy from each place of the picture, in squared levels of descriptors: more where much has been copied from
/// already, or a leaf would come back a dozen times in one meadow. Uneven occurrence is held against a match as in Kaspar et al.
/// 2015; the prices rise from round to round while too many bid, as in an auction (Bertsekas 1988), since all pixels choose at once:
/// they would leave a place that is dear today together, and together come back to it.
/// </summary>
internal sealed class OccurrencePrices
{
    // How often a place may be copied from for nothing: as often as a mirror image on all sides shows the picture's corners.
    private const float FreeUses = 3;
    private const float RiseForEachUse = 300;

    // As unlike as a place that is e times as textured: what is alike rather comes back than that something else does.
    private const float Highest = 10_000;

    // The level from which on texture is seen for certain.
    private const float Textured = 2.5f;

    // What an earlier step has filled is a copy itself, weaker than what it was copied from.
    private const float OfCopy = 3000;

    // Pixels around a place that show the same piece if they are copied, too.
    private const int Surroundings = 1;

    private readonly KnownArea known;
    private readonly FloatImage texture;
    private readonly FloatImage prices;

    /// <summary>Prices before anything is copied.</summary>
    /// <param name="known">Where the picture is.</param>
    /// <param name="original">The part of it that no earlier step has filled.</param>
    /// <param name="texture">The <see cref="TextureLevel.Canvas"/>: nobody sees that a plain sky is copied from one place.</param>
    public OccurrencePrices(KnownArea known, KnownArea original, FloatImage texture)
    {
        (this.known, this.texture) = (known, texture);
        prices = new FloatImage(known.Width, known.Height, 1);
        for (int y = 0; y < known.Height; y++)
        {
            for (int x = 0; x < known.Width; x++)
                prices.Row(y)[x] = original.Contains(known.Left + x, known.Top + y) ? 0 : OfCopy;
        }
    }

    /// <summary>The price of a pixel of the picture, at its place on the canvas.</summary>
    public float At(int x, int y) => prices.Values[Index(x, y)];

    /// <summary>Raises the prices of the places that a field copies from too often.</summary>
    public void Raise(OffsetField field)
    {
        FloatImage uses = Count(field).BoxBlur(Surroundings);
        for (int row = 0; row < known.Height; row++)
        {
            ReadOnlySpan<float> had = texture.Row(known.Top + row)[(known.Left * TextureLevel.Channels)..], used = uses.Row(row);
            Span<float> price = prices.Row(row);
            for (int column = 0; column < price.Length; column++)
            {
                float seen = Math.Min(1, had[(column * TextureLevel.Channels) + 1] / Textured);
                price[column] = Math.Min(Highest, price[column] + (RiseForEachUse * seen * Math.Max(0, used[column] - FreeUses)));
            }
        }
    }

    private FloatImage Count(OffsetField field)
    {
        var uses = new FloatImage(known.Width, known.Height, 1);
        for (int y = 0; y < field.Height; y++)
        {
            for (int x = 0; x < field.Width; x++)
            {
                if (!known.Contains(x, y))
                    uses.Values[Index(x + field[x, y].X, y + field[x, y].Y)]++;
            }
        }
        return uses;
    }

    private int Index(int x, int y) => ((y - known.Top) * known.Width) + x - known.Left;
}
