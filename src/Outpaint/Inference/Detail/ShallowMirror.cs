using Outpaint.Models;
using Outpaint.Models.Prefill;
using Outpaint.Torch;

namespace Outpaint.Inference.Detail;

/// <summary>
/// Carries values of a picture into the hole around it in the way in which the generator's own beginning is made from its colours
/// (<see cref="ShallowReflection"/>): a mirror image in which nothing comes back that stands out from the border.
/// </summary>
internal static class ShallowMirror
{
    /// <summary>A canvas of values of as many channels: unchanged in the picture, mirrored in the hole.</summary>
    /// <param name="canvas">Red, green, blue, 0 to 255; what it shows in the hole does not matter.</param>
    /// <param name="values">What to carry, of the same size; what it is in the hole does not matter.</param>
    /// <param name="known">Where the picture is.</param>
    public static FloatImage Carry(FloatImage canvas, FloatImage values, KnownArea known)
    {
        using var inference = new InferenceMode();
        using var scope = new TensorScope();
        var hole = new FloatImage(canvas.Width, canvas.Height, 1);
        foreach ((int x, int y) in known.Around(hole))
            hole.Row(y)[x] = 1;
        Tensor all = Tensor.Cat([PixelRange.FromBytes(ToTensor(canvas)), ToTensor(values)], 1);
        Tensor mirrored = ShallowReflection.Fill(all, ToTensor(hole));
        var carried = new FloatImage(values.Width, values.Height, values.Channels);
        Tensor others = mirrored.Narrow(1, canvas.Channels, values.Channels).Permute(0, 2, 3, 1);
        others.Contiguous().ToArray<float>().CopyTo(carried.Values.AsSpan());
        return carried;
    }

    private static Tensor ToTensor(FloatImage image) =>
        Tensor.From(image.Values, 1, image.Height, image.Width, image.Channels).Permute(0, 3, 1, 2);
}
