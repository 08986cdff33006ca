using System.Text.Json;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Metrics.Reports;

namespace Outpaint.Tests.Metrics;

public sealed class EvaluationReportTests
{
    private readonly EvaluationResult result = new(
        ["photos"], 2, 128, 192, new OriginalsResult(1, 5, 0.85, 0.1) { Fid768Halves = 0.4 },
        [
            new MethodResult("ours",
            [
                new PhotoScore("a", 20, 0.5, 0.1, 0.2, new Ratio(1, 1), 4, new Ratio(1, 2), 0.3),
                new PhotoScore("b", 10, 0.7, 0.3, 0.4, new Ratio(2, 1), 6, new Ratio(2, 2), 0.1),
            ]) { Fid768 = 1.5, Fid768Halves = 1.75 },
            new MethodResult("copy", [new PhotoScore("a", double.PositiveInfinity, 1, 0, null, new Ratio(1, 1), 5, new Ratio(1, 1), 0)]),
        ],
        ["FID for copy."]);

    [Fact]
    public void The_table_has_means_and_pooled_ratios()
    {
        string[] lines = EvaluationTable.Write(result).Split('\n');
        Assert.Equal(
            ["ours", "15.00", "0.6000", "0.2000", "0.3000", "1.500", "1.750", "1.50", "5.00", "0.75", "0.20"], Cells(lines, "ours"));
        Assert.Equal(["the originals", "-", "-", "0", "0", "0", "0.400", "1.00", "5.00", "0.85", "0.10"], Cells(lines, "the originals"));
        Assert.Contains("Left out: FID for copy.", lines);
    }

    [Fact]
    public void A_metric_that_no_method_has_is_no_column()
    {
        string table = EvaluationTable.Write(result with { Methods = [result.Methods[1]] });
        Assert.DoesNotContain("LPIPS ↓", table);
        Assert.DoesNotContain("FID-2048", table);
    }

    [Fact]
    public void The_json_holds_the_summary_and_every_photo()
    {
        using JsonDocument json = JsonDocument.Parse(EvaluationJson.Write(result));
        JsonElement ours = json.RootElement.GetProperty("methods")[0];
        Assert.Equal(0.3, ours.GetProperty("lpips").GetDouble(), 9);
        Assert.Equal("b", ours.GetProperty("photo_scores")[1].GetProperty("key").GetString());
        Assert.Equal("Infinity", json.RootElement.GetProperty("methods")[1].GetProperty("psnr").GetString());
    }

    private static string[] Cells(string[] lines, string method) => lines.Single(line => line.StartsWith("| " + method, StringComparison.Ordinal))
        .Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
