using System.Diagnostics;
using System.Text.Json;

namespace Outpaint.Cli.Tests;

public sealed class ExtendReportTests
{
    [Theory]
    [InlineData("some.safetensors")]
    [InlineData("list.txt")]
    [InlineData("empty.json")]
    public async Task A_report_replaces_no_file_but_a_report(string name)
    {
        using var program = new CommandLine();
        string photo = program.Picture("a.png"), report = program.File(name);
        File.WriteAllText(report, name == "empty.json" ? "" : "{\"pictures\": 3}");

        Assert.Equal(2, await program.Extend(photo, "--report", report));

        Assert.Equal($"error: --report {report} exists and is no report, so it is left alone; give another name, or delete it.\n", program.Error);
        Assert.Equal((0, ""), (program.ModelsLoaded, program.Output));
    }

    [Fact]
    public async Task A_report_whose_name_is_too_long_is_told_before_the_work()
    {
        using var program = new CommandLine();
        string report = program.File(new string('r', 300) + ".json");

        Assert.Equal(2, await program.Extend(program.Picture("a.png"), "--report", report));

        Assert.Equal($"error: --report {report}: this name is too long; give a shorter one.\n", program.Error);
        Assert.Equal((0, ""), (program.ModelsLoaded, program.Output));
    }

    [Fact]
    public async Task A_link_to_a_pipe_is_no_report_and_is_not_waited_for()
    {
        using var program = new CommandLine();
        using (Process make = Process.Start("mkfifo", program.File("pipe")))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        string report = program.File("report.json");
        File.CreateSymbolicLink(report, program.File("pipe"));

        int code = await program.Extend(program.Picture("a.png"), "--report", report).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal((2, $"error: --report {report} exists and is no report, so it is left alone; give another name, or delete it.\n"), (code, program.Error));
    }

    [Fact]
    public async Task A_report_of_an_earlier_run_is_replaced()
    {
        using var program = new CommandLine();
        string photo = program.Picture("a.png"), report = program.File("report.json");

        Assert.Equal(0, await program.Extend(photo, "--report", report));
        Assert.Equal(0, await program.Extend(photo, "--skip_existing", "--report", report));

        Assert.Contains("\"skipped\": 1", File.ReadAllText(report));
    }

    [Fact]
    public async Task The_report_of_a_dry_run_is_the_plan()
    {
        using var program = new CommandLine();
        string report = program.File("plan.json");

        Assert.Equal(0, await program.Extend(program.Picture("a.png", 40, 24), "--dry_run", "--report", report));

        using var plan = JsonDocument.Parse(File.ReadAllText(report));
        JsonElement picture = plan.RootElement.GetProperty("pictures")[0];
        Assert.Equal(("pending", 60, 36), (
            picture.GetProperty("status").GetString(), picture.GetProperty("canvas").GetProperty("width").GetInt32(), picture.GetProperty("canvas").GetProperty("height").GetInt32()));
        Assert.False(Directory.Exists(program.File("out")));
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_in_the_end_is_named()
    {
        using var program = new CommandLine();
        string report = program.File("reports/report.json");
        Directory.CreateDirectory(program.File("reports"));

        int code = await program.Run(
            _ => new BlackInpainter { Filling = () => Directory.Delete(program.File("reports")) },
            "extend", program.Picture("a.png"), "--weights", program.Weights, "--output_dir", program.File("out"), "--report", report);

        Assert.Equal(1, code);
        Assert.StartsWith($"error: {report}: cannot be written (", program.Error);
        Assert.DoesNotContain(".tmp", program.Error);
        Assert.EndsWith("; check the folder and its free space.\n", program.Error);
    }

    [Fact]
    public async Task Paths_of_a_list_in_which_there_is_no_picture_are_told_as_those_of_arguments()
    {
        using var program = new CommandLine();
        string papers = Directory.CreateDirectory(program.File("papers")).FullName, report = program.File("report.json");
        string[] paths = [program.File("gone.png"), papers];
        program.Input = string.Join('\n', [.. paths, program.Picture("a.png")]);

        Assert.Equal(1, await program.Extend("-", "--report", report));
        string[] ofList = Failures();
        Assert.Equal(1, await program.Extend([.. paths, "--report", report]));

        Assert.Equal(Failures(), ofList);
        Assert.Equal(["a_outpainted.png"], program.FilesIn("out"));

        string[] Failures()
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(report));
            JsonElement[] failed = [.. document.RootElement.GetProperty("pictures").EnumerateArray().Where(picture => picture.GetProperty("status").GetString() == "failed")];
            Assert.Equal(paths, failed.Select(picture => picture.GetProperty("input").GetString()));
            return [.. failed.Select(picture => picture.GetRawText())];
        }
    }
}
