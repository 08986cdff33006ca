using System.Net;
using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Tracking.Tests.Wandb.Online;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(400, false)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(409, false)]
    [InlineData(410, false)]
    [InlineData(413, false)]
    [InlineData(422, false)]
    [InlineData(501, false)]
    [InlineData(307, false)]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(418, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    public void Only_what_may_pass_is_tried_again(int status, bool again) =>
        Assert.Equal(again, RetryPolicy.IsTransient((HttpStatusCode)status, retryConflict: false));

    [Fact]
    public void A_conflict_passes_where_runs_are_created() =>
        Assert.True(RetryPolicy.IsTransient(HttpStatusCode.Conflict, retryConflict: true));

    [Theory]
    [InlineData(0, 2, 2.5)]
    [InlineData(1, 4, 5)]
    [InlineData(4, 32, 40)]
    [InlineData(5, 60, 60)]
    [InlineData(10_000, 60, 60)]
    public void Waits_double_up_to_a_minute(int attempt, double least, double most)
    {
        for (int i = 0; i < 50; i++)
            Assert.InRange(RetryPolicy.Wait(attempt, new HttpRequestException()).TotalSeconds, least, most);
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(7, 7)]
    [InlineData(31_536_000, 3600)]
    public void The_server_is_obeyed_within_reason(int asked, int waited) => Assert.Equal(
        waited, RetryPolicy.Wait(3, new TransientException("HTTP 429", TimeSpan.FromSeconds(asked))).TotalSeconds);
}
