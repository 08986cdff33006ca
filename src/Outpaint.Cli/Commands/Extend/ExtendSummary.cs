using System.Text.Json.Serialization;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>What became of all pictures of a run, in the order of the inputs; before them, inputs that hold none.</summary>
internal sealed record ExtendSummary([property: JsonPropertyOrder(1)] IReadOnlyList<PictureResult> Pictures)
{
    public int Extended => Count(PictureStatus.Extended);

    public int Skipped => Count(PictureStatus.Skipped);

    public int Failed => Count(PictureStatus.Failed);

    public int Pending => Count(PictureStatus.Pending);

    /// <summary>The numbers in one line.</summary>
    public string Describe(string outputFolder)
    {
        string text = $"{Extended} of {Pictures.Count} pictures extended into {outputFolder}";
        foreach ((int number, string words) in new[] { (Skipped, "passed over"), (Failed, "failed"), (Pending, "not reached") })
        {
            if (number > 0)
                text += $", {number} {words}";
        }
        return text;
    }

    private int Count(PictureStatus status) => Pictures.Count(picture => picture.Status == status);
}
