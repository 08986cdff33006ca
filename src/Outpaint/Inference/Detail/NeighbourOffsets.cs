using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Outpaint.Inference.Detail;

/// <summary>The offsets of a pixel's four neighbours, and what it costs to have another: the innermost loop of the search, hence the vectors.</summary>
internal readonly struct NeighbourOffsets
{
    /// <summary>Left, right, above and below.</summary>
    public const int Count = 4;

    // What a neighbour of another offset costs, in squared levels of descriptors; twice that if the offsets are so near
    // each other that the same piece of the photo would be seen twice.
    private const int Change = 2500;
    private const int Repetition = 2 * Change;
    private const short RepetitionReach = 16;

    // Stands in for a neighbour outside the hole: far from all others, so that every offset pays the same for it.
    private const short FarAway = short.MaxValue / 2;
    private static readonly Offset None = new(FarAway, FarAway);

    // An offset fills 32 bits, its coordinates 16 each.
    private readonly Vector128<int> offsets;

    /// <summary>Collects the offsets around a pixel.</summary>
    /// <param name="field">The offsets of the hole.</param>
    /// <param name="known">What is not the hole.</param>
    /// <param name="x">The pixel's column.</param>
    /// <param name="y">The pixel's row.</param>
    /// <param name="distance">How far from the pixel its neighbours are.</param>
    public NeighbourOffsets(OffsetField field, KnownArea known, int x, int y, int distance)
    {
        offsets = Vector128.Create(At(x - distance, y), At(x + distance, y), At(x, y - distance), At(x, y + distance));

        int At(int column, int row) => Pack(
            (uint)column < (uint)field.Width && (uint)row < (uint)field.Height && !known.Contains(column, row) ? field[column, row] : None);
    }

    /// <summary>The offset of one neighbour; outside the hole, one that leads out of every picture.</summary>
    public Offset this[int neighbour] => Unsafe.BitCast<int, Offset>(offsets[neighbour]);

    /// <summary>What it costs the pixel to have this offset beside these; only differences between offsets have a meaning.</summary>
    public int Disagreement(Offset offset)
    {
        Vector128<short> apart = Vector128.Abs(offsets.AsInt16() - Vector128.Create(Pack(offset)).AsInt16());
        int same = Matches(Vector128.Equals(apart.AsInt32(), Vector128<int>.Zero));
        int near = Matches(Vector128.Equals(Vector128.LessThan(apart, Vector128.Create(RepetitionReach)).AsInt32(), Vector128<int>.AllBitsSet));
        return (Change * (Count - near)) + (Repetition * (near - same));
    }

    private static int Pack(Offset offset) => Unsafe.BitCast<Offset, int>(offset);

    private static int Matches(Vector128<int> mask) => BitOperations.PopCount(mask.ExtractMostSignificantBits());
}
