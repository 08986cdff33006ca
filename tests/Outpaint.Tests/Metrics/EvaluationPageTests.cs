using System.Text.RegularExpressions;
using Outpaint.Metrics;
using Outpaint.Metrics.Evaluation;
using Outpaint.Metrics.Reports;
using Outpaint.Torch;

namespace Outpaint.Tests.Metrics;

public sealed partial class EvaluationPageTests : IDisposable
{
    private readonly OutpaintProtocol protocol = new(0.5, knownSize: 32);
    private readonly EvaluationSet set;
    private readonly EvaluationMethod[] methods = [new("<white>", batch => Tensor.Ones(batch.Image.Shape)), Baselines.Reflect];

    public EvaluationPageTests() => set = new EvaluationSet(
        protocol, [.. Enumerable.Range(0, 9).Select(i => $"photo{i}")],
        // From black to white: white fills do worst on the first.
        Tensor.Cat([.. Enumerable.Range(0, 9).Select(i => Tensor.Full([1, 3, 48, 48], 30 * i, DType.UInt8))], 0));

    [Fact]
    public void The_first_methods_worst_median_and_best_photos_are_shown_with_every_method()
    {
        string page = Write(examples: 6);
        Assert.Equal(
            ["photo0", "photo1", "photo3", "photo4", "photo8", "photo7"],
            Heading().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Equal(6 * 4, page.Split("src=\"data:image/webp;base64,").Length - 1);
    }

    [Fact]
    public void The_page_needs_nothing_outside_it_and_runs_no_names_as_markup()
    {
        string page = Write(examples: 3);
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("<white>", page);
        Assert.Contains("&lt;white&gt;", page);
    }

    [Fact]
    public void The_best_value_of_a_column_is_marked()
    {
        // Of a flat grey a reflection is exact.
        Assert.Contains("reflect</th><td class=\"best\">∞</td>", Write(examples: 0));
    }

    [Fact]
    public void Fewer_than_three_photos_are_one_group()
    {
        var score = new PhotoScore("a", 20, 0.5, 0.1, null, new Ratio(1, 1), 4, new Ratio(1, 2), 0.3);
        ExampleGroup group = Assert.Single(ExampleGroup.Choose(new MethodResult("ours", [score, score with { L1 = 0.3 }]), 12));
        Assert.Equal([1, 0], group.Photos);
    }

    public void Dispose()
    {
        set.Dispose();
        protocol.Dispose();
    }

    private string Write(int examples)
    {
        using var evaluator = new Evaluator(set);
        MethodResult[] results = [.. methods.Select(method => evaluator.Evaluate(method))];
        var result = new EvaluationResult(["photos"], set.Count, 32, 48, evaluator.EvaluateOriginals(), results, []);
        return new EvaluationPage(result, set, evaluator, methods).Write(examples);
    }

    [GeneratedRegex("<h3>(.*?)</h3>")]
    private static partial Regex Heading();
}
