using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>A model as users meet it: through <see cref="Outpainter"/>, 8-bit picture in, joined picture out.</summary>
public static class OutpainterMethod
{
    /// <summary>Makes the method.</summary>
    /// <param name="name">Its name in the results.</param>
    /// <param name="inpainter">The model; the caller disposes it.</param>
    /// <param name="seed">Which of its fills.</param>
    /// <param name="protocol">Where the known part lies; the caller disposes it.</param>
    public static EvaluationMethod Create(string name, IInpainter inpainter, OutpaintProtocol protocol, int seed = 0)
    {
        var outpainter = new Outpainter(inpainter);
        return new EvaluationMethod(name, batch => Extend(batch, image => outpainter.Extend(image, protocol.Canvas, seed), protocol));
    }

    private static Tensor Extend(EvaluationBatch batch, Func<RgbImage, RgbImage> extend, OutpaintProtocol protocol)
    {
        using var scope = new TensorScope();
        Tensor bytes = PixelRange.ToBytes(protocol.Known(batch.Image));
        Tensor[] extended = [.. Enumerable.Range(0, batch.Keys.Count)
            .Select(i => PixelRange.FromImage(extend(PixelRange.ToImage(bytes[i]))))];
        return scope.Keep(Tensor.Stack(extended));
    }
}
