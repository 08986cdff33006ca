using Outpaint.Training;

namespace Outpaint.Tests.Training;

public class TrainingProgressTests
{
    [Theory]
    [InlineData(110, 80)]
    [InlineData(long.MaxValue, 1_000_000 * 86_400L)]
    public void What_remains_follows_from_the_speed_and_never_overflows(long totalSteps, long seconds)
    {
        var progress = new TrainingProgress(
            Step: 10, totalSteps, Images: 160, ImagesPerSecond: 20, WaitingShare: 0, LearningRate: 1, new Dictionary<string, double>());

        Assert.Equal(TimeSpan.FromSeconds(seconds), progress.Remaining);
    }
}
