using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class OutpainterMethodTests
{
    [Fact]
    public void A_model_runs_on_the_known_square_alone_and_its_fill_is_returned()
    {
        using var protocol = new OutpaintProtocol();
        using var set = new EvaluationSet(protocol, ["grey"], Tensor.Full([1, 3, 192, 192], 90, DType.UInt8));
        using var model = new FillWith(90);
        using var evaluator = new Evaluator(set);

        MethodResult result = evaluator.Evaluate(OutpainterMethod.Create("model", model, protocol));

        Assert.InRange(result.L1, 0, 1.0 / 255);
    }

    private sealed class FillWith(byte value) : IInpainter
    {
        public int Stride => 8;

        public int PreferredSide => 192;

        public RgbImage Inpaint(RgbImage canvas, ReadOnlySpan<bool> hole, int seed = 0, CancellationToken cancellation = default)
        {
            var filled = new RgbImage(canvas.Width, canvas.Height, [.. canvas.Pixels]);
            for (int i = 0; i < hole.Length; i++)
                if (hole[i])
                    filled.Pixels.AsSpan(i * 3, 3).Fill(value);
            return filled;
        }

        public void Dispose()
        {
        }
    }
}
