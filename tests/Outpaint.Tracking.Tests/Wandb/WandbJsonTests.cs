using System.Text.Json.Nodes;
using Outpaint.Tracking.Wandb;

namespace Outpaint.Tracking.Tests.Wandb;

public sealed class WandbJsonTests
{
    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(2.0, "2")]
    [InlineData(0.1, "0.1")]
    [InlineData(-1.5e-300, "-1.5E-300")]
    public void Numbers_that_JSON_lacks_are_bare_words(double number, string json)
    {
        Assert.Equal(json, WandbJson.Serialize(number));
        Assert.Equal($$"""{"a":[{{json}}]}""", WandbJson.Serialize(new JsonObject { ["a"] = new JsonArray(number) }));
    }

    [Fact]
    public void Single_precision_is_not_widened()
    {
        Assert.Equal("""[0.1,NaN]""", WandbJson.Serialize(new JsonArray(0.1f, float.NaN)));
    }

    [Fact]
    public void Integers_stay_integers_and_text_keeps_its_letters()
    {
        var values = new JsonObject { ["größe/键"] = 9007199254740993, ["text"] = "\"值\"\n", ["none"] = null, ["yes"] = true };
        Assert.Equal("""{"größe/键":9007199254740993,"text":"\"值\"\n","none":null,"yes":true}""", WandbJson.Serialize(values));
    }
}
