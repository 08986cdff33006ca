using System.Globalization;
using System.Text;

namespace Outpaint.Metrics;

/// <summary>An evaluation as a Markdown table, padded so that it also reads well on a terminal.</summary>
public static class EvaluationTable
{
    private static readonly string[] Header =
        ["method", "PSNR", "SSIM", "L1", "LPIPS", "FID-768", "seam", "colour step", "texture"];

    /// <summary>The table, and below it what its columns mean and what was left out.</summary>
    public static string Write(EvaluationResult result)
    {
        OriginalsResult originals = result.Originals;
        List<string[]> rows =
        [
            Header,
            .. result.Methods.Select(Row),
            ["the originals", "-", "-", "0", "0", "0", Text(originals.Seam, 2), Text(originals.ColourStep, 2), Text(originals.Texture, 2)],
        ];
        int[] widths = [.. Header.Select((_, column) => rows.Max(row => row[column].Length))];

        var text = new StringBuilder();
        Append(text, rows[0], widths);
        Append(text, [.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', width - 1) + ":")], widths);
        foreach (string[] row in rows.Skip(1))
            Append(text, row, widths);
        text.Append('\n').Append(Notes(result));
        return text.ToString();
    }

    private static string[] Row(MethodResult method) =>
    [
        method.Method, Text(method.Psnr, 2), Text(method.Ssim, 4), Text(method.L1, 4), Text(method.Lpips, 4), Text(method.Fid768, 3),
        Text(method.Seam, 2), Text(method.ColourStep, 2), Text(method.Texture, 2),
    ];

    private static string Notes(EvaluationResult result)
    {
        string floor = result.Originals.Fid768BetweenHalves is { } distance
            ? $"FID between two halves of the originals ({result.Photos / 2} each): {Text(distance, 3)}.\n"
            : "";
        string skipped = string.Concat(result.Skipped.Select(reason => $"Left out: {reason}\n"));
        return $"""
            {result.Photos} photos, {result.KnownSize} to {result.CanvasSize} pixels; known pixels put back and all rounded to 8 bits before scoring.
            PSNR (dB, higher is better), SSIM (higher) and L1 (lower) over the hole; LPIPS (lower) and FID (lower, depends on the number of photos) over the whole image.
            Seam, colour step (Delta E) and texture are best at the originals' own values.
            {floor}{skipped}
            """;
    }

    private static string Text(double? value, int decimals) =>
        value is { } number && !double.IsNaN(number) ? number.ToString("F" + decimals, CultureInfo.InvariantCulture) : "-";

    private static void Append(StringBuilder text, string[] cells, int[] widths) => text
        .Append("| ")
        .AppendJoin(" | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))
        .Append(" |\n");
}
