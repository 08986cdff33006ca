using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Metrics.Fid;
using Outpaint.Metrics.Reports;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed class EvaluatorTests : IDisposable
{
    private readonly OutpaintProtocol protocol = new(0.5, knownSize: 32);
    private readonly EvaluationSet set;

    public EvaluatorTests()
    {
        TorchRuntime.Seed(3);
        set = new EvaluationSet(protocol, ["a", "b", "c"], (Tensor.Rand([3, 3, 48, 48]) * 255).To(DType.UInt8));
    }

    [Fact]
    public void A_method_sees_nothing_of_the_hole()
    {
        EvaluationBatch batch = set.Batch(0, 3);
        Assert.Equal(0, (batch.Image * batch.Mask).Abs().Sum().Item());
        Assert.Equal(["a", "b", "c"], batch.Keys);
    }

    [Fact]
    public void The_originals_are_a_perfect_result_up_to_rounding_to_8_bits()
    {
        MethodResult result = Score(new("perfect", _ => set.Originals(0, 3) + 0.003));
        Assert.Equal(0, result.L1);
        Assert.Equal(double.PositiveInfinity, result.Psnr);
        Assert.Equal(1, result.Ssim, 5);
    }

    [Fact]
    public void Known_pixels_are_put_back_before_scoring()
    {
        MethodResult everywhere = Score(new("white", batch => Tensor.Ones(batch.Image.Shape)));
        MethodResult holeOnly = Score(new("white", batch => batch.Image + batch.Mask));
        Assert.Equal(holeOnly.ColourStep, everywhere.ColourStep);
        Assert.Equal(holeOnly.Seam, everywhere.Seam);
    }

    [Fact]
    public void Batches_do_not_change_the_result()
    {
        using var one = new Evaluator(set, batchSize: 1);
        using var all = new Evaluator(set, batchSize: 3);
        PhotoScore[] singly = [.. one.Evaluate(Baselines.Reflect).PhotoScores], together = [.. all.Evaluate(Baselines.Reflect).PhotoScores];
        OriginalsResult originals = one.EvaluateOriginals(), originalsTogether = all.EvaluateOriginals();

        // The powers in a colour's lightness may differ in their last digit, by how many threads share the pixels.
        Assert.All(singly.Zip(together), pair => Assert.Equal(pair.First.ColourStep, pair.Second.ColourStep, 1e-5));
        Assert.Equal(originals.ColourStep, originalsTogether.ColourStep, 1e-5);
        Assert.Equal(singly.Select(WithoutColourStep), together.Select(WithoutColourStep));
        Assert.Equal(originals with { ColourStep = 0 }, originalsTogether with { ColourStep = 0 });

        static PhotoScore WithoutColourStep(PhotoScore score) => score with { ColourStep = 0 };
    }

    [Fact]
    public void A_batch_of_no_photos_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => new Evaluator(set, batchSize: 0));

    [Fact]
    public void Large_photos_are_scored_fewer_at_a_time()
    {
        using var large = new OutpaintProtocol(0.5, knownSize: 256);
        using var three = new EvaluationSet(large, ["a", "b", "c"], (Tensor.Rand([3, 3, 384, 384]) * 255).To(DType.UInt8));
        using var evaluator = new Evaluator(three);
        List<long> batches = [];

        evaluator.Evaluate(new("counted", batch =>
        {
            batches.Add(batch.Image.Size(0));
            return batch.Image + batch.Mask;
        }));

        Assert.Equal([2, 1], batches);
    }

    [Fact]
    public void What_runs_methods_or_networks_over_the_photos_stops_when_it_is_cancelled()
    {
        using var evaluator = new Evaluator(set);
        var stopped = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => evaluator.Evaluate(Baselines.Reflect, cancellation: stopped));
        Assert.Throws<OperationCanceledException>(() => evaluator.EvaluateOriginals(stopped));
        Assert.Throws<OperationCanceledException>(() => ComparisonGrid.Draw(set, evaluator, [Baselines.Reflect], rows: 2, cancellation: stopped));
        var result = new EvaluationResult(["photos"], set.Count, 32, 48, evaluator.EvaluateOriginals(), [Score(Baselines.Reflect)], []);
        Assert.Throws<OperationCanceledException>(() => new EvaluationPage(result, set, evaluator, [Baselines.Reflect]).Write(2, stopped));
    }

    [Fact]
    public void Metrics_without_a_network_are_left_out()
    {
        MethodResult result = Score(Baselines.EdgeReplicate);
        Assert.Null(result.Lpips);
        Assert.Null(result.Fid768);
    }

    [Fact]
    public void Fid_of_the_originals_is_0_and_across_halves_it_is_the_floor_that_is_reported()
    {
        using InceptionFeatures network = SmallInception.Load();
        using var four = new EvaluationSet(protocol, ["a", "b", "c", "d"], (Tensor.Rand([4, 3, 48, 48]) * 255).To(DType.UInt8));
        using var evaluator = new Evaluator(four, inception: network, batchSize: 4);

        MethodResult perfect = evaluator.Evaluate(new("perfect", _ => four.Originals(0, 4)));
        MethodResult reflected = evaluator.Evaluate(Baselines.Reflect);
        OriginalsResult originals = evaluator.EvaluateOriginals();

        Assert.Equal(0, perfect.Fid768!.Value, 9);
        Assert.Equal(0, perfect.Fid2048!.Value, 9);
        Assert.True(reflected.Fid768 > 1e-3);
        Assert.True(originals.Fid768Halves > 0);
        Assert.Equal(originals.Fid768Halves!.Value, perfect.Fid768Halves!.Value, 1e-9);
        Assert.Equal(originals.Fid2048Halves!.Value, perfect.Fid2048Halves!.Value, 1e-9);
    }

    [Fact]
    public void Broken_output_is_refused_by_the_methods_name()
    {
        Assert.Contains("small", Assert.Throws<InvalidOperationException>(() => Score(new("small", _ => Tensor.Zeros([3, 3, 8, 8])))).Message);
        Assert.Contains("diverged", Assert.Throws<InvalidOperationException>(
            () => Score(new("diverged", batch => batch.Image * double.NaN))).Message);
    }

    public void Dispose()
    {
        set.Dispose();
        protocol.Dispose();
    }

    private MethodResult Score(EvaluationMethod method)
    {
        using var evaluator = new Evaluator(set, batchSize: 3);
        return evaluator.Evaluate(method);
    }
}
