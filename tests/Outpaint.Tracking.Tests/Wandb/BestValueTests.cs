using Outpaint.Tracking.Wandb;

namespace Outpaint.Tracking.Tests.Wandb;

public class BestValueTests
{
    [Theory]
    [InlineData("""{"min": 0.14}""", """{"min":0.16}""", """{"min": 0.14}""")]
    [InlineData("""{"min":0.14}""", """{"min":0.12}""", """{"min":0.12}""")]
    [InlineData("""{"max":3}""", """{"max":2.5}""", """{"max":3}""")]
    [InlineData("""{"max":3}""", """{"max":1e2}""", """{"max":1e2}""")]
    [InlineData("""{"min":0.14}""", """{"min":NaN}""", """{"min":0.14}""")]
    [InlineData("""{"min":"NaN"}""", """{"min":0.2}""", """{"min":0.2}""")]
    [InlineData("""{"max":3}""", """{"min":5}""", """{"min":5}""")]
    [InlineData("0.14", "0.16", "0.16")]
    public void The_better_value_of_one_kind_stays(string earlier, string later, string expected) =>
        Assert.Equal(expected, BestValue.Of(earlier, later));
}
