namespace Outpaint.Inference.Detail;

/// <summary>Random numbers that depend on a pixel's place and a seed alone, so that rows can be worked on in any order.</summary>
internal struct PixelRandom(int x, int y, int seed)
{
    private uint state = Mix(Mix(((uint)x * 73856093) ^ ((uint)y * 19349663)) ^ ((uint)seed * 83492791));

    /// <summary>A number in -radius..radius.</summary>
    public int Next(int radius)
    {
        state = Mix(state);
        return (int)(((ulong)state * ((2 * (uint)radius) + 1)) >> 32) - radius;
    }

    // A bijection of 32 bits with little bias (lowbias32, Wellons 2018).
    private static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x7feb352d;
        value = (value ^ (value >> 15)) * 0x846ca68b;
        return value ^ (value >> 16);
    }
}
