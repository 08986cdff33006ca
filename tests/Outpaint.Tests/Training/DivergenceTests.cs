using Outpaint.Data;
using Outpaint.Torch;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training;

public sealed class DivergenceTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ImageDataset photos;
    private readonly RunFolder folder;
    private readonly List<string> notices = [];

    public DivergenceTests()
    {
        photos = SmallRuns.Photos(temporary);
        folder = new RunFolder(temporary.File("run"));
    }

    [Fact]
    public void A_run_that_diverges_once_goes_on_from_its_checkpoint_at_half_the_rate_and_says_so()
    {
        TrainingResult result = Train(SmallRuns.Tiny with { CheckpointMinutes = 0 }, damagedSteps: [4]);

        Assert.Equal(new TrainingResult(6, 12, Completed: true), result);
        Assert.Equal(["Training diverged at step 4: weights are no longer finite. Going on from step 3 at 0.5 of the learning rate."], notices);
        Dictionary<string, double>[] lines = SmallRuns.Metrics(folder);
        Assert.Equal([1, 2, 3, 4, 5, 6], lines.Select(line => line["step"]));
        Assert.Equal([2e-4, 2e-4, 2e-4, 1e-4, 1e-4, 1e-4], lines.Select(line => line["learning_rate"]));
    }

    [Theory]
    [InlineData(2e-4, 1e-4)] // the rate of the options stays, and so does its half
    [InlineData(5e-5, 5e-5)] // a new rate counts as it is
    public void A_run_that_was_resumed_keeps_the_lowered_rate_unless_it_is_given_another(double given, double expected)
    {
        Train(SmallRuns.Tiny with { MaxSteps = 4, CheckpointMinutes = 0 }, damagedSteps: [3]);

        SmallRuns.Train(SmallRuns.Tiny with { LearningRate = given }, photos, folder, resume: true);

        Assert.Equal([expected, expected], SmallRuns.Metrics(folder)[^2..].Select(line => line["learning_rate"]));
    }

    [Fact]
    public void A_run_that_diverges_before_its_first_checkpoint_starts_again()
    {
        Train(SmallRuns.Tiny with { MaxSteps = 2, CheckpointMinutes = 1e6 }, damagedSteps: [1]);

        Assert.Equal(["Training diverged at step 2: losses are no longer finite. Going on from step 0 at 0.5 of the learning rate."], notices);
    }

    [Fact]
    public void An_absurd_learning_rate_is_given_up_after_three_attempts_with_advice()
    {
        var error = Assert.Throws<TrainingException>(() => Train(SmallRuns.Tiny with { LearningRate = 1, WarmUpSteps = 0, MaxSteps = 100 }));

        Assert.Equal(3, notices.Count);
        Assert.EndsWith("did not help 3 times. The last good checkpoint is kept; resume from it with a lower --lr than 0.125.", error.Message);
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 3 }, photos, folder, resume: true); // which then works
        Assert.Equal([1, 2, 3], SmallRuns.Metrics(folder).Select(line => line["step"]));
    }

    [Theory]
    [InlineData(1, 1e6, 1e20)] // seen in the losses
    [InlineData(1000, 0, 1e20)] // seen when the checkpoint is due
    [InlineData(1000, 0, 1)] // far outside the range, but finite
    public void A_checkpoint_that_no_rate_can_train_on_is_kept_as_it_is(int logEvery, double checkpointMinutes, double weight)
    {
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        SetWeights(weight);
        Dictionary<string, string> weights = SmallRuns.Weights(folder);

        Assert.Throws<TrainingException>(() => SmallRuns.Train(
            SmallRuns.Tiny with { LogEvery = logEvery, CheckpointMinutes = checkpointMinutes }, photos, folder, resume: true));

        Assert.Equal(weights, SmallRuns.Weights(folder));
    }

    [Theory]
    [InlineData(0)] // at each step
    [InlineData(1e6)] // at the end
    public void Weights_that_a_step_has_ruined_are_not_saved(double checkpointMinutes)
    {
        SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 1 }, photos, folder);
        Dictionary<string, string> weights = SmallRuns.Weights(folder);

        // The losses of the one step that is taken are those of the good weights.
        Assert.Throws<TrainingException>(() => SmallRuns.Train(
            SmallRuns.Tiny with { MaxSteps = 2, LearningRate = 1, WarmUpSteps = 0, CheckpointMinutes = checkpointMinutes }, photos, folder, resume: true));

        Assert.Equal(weights, SmallRuns.Weights(folder));
        Assert.True(SmallRuns.Train(SmallRuns.Tiny with { MaxSteps = 3 }, photos, folder, resume: true).Completed);
    }

    public void Dispose()
    {
        photos.Dispose();
        temporary.Dispose();
    }

    // Damages the generator after some steps, once each.
    private TrainingResult Train(TrainingOptions options, params long[] damagedSteps)
    {
        using var trainer = new Trainer(options, photos, folder);
        trainer.WentBack += notices.Add;
        var left = damagedSteps.ToHashSet();
        return trainer.Run(new SmallRuns.Watcher(step =>
        {
            if (left.Remove(step))
                Array.ForEach(trainer.Networks.Generator.Parameters(), weight => weight.SetData(Tensor.Full(weight.Shape, double.NaN)));
        }));
    }

    // At 1e20 the next step overflows.
    private void SetWeights(double value) => SmallRuns.ChangeCheckpoint(folder, state =>
    {
        foreach (Tensor weight in state.Where(entry => entry.Key.StartsWith("generator/", StringComparison.Ordinal)).Select(entry => entry.Value))
            weight.Fill_(value);
    });
}
