using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Outpaint.Tracking;

/// <summary>A network's architecture.</summary>
/// <param name="Name">As in <c>generator</c>.</param>
/// <param name="Layers">In the order of their evaluation.</param>
public sealed record ModelDescription(string Name, IReadOnlyList<LayerDescription> Layers)
{
    /// <summary>Numbers that training adjusts.</summary>
    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>The layers as an object, for a run's config.</summary>
    public JsonObject ToJson() => new()
    {
        ["parameters"] = ParameterCount,
        ["layers"] = new JsonArray([.. Layers.Select(layer => new JsonObject
        {
            ["name"] = layer.Name,
            ["type"] = layer.Type,
            ["output_shape"] = new JsonArray([.. layer.OutputShape.Select(size => JsonValue.Create(size))]),
            ["parameters"] = layer.ParameterCount,
        })]),
    };

    /// <summary>A table for people: a line per layer, the sum below.</summary>
    public string ToText()
    {
        string[][] rows =
        [
            ["layer", "type", "output", "parameters"],
            .. Layers.Select(layer => new[] { layer.Name, layer.Type, string.Join('x', layer.OutputShape), Count(layer.ParameterCount) }),
            ["total", "", "", Count(ParameterCount)],
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder().AppendLine(Name);
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row[..^1].Select((cell, column) => cell.PadRight(widths[column]));
            text.AppendLine($"{string.Join("  ", cells)}  {row[^1].PadLeft(widths[^1])}");
        }

        return text.ToString();
    }

    private static string Count(long number) => number.ToString("n0", CultureInfo.InvariantCulture);
}
