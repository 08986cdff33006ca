using Outpaint.Torch;
using Outpaint.Training.Masks;

namespace Outpaint.Tests.Models;

/// <summary>Canvases with holes, and ways to look into tensors.</summary>
internal static class Canvases
{
    public static Tensor Image(int count, int height, int width)
    {
        TorchRuntime.Seed(5);
        return Tensor.Rand([count, 3, height, width]) * 2 - 1;
    }

    /// <summary>One mask per entry, 1 in the hole.</summary>
    public static Tensor Mask(int height, int width, params Margins[] margins)
    {
        var values = new float[margins.Length * height * width];
        for (int i = 0; i < values.Length; i++)
        {
            (int x, int y) = (i % width, i / width % height);
            values[i] = IsHole(margins[i / (height * width)], x, y, width, height) ? 1 : 0;
        }

        return Tensor.From(values, margins.Length, 1, height, width);
    }

    public static bool IsHole(Margins hole, int x, int y, int width, int height) =>
        x < hole.Left || x >= width - hole.Right || y < hole.Top || y >= height - hole.Bottom;

    public static float[] Values(Tensor tensor) => tensor.To(DType.Float32).ToArray<float>();

    /// <summary>Gives every parameter, also those that start at zero, random values of a trained network's size.</summary>
    public static T WithRandomWeights<T>(T network) where T : Torch.Modules.Module
    {
        TorchRuntime.Seed(7);
        using GradMode noGrad = GradMode.Disabled();
        foreach (Tensor parameter in network.Parameters())
        {
            double fanIn = Math.Max(1, parameter.NumberOfElements / parameter.Size(0));
            parameter.Copy_(Tensor.Randn(parameter.Shape) / Math.Sqrt(fanIn));
        }

        return network;
    }
}
