using System.Text;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

/// <summary>Numbers that reference.py makes as well, so that networks can be compared without weights files.</summary>
internal static class MadeUp
{
    /// <summary>Uniform in [-.5, .5), from a hash of the name and the position.</summary>
    public static Tensor Values(string name, params long[] shape)
    {
        uint seed = Encoding.UTF8.GetBytes(name).Aggregate(2166136261, (hash, next) => (hash ^ next) * 16777619);
        var values = new float[shape.Aggregate((product, side) => product * side)];
        for (int i = 0; i < values.Length; i++)
        {
            uint z = (uint)i + seed;
            z = (z ^ (z >> 16)) * 0x7FEB352D;
            z = (z ^ (z >> 15)) * 0x846CA68B;
            z ^= z >> 16;
            values[i] = (float)((z / 4294967296.0) - 0.5);
        }

        return Tensor.From(values, shape);
    }

    /// <summary>A convolution's weights, scaled to its fan-in.</summary>
    public static Tensor Kernel(string name, params long[] shape) =>
        Values(name, shape) * (float)Math.Sqrt(24.0 / (shape[1] * shape[2] * shape[3]));
}
