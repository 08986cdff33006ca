using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Outpaint.Tracking.Wandb.Protocol;
using MetricSummary = Outpaint.Tracking.MetricSummary;
using Record = Outpaint.Tracking.Wandb.Protocol.Record;

namespace Outpaint.Tracking.Tests.Wandb;

public sealed class WandbHistoryTests : IDisposable
{
    private readonly OfflineRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void A_step_holds_its_number_its_time_and_numbers_that_are_none()
    {
        List<Record> records = run.Record(tracker => tracker.Log(new TrackedStep(7, new Dictionary<string, double>
        {
            ["loss/größe 键"] = double.NaN,
            ["up"] = double.PositiveInfinity,
        })
        { Time = OfflineRun.StartedAt.AddSeconds(2.5) }));

        HistoryRecord history = records[^2].History;
        Assert.Equal(7, history.Step.Num);
        Assert.Equal(
            [("loss/größe 键", "NaN"), ("up", "Infinity"), ("_step", "7"), ("_timestamp", "1795340835.5"), ("_runtime", "2.5")],
            history.Item.Select(item => (item.Key, item.ValueJson)));
        Assert.Equal(history.Item.Select(item => (item.Key, item.ValueJson)), records[^1].Summary.Update.Select(item => (item.Key, item.ValueJson)));
    }

    [Fact]
    public void A_step_that_does_not_come_after_the_last_is_left_out()
    {
        List<Record> records = run.Record(tracker =>
        {
            foreach (long step in (long[])[0, 10, 10, 5, 11])
                tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["loss"] = step }));
        });

        Assert.Equal([0, 10, 11], records.Where(record => record.History is not null).Select(record => record.History.Step.Num));
    }

    [Fact]
    public void The_best_value_of_a_metric_stands_for_the_run_if_asked()
    {
        List<Record> records = run.Record(tracker =>
        {
            tracker.Define(new MetricDefinition("fid", Summary: MetricSummary.Min));
            tracker.Define(new MetricDefinition("psnr", Summary: MetricSummary.Max));
            foreach ((long step, double fid, double psnr) in ((long, double, double)[])[(1, double.NaN, 1), (2, 50, 3), (3, 60, 2)])
                tracker.Log(new TrackedStep(step, new Dictionary<string, double> { ["fid"] = fid, ["psnr"] = psnr }));
        });

        Assert.Equal(
            ["""{"min":NaN} {"max":1}""", """{"min":50} {"max":3}""", """{"min":50} {"max":3}"""],
            records.Where(record => record.Summary is not null).Select(record => $"{record.Summary.Update[0].ValueJson} {record.Summary.Update[1].ValueJson}"));
    }

    [Fact]
    public void An_image_is_a_file_that_the_log_names_before_the_step_does()
    {
        byte[] png = Png.OfSize(24, 16);
        string hash = Convert.ToHexStringLower(SHA256.HashData(png));

        List<Record> records = run.Record(tracker => tracker.Log(new TrackedStep(5, new Dictionary<string, double>()) { Images = [new TrackedImage("samples", png, "step 5")] }));

        FilesItem file = records[^3].Files.Files.Single();
        Assert.Equal(($"media/images/samples_5_{hash[..20]}.png", FilesItem.Types.FileType.Media), (file.Path, file.Type));
        Assert.Equal(png, File.ReadAllBytes(Path.Combine(run.FilesPath, file.Path)));
        Assert.Equal(
            $$"""{"_type":"image-file","sha256":"{{hash}}","size":{{png.Length}},"path":"{{file.Path}}","format":"png","width":24,"height":16,"caption":"step 5"}""",
            records[^2].History.Item[0].ValueJson);
    }

    [Fact]
    public void Images_of_one_key_stand_side_by_side()
    {
        var images = Enumerable.Range(0, 3).Select(i => new TrackedImage("grid/../list", Png.OfSize(8, 8, (byte)i), $"s{i}"));

        List<Record> records = run.Record(tracker => tracker.Log(new TrackedStep(1, new Dictionary<string, double>()) { Images = [.. images] }));

        string[] paths = [.. records.Where(record => record.Files is not null).Select(record => record.Files.Files.Single().Path)];
        Assert.Equal(["media/images/grid/__/list_1_0.png", "media/images/grid/__/list_1_1.png", "media/images/grid/__/list_1_2.png"], paths);
        Assert.Equal(
            $$"""{"_type":"images/separated","width":8,"height":8,"format":"png","count":3,"filenames":["{{string.Join("\",\"", paths)}}"],"captions":["s0","s1","s2"]}""",
            records[^2].History.Item[0].ValueJson);
    }

    [Fact]
    public void A_network_is_a_graph_file_and_a_text()
    {
        var model = new ModelDescription("discriminator", [new LayerDescription("conv1", "Conv2d(3, 64, 4)", [1, 64, 32, 32], [new("weight", [64, 3, 4, 4]), new("bias", [64])])]);

        List<Record> records = run.Record(tracker => tracker.LogModel(model));

        SummaryItem summary = records.Single(record => record.Summary is not null).Summary.Update.Single();
        Assert.Equal("graph_0", summary.Key);
        string path = JsonDocument.Parse(summary.ValueJson).RootElement.GetProperty("path").GetString()!;
        Assert.Matches(new Regex("^media/graph/graph_0_summary_[0-9a-f]{20}[.]graph[.]json$"), path);
        Assert.Equal(
            """{"format":"torch","nodes":[{"name":"conv1","id":1,"class_name":"Conv2d(3, 64, 4)","parameters":[["weight",[64,3,4,4]],["bias",[64]]],"output_shape":[1,64,32,32],"num_parameters":[3072,64]}],"edges":[]}""",
            File.ReadAllText(Path.Combine(run.FilesPath, path)));
        Assert.Contains("3,136", File.ReadAllText(Path.Combine(run.FilesPath, "discriminator.txt")));
    }
}
