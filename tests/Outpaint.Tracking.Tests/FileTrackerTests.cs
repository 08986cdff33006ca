using System.Text.Json.Nodes;

namespace Outpaint.Tracking.Tests;

public sealed class FileTrackerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Steps_are_lines_and_pictures_are_files()
    {
        using var tracker = new FileTracker(folder.Path);
        tracker.Log(new TrackedStep(20, new Dictionary<string, double> { ["loss"] = 0.5 }));
        tracker.Log(new TrackedStep(40, new Dictionary<string, double> { ["loss"] = double.NaN }) { Images = [new TrackedImage("samples", Png.OfSize(2, 2))] });
        tracker.Log(new TrackedStep(41, new Dictionary<string, double>()) { Images = [new TrackedImage("pair", Png.OfSize(1, 1)), new TrackedImage("pair", Png.OfSize(1, 2))] });

        Assert.Equal("""{"step":20,"loss":0.5}""" + "\n" + """{"step":40,"loss":"NaN"}""" + "\n", Read("metrics.jsonl"));
        Assert.Equal(Png.OfSize(2, 2), File.ReadAllBytes(folder.File("samples/0000040.png")));
        Assert.Equal(["0000041_0.png", "0000041_1.png"], Directory.GetFiles(folder.File("pair")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_value_named_as_what_its_line_begins_with_is_left_out()
    {
        using var tracker = new FileTracker(folder.Path);
        tracker.Log(new TrackedStep(20, new Dictionary<string, double> { ["loss"] = 0.5, ["step"] = 7 }));
        tracker.LogSystem(new SystemSample(DateTimeOffset.UnixEpoch, new Dictionary<string, double> { ["time"] = 7, ["cpu"] = 12.5 }));

        Assert.Equal("""{"step":20,"loss":0.5}""" + "\n", Read("metrics.jsonl"));
        Assert.Equal("""{"time":"1970-01-01T00:00:00+00:00","cpu":12.5}""" + "\n", Read("system.jsonl"));
    }

    [Fact]
    public void Numbers_are_written_so_that_they_read_back_the_same()
    {
        using var tracker = new FileTracker(folder.Path);
        double[] numbers = [0, -0.0, 0.1, 1e21, 5e-324, 1 / 3.0, double.NaN, double.NegativeInfinity];
        tracker.Log(new TrackedStep(0, numbers.Index().ToDictionary(number => $"n{number.Index}", number => number.Item)));

        Assert.Equal(
            """{"step":0,"n0":0,"n1":-0,"n2":0.1,"n3":1E+21,"n4":5E-324,"n5":0.3333333333333333,"n6":"NaN","n7":"-Infinity"}""" + "\n",
            Read("metrics.jsonl"));
    }

    [Fact]
    public void A_resumed_run_forgets_the_steps_it_takes_again()
    {
        using var tracker = new FileTracker(folder.Path);
        foreach (long step in (long[])[10, 20, 30])
            tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["loss"] = double.PositiveInfinity }));
        File.AppendAllText(folder.File("metrics.jsonl"), """{"step":15,"los"""); // cut by a kill

        tracker.ForgetAfter(20);

        Assert.Equal("""{"step":10,"loss":"Infinity"}""" + "\n" + """{"step":20,"loss":"Infinity"}""" + "\n", Read("metrics.jsonl"));
    }

    [Fact]
    public void Config_and_exit_code_end_up_in_one_file()
    {
        using var tracker = new FileTracker(folder.Path);
        tracker.Configure(new JsonObject { ["lr"] = 0.1, ["a"] = 1 });
        tracker.Configure(new JsonObject { ["a"] = new JsonArray(double.NaN) });
        tracker.Finish(130);

        Assert.Equal("""{"config":{"lr":0.1,"a":["NaN"]},"exit_code":130}""", JsonNode.Parse(Read("run.json"))!.ToJsonString());
        Assert.Empty(Directory.GetFiles(folder.Path, "*.tmp"));
    }

    [Theory]
    [InlineData("""{"config":{"lr":0.1},"exit_code":130}""", """{"config":{"lr":0.1},"exit_code":1}""")]
    [InlineData("""{"config":{"lr":""", """{"config":{},"exit_code":1}""")] // cut by a kill
    [InlineData("[]", """{"config":{},"exit_code":1}""")]
    public void A_part_that_fails_before_it_is_configured_keeps_the_config_of_an_earlier_one(string earlier, string expected)
    {
        File.WriteAllText(folder.File("run.json"), earlier);

        using var tracker = new FileTracker(folder.Path);
        tracker.Finish(1);

        Assert.Equal(expected, JsonNode.Parse(Read("run.json"))!.ToJsonString());
    }

    [Fact]
    public void A_run_that_goes_on_has_no_exit_code()
    {
        File.WriteAllText(folder.File("run.json"), """{"config":{"lr":0.1,"a":1},"exit_code":130}""");

        using var tracker = new FileTracker(folder.Path);
        tracker.Configure(new JsonObject { ["lr"] = 0.2 });

        Assert.Equal("""{"config":{"lr":0.2,"a":1}}""", JsonNode.Parse(Read("run.json"))!.ToJsonString());
    }

    [Fact]
    public void Console_machine_network_and_files_are_kept()
    {
        using var tracker = new FileTracker(folder.File("new/run"));
        tracker.LogConsole(new ConsoleText(DateTimeOffset.UnixEpoch, ConsoleStream.Output, "one\nt"));
        tracker.LogConsole(new ConsoleText(DateTimeOffset.UnixEpoch, ConsoleStream.Error, "wo\n"));
        tracker.LogSystem(new SystemSample(DateTimeOffset.UnixEpoch, new Dictionary<string, double> { ["cpu"] = 12.5 }));
        tracker.LogModel(new ModelDescription("net", [new LayerDescription("conv", "Conv2d", [1, 2], [new("weight", [1000, 2])])]));
        tracker.LogFile("notes/a.txt", "hi"u8.ToArray());

        Assert.Equal("one\ntwo\n", Read("new/run/output.log"));
        Assert.Equal("""{"time":"1970-01-01T00:00:00+00:00","cpu":12.5}""" + "\n", Read("new/run/system.jsonl"));
        Assert.Equal(
            """
            net
            layer  type    output  parameters
            conv   Conv2d  1x2          2,000
            total                       2,000

            """, Read("new/run/net.txt"));
        Assert.Equal("hi", Read("new/run/notes/a.txt"));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("../run2/x")] // a sibling whose name begins as the run's
    [InlineData("ROOT/x")]
    public void Nothing_is_written_outside_the_folder(string name)
    {
        string run = folder.File("run");
        name = name.Replace("ROOT", folder.Path, StringComparison.Ordinal);
        using var tracker = new FileTracker(run + "/");
        var pictured = new TrackedStep(0, new Dictionary<string, double>()) { Images = [new TrackedImage(name, Png.OfSize(1, 1))] };

        Assert.Throws<ArgumentException>(() => tracker.LogFile(name, "hi"u8.ToArray()));
        Assert.Throws<ArgumentException>(() => tracker.Log(pictured));
        Assert.Equal([run], Directory.GetFileSystemEntries(folder.Path));
        Assert.Empty(Directory.GetFileSystemEntries(run));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("ROOT/x")]
    public void A_file_has_a_name_of_its_own_within_the_folder(string name)
    {
        using var tracker = new FileTracker(folder.Path);
        Assert.Throws<ArgumentException>(() => tracker.LogFile(name.Replace("ROOT", folder.Path, StringComparison.Ordinal), "hi"u8.ToArray()));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Names_with_dots_may_lead_back_into_the_folder()
    {
        using var tracker = new FileTracker(folder.Path + "/");
        tracker.LogFile("a/../..b", "hi"u8.ToArray());
        Assert.Equal("hi", Read("..b"));
    }

    [Fact]
    public void Images_that_are_no_PNG_files_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TrackedImage("samples", new byte[100]));
    }

    private string Read(string name) => File.ReadAllText(folder.File(name));
}
