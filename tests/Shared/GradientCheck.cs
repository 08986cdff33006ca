using Outpaint.Torch;

namespace Outpaint.Testing;

/// <summary>
/// Compares what autograd computes with central finite differences, (f(x + h) - f(x - h)) / 2h, element by element in
/// double precision.
/// </summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    // Of the differences: rounding gives about 1e-16 / Step, the third derivative about Step squared.
    private const double Tolerance = 1e-7;

    /// <summary>Standard normal values as a Float64 leaf that requires a gradient.</summary>
    public static Tensor Leaf(params long[] shape)
    {
        Tensor leaf = Tensor.Randn(shape, DType.Float64);
        leaf.RequiresGrad = true;
        return leaf;
    }

    /// <summary>Turns a module's tensors into Float64, which finite differences need. Zeros become random.</summary>
    public static void UseDoublePrecision(IEnumerable<Tensor> tensors)
    {
        foreach (Tensor tensor in tensors)
        {
            // A bias or gain that starts at a constant would hide mistakes in what multiplies it.
            using Tensor noise = Tensor.Randn(tensor.Shape, DType.Float64);
            using Tensor wide = tensor.Detach().To(DType.Float64) + (noise * 0.1);
            tensor.SetData(wide);
        }
    }

    /// <summary>Fails unless the gradients with respect to every element of every leaf agree.</summary>
    /// <param name="function">A function of the leaves to a tensor of any shape; the same at every call.</param>
    /// <param name="leaves">Float64 tensors that require a gradient.</param>
    public static void Verify(Func<Tensor> function, params Tensor[] leaves)
    {
        using TensorScope scope = new();
        Tensor output = function();
        Assert.Equal(DType.Float64, output.DType);
        // One scalar that depends on every output element with a weight of its own.
        Tensor weights = Tensor.Randn(output.Shape, DType.Float64);
        Tensor?[] gradients = Autograd.Grad((output * weights).Sum(), leaves);

        using GradMode noGrad = GradMode.Disabled();
        for (int leaf = 0; leaf < leaves.Length; leaf++)
        {
            Tensor gradient = gradients[leaf] ?? throw new ArgumentException($"The function does not depend on leaf {leaf}.");
            Assert.Equal(leaves[leaf].Shape, gradient.Shape);
            double[] actual = gradient.ToArray<double>();
            double[] expected = Differences(() => (function() * weights).Sum().Item(), leaves[leaf]);
            for (int i = 0; i < actual.Length; i++)
                Assert.True(
                    Math.Abs(actual[i] - expected[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])),
                    $"leaf {leaf}, element {i}: autograd gives {actual[i]:G10}, finite differences {expected[i]:G10}");
        }
    }

    private static double[] Differences(Func<double> function, Tensor leaf)
    {
        double[] values = leaf.ToArray<double>();
        var differences = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            using TensorScope scope = new();
            double value = values[i];
            double above = At(value + Step), below = At(value - Step);
            differences[i] = (above - below) / (2 * Step);
            values[i] = value;
            Assign(leaf, values);

            double At(double moved)
            {
                values[i] = moved;
                Assign(leaf, values);
                return function();
            }
        }

        return differences;
    }

    private static void Assign(Tensor leaf, double[] values) => leaf.Copy_(Tensor.From(values, leaf.Shape));
}
