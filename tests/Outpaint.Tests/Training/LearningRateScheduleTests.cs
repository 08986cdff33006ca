using Outpaint.Data;
using Outpaint.Training;
using Outpaint.Training.Runs;

namespace Outpaint.Tests.Training;

public sealed class LearningRateScheduleTests
{
    private static readonly TrainingOptions Options = SmallRuns.Tiny with { LearningRate = 0.1 };
    private static readonly TrainingOptions Cosine = Options with { LrSchedule = DecayChoice.Cosine };

    [Fact]
    public void The_default_is_constant()
    {
        var schedule = new LearningRateSchedule(Options, totalSteps: 10);

        Assert.All(new long[] { 0, 5, 9, 1000 }, step => Assert.Equal(0.1, schedule.At(step)));
    }

    [Fact]
    public void A_warm_up_rises_in_equal_steps_and_never_starts_at_zero()
    {
        var schedule = new LearningRateSchedule(Options with { LrWarmUpSteps = 4 }, totalSteps: 10);

        Assert.Equal([0.025, 0.05, 0.075, 0.1, 0.1], Rates(schedule, 0, 1, 2, 3, 4));
    }

    [Fact]
    public void A_cosine_falls_to_zero_at_the_runs_end()
    {
        var schedule = new LearningRateSchedule(Cosine, totalSteps: 100);

        Assert.Equal([0.1, 0.085355, 0.05, 0.014645, 0, 0], Rates(schedule, 0, 25, 50, 75, 100, 200));
    }

    [Fact]
    public void A_cosine_begins_and_ends_where_it_is_told_to()
    {
        var schedule = new LearningRateSchedule(Cosine with { LrWarmUpSteps = 2, LrDecayStart = 10, LrDecayEnd = 20 }, totalSteps: 100);

        Assert.Equal([0.05, 0.1, 0.1, 0.05, 0, 0], Rates(schedule, 0, 1, 10, 15, 20, 50));
    }

    [Fact]
    public void A_resumed_run_goes_on_along_its_schedule_and_the_metrics_show_the_rate_of_each_step()
    {
        using var temporary = new TemporaryFolder();
        using ImageDataset photos = SmallRuns.Photos(temporary);
        RunFolder whole = new(temporary.File("whole")), parts = new(temporary.File("parts"));
        TrainingOptions options = Cosine with { LearningRate = 1e-3, LrWarmUpSteps = 2 };

        SmallRuns.Train(options, photos, whole);
        SmallRuns.Train(options, photos, parts, stopAfter: 3);
        SmallRuns.Train(options, photos, parts, resume: true);

        Assert.Equal(File.ReadAllBytes(whole.CheckpointPath), File.ReadAllBytes(parts.CheckpointPath));
        var schedule = new LearningRateSchedule(options, totalSteps: 6);
        Assert.Equal(Enumerable.Range(0, 6).Select(step => schedule.At(step)), SmallRuns.Metrics(parts).Select(line => line["learning_rate"]));
    }

    [Fact]
    public void A_decay_that_would_begin_after_the_run_is_an_error()
    {
        string error = Assert.Throws<TrainingException>(() => new LearningRateSchedule(Cosine with { LrDecayStart = 100 }, totalSteps: 100)).Message;

        Assert.Equal("--lr_decay_start is 100, but the run ends after 100 steps; begin earlier.", error);
    }

    [Fact]
    public void A_run_ends_where_its_cosine_does()
    {
        using var temporary = new TemporaryFolder();
        using ImageDataset photos = SmallRuns.Photos(temporary);
        RunFolder folder = new(temporary.File("run"));

        TrainingResult result = SmallRuns.Train(Cosine with { LrDecayEnd = 2, MaxSteps = 4 }, photos, folder);

        Assert.Equal(new TrainingResult(2, 4, Completed: true), result);
    }

    [Fact]
    public void Both_generator_and_discriminators_follow_the_schedule()
    {
        using var temporary = new TemporaryFolder();
        using ImageDataset photos = SmallRuns.Photos(temporary);
        TrainingOptions options = Cosine with { LearningRate = 1e-3 };
        using var trainer = new Trainer(options, photos, new RunFolder(temporary.File("run")));

        trainer.Run();

        double last = new LearningRateSchedule(options, trainer.TotalSteps).At(trainer.TotalSteps - 1);
        Assert.True(last < 1e-3);
        Assert.Equal(last, trainer.Networks.GeneratorOptimizer.LearningRate);
        Assert.Equal(last, trainer.Networks.DiscriminatorOptimizer.LearningRate);
    }

    private static double[] Rates(LearningRateSchedule schedule, params long[] steps) =>
        [.. steps.Select(step => Math.Round(schedule.At(step), 6))];
}
