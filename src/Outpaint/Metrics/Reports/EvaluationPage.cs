using System.Net;
using System.Text;
using Outpaint.Metrics.Evaluation;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Metrics.Reports;

/// <summary>An evaluation as one HTML file with nothing outside it: the table, what its columns mean, and pictures to look at.</summary>
/// <param name="result">What was measured.</param>
/// <param name="set">The photos.</param>
/// <param name="evaluator">Runs the methods as they were scored.</param>
/// <param name="methods">The methods, in the result's order.</param>
public sealed class EvaluationPage(
    EvaluationResult result, EvaluationSet set, Evaluator evaluator, IReadOnlyList<EvaluationMethod> methods)
{
    private readonly MetricColumn[] columns = MetricColumn.For(result);

    /// <summary>Writes the page.</summary>
    /// <param name="examples">Photos to show at most: a third each of the first method's worst, median and best.</param>
    /// <param name="cancellation">Looked at between pictures.</param>
    public string Write(int examples, CancellationToken cancellation = default)
    {
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Outpaint evaluation</title>
            <style>
            {Style()}</style>
            </head>
            <body>
            <main>
            <h1>Outpaint evaluation</h1>
            <p>{result.PhotosText} of {Encode(string.Join(", ", result.Data.Select(path => Path.GetFileName(Path.TrimEndingDirectorySeparator(path)))))}, each continued from {result.Task}.
            Before scoring, the known pixels are put back and all is rounded to 8 bits.</p>
            <div class="scroll"><table>
            <thead><tr><th scope="col">method</th>{Join(columns, column => $"<th scope=\"col\">{Encode(column.Heading)}</th>")}</tr></thead>
            <tbody>
            {Join(result.Methods, Row)}<tr><th scope="row">the originals</th>{Join(columns, column => $"<td>{column.Text(column.OfOriginals(result.Originals))}</td>")}</tr>
            </tbody>
            </table></div>
            {(result.Diversity is null ? "" : $"<p>{result.DiversityText}</p>\n")}{Join(result.Skipped, reason => $"<p>Left out: {Encode(reason)}</p>\n")}<h2>What the columns mean</h2>
            <p>{Encode(MetricColumn.Legend)} The best method is bold.</p>
            <dl>
            {Join(columns, column => $"<dt>{Encode(column.Heading)}</dt><dd>{Encode(column.Meaning)} <small>{Encode(column.Source)}</small></dd>\n")}</dl>
            {Examples(examples, cancellation)}</main>
            </body>
            </html>

            """;
    }

    private string Row(MethodResult method) =>
        $"<tr><th scope=\"row\">{Encode(method.Method)}</th>{Join(columns, column => Cell(column, method))}</tr>\n";

    private string Cell(MetricColumn column, MethodResult method)
    {
        double best = result.Methods.Min(other => Ranked(column.Shortfall(other, result.Originals)));
        string mark = column.Shortfall(method, result.Originals) == best ? " class=\"best\"" : "";
        return $"<td{mark}>{column.Text(column.OfMethod(method))}</td>";
    }

    private string Examples(int count, CancellationToken cancellation)
    {
        if (count == 0)
            return "";
        string note = result.Methods[0].Lpips is null ? "" : " The number below a picture is its LPIPS.";
        return $"<p>Below are photos as every method continues them.{note}</p>\n{Join(ExampleGroup.Choose(result.Methods[0], count), group => Group(group, cancellation))}";
    }

    private string Group(ExampleGroup group, CancellationToken cancellation) =>
        $"<h2>{Encode(group.Title)}</h2>\n{Join(group.Photos, photo => Photo(photo, cancellation))}";

    private string Photo(int index, CancellationToken cancellation)
    {
        using var scope = new TensorScope();
        var text = new StringBuilder($"<h3>{Encode(set.Keys[index])}</h3>\n<div class=\"tiles\">\n");
        text.Append(Tile("input", set.Batch(index, 1).Image));
        for (int i = 0; i < methods.Count; i++)
            text.Append(Tile(methods[i].Name, evaluator.Run(methods[i], index, 1, cancellation), result.Methods[i].PhotoScores[index].Lpips));
        return text.Append(Tile("original", set.Originals(index, 1))).Append("</div>\n").ToString();
    }

    private static string Tile(string title, Tensor image, double? lpips = null)
    {
        string source = DataUri.Of(PixelRange.ToImage(PixelRange.ToBytes(image)[0]));
        string distance = lpips is { } value ? FormattableString.Invariant($"<small>{value:F3}</small>") : "";
        return $"""
            <figure><img src="{source}" alt="{Encode(title)}" width="{image.Size(3)}" height="{image.Size(2)}" loading="lazy"><figcaption><span>{Encode(title)}</span>{distance}</figcaption></figure>

            """;
    }

    private static double Ranked(double shortfall) => double.IsNaN(shortfall) ? double.PositiveInfinity : shortfall;

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static string Join<T>(IEnumerable<T> items, Func<T, string> write) => string.Concat(items.Select(write));

    private static string Style()
    {
        using Stream css = typeof(EvaluationPage).Assembly.GetManifestResourceStream("EvaluationPage.css")!;
        using var reader = new StreamReader(css);
        return reader.ReadToEnd();
    }
}
