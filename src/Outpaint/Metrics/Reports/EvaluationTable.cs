using System.Text;
using Outpaint.Metrics.Evaluation;

namespace Outpaint.Metrics.Reports;

/// <summary>An evaluation as a Markdown table, padded so that it also reads well on a terminal.</summary>
public static class EvaluationTable
{
    /// <summary>The table, and below it what its columns mean and what was left out.</summary>
    public static string Write(EvaluationResult result)
    {
        MetricColumn[] columns = MetricColumn.For(result);
        List<string[]> rows =
        [
            ["method", .. columns.Select(column => column.Heading)],
            .. result.Methods.Select(method => (string[])[method.Method.Replace("|", "\\|", StringComparison.Ordinal), .. columns.Select(column => column.Text(column.OfMethod(method)))]),
            ["the originals", .. columns.Select(column => column.Text(column.OfOriginals(result.Originals)))],
        ];
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];

        var text = new StringBuilder();
        Append(text, rows[0], widths);
        Append(text, [.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")], widths);
        foreach (string[] row in rows.Skip(1))
            Append(text, row, widths);
        text.Append('\n').Append(Notes(result, columns));
        return text.ToString();
    }

    private static string Notes(EvaluationResult result, MetricColumn[] columns)
    {
        string halves = columns.Any(column => column.Name.EndsWith(" halves", StringComparison.Ordinal))
            ? $"FID halves: outputs for every other photo against the other {result.Photos / 2} photos' originals; the originals' value is the floor that real photos have.\n"
            : "";
        string diversity = result.Diversity is null ? "" : result.DiversityText + "\n";
        string skipped = string.Concat(result.Skipped.Select(reason => $"Left out: {reason}\n"));
        return $"""
            {result.PhotosText}, {result.Task}; known pixels put back and all rounded to 8 bits before scoring.
            {MetricColumn.Legend}
            PSNR (dB), SSIM and L1 are over the new part, LPIPS and FID over the whole image. FID depends on the number of photos.
            {halves}{diversity}{skipped}
            """;
    }

    private static void Append(StringBuilder text, string[] cells, int[] widths) => text
        .Append("| ")
        .AppendJoin(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))
        .Append(" |\n");
}
