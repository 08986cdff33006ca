using Outpaint.Inference;

namespace Outpaint.Tests.Inference;

/// <summary>Grey pictures of known values, in three equal channels.</summary>
internal static class GreyCanvas
{
    public static FloatImage Make(int width, int height, Func<int, int, float> grey)
    {
        var canvas = new FloatImage(width, height, 3);
        for (int i = 0; i < canvas.Values.Length; i++)
            canvas.Values[i] = grey(i / 3 % width, i / 3 / width);
        return canvas;
    }

    public static double At(FloatImage image, int x, int y) => image.Row(y)[x * 3];
}
