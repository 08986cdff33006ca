using System.Globalization;
using Outpaint.Models;
using Outpaint.Torch.Serialization;

namespace Outpaint.Training.Runs;

/// <summary>
/// The best averaged generator of a run, by LPIPS + FID-768, or by the one of them that is measured; without either
/// none is kept, because PSNR and its like prefer a blur. Its figures are in the file, so a resumed run knows them.
/// </summary>
/// <param name="path">Its file.</param>
/// <param name="photos">How many photos it is measured on; FID does not compare across numbers.</param>
internal sealed class BestGenerator(string path, int photos)
{
    private static readonly string[] Criteria = ["lpips", "fid768"];

    /// <summary>Writes the generator if its figures are better than those in the file.</summary>
    /// <param name="generator">The candidate.</param>
    /// <param name="scores">Its figures by name.</param>
    /// <param name="notes">Where it came from.</param>
    internal void Offer(Generator generator, IReadOnlyDictionary<string, double> scores, IReadOnlyDictionary<string, string> notes)
    {
        Dictionary<string, string> metadata = scores.ToDictionary(score => score.Key, score => score.Value.ToString(CultureInfo.InvariantCulture));
        metadata["photos"] = photos.ToString(CultureInfo.InvariantCulture);
        if (Score(metadata) is not { } score || (BestScore(metadata) is { } best && best <= score))
            return;
        foreach ((string name, string value) in notes)
            metadata[name] = value;
        GeneratorFile.Save(generator, path, metadata);
    }

    // Null where there is nothing yet that was measured in the same way.
    private double? BestScore(Dictionary<string, string> candidate)
    {
        if (!File.Exists(path))
            return null;
        IReadOnlyDictionary<string, string> best;
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            best = file.Metadata;
        }
        catch (WeightsFormatException)
        {
            return null; // a damaged one is none
        }
        bool comparable = best.GetValueOrDefault("photos") == candidate["photos"]
            && Criteria.All(name => best.ContainsKey(name) == candidate.ContainsKey(name));
        return comparable ? Score(best) : null;
    }

    private static double? Score(IReadOnlyDictionary<string, string> figures)
    {
        string[] measured = [.. Criteria.Where(figures.ContainsKey)];
        // What is no number is worse than any.
        return measured.Length == 0 ? null : measured.Sum(name => double.TryParse(figures[name], CultureInfo.InvariantCulture, out double figure) ? figure : double.NaN);
    }
}
