using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Tracking.Tests.Wandb.Online;

public sealed class OnlineOptionsTests
{
    [Theory]
    [InlineData(null, 10)]
    [InlineData("", 10)]
    [InlineData(" 90 ", 90)]
    [InlineData("0.5", 0.5)]
    public void The_wait_for_the_server_comes_from_the_variable_of_the_official_client(string? value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), OnlineOptions.FromEnvironment(name => name == "WANDB_INIT_TIMEOUT" ? value : null).ConnectTimeout);

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e300")]
    public void What_is_no_time_is_refused(string value) => Assert.Equal(
        $"WANDB_INIT_TIMEOUT is '{value}'; it must be a number of seconds, such as 90.",
        Assert.Throws<WandbException>(() => OnlineOptions.FromEnvironment(_ => value)).Message);
}
