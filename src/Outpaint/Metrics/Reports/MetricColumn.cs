using System.Globalization;
using Outpaint.Metrics.Evaluation;

namespace Outpaint.Metrics.Reports;

/// <summary>A metric as a column of a report.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Decimals">Digits behind the point.</param>
/// <param name="Preference">Which values are good.</param>
/// <param name="Meaning">What it measures, as sentences.</param>
/// <param name="Source">Who defined it.</param>
/// <param name="OfMethod">A method's value; null where it was not measured.</param>
/// <param name="OfOriginals">The originals' own; null where they have none.</param>
internal sealed record MetricColumn(
    string Name,
    int Decimals,
    Preference Preference,
    string Meaning,
    string Source,
    Func<MethodResult, double?> OfMethod,
    Func<OriginalsResult, double?> OfOriginals)
{
    /// <summary>What the signs in the headings mean.</summary>
    public const string Legend = "↑ higher is better, ↓ lower is better, ≈ best at the originals' own value.";

    /// <summary>All metrics of which a result has values, in the order in which they are shown.</summary>
    public static MetricColumn[] For(EvaluationResult result) =>
        [.. All.Where(column => result.Methods.Any(method => column.OfMethod(method) is not null))];

    /// <summary>The heading with a sign for what is good.</summary>
    public string Heading => Name + Preference switch
    {
        Preference.Higher => " ↑",
        Preference.Lower => " ↓",
        _ => " ≈",
    };

    /// <summary>A value as it is shown; a dash for none.</summary>
    public string Text(double? value) => value switch
    {
        null or double.NaN => "-",
        0 => "0",
        double.PositiveInfinity => "∞",
        { } number => number.ToString("F" + Decimals, CultureInfo.InvariantCulture),
    };

    /// <summary>How far a method's value is from the best there can be; smaller is better, NaN for none.</summary>
    public double Shortfall(MethodResult method, OriginalsResult originals)
    {
        double value = OfMethod(method) ?? double.NaN;
        return Preference switch
        {
            Preference.Higher => -value,
            Preference.Lower => value,
            _ => Math.Abs(value - (OfOriginals(originals) ?? double.NaN)),
        };
    }

    private static MetricColumn[] All { get; } =
    [
        new("PSNR", 2, Preference.Higher, "Peak signal-to-noise ratio over the new part, in dB. A blur does well, because it is never far off.",
            "Psnr.cs", method => method.Psnr, _ => null),
        new("SSIM", 4, Preference.Higher, "Structural similarity over the new part, at most 1. A blur does well here too.",
            "Wang et al. 2004", method => method.Ssim, _ => null),
        new("L1", 4, Preference.Lower, "Mean absolute error over the new part, as a share of the full range.",
            "L1Metric.cs", method => method.L1, _ => 0),
        new("LPIPS", 4, Preference.Lower, "How different the whole picture looks from the photo, as a network trained on people's judgements tells it.",
            "Zhang et al. 2018, v0.1 with SqueezeNet", method => method.Lpips, _ => 0),
        new("FID-768", 3, Preference.Lower,
            "How far the outputs as a set are from the photos as a set, in the features of an Inception network. It grows as the number of photos shrinks: compare it only at the same number.",
            "Heusel et al. 2017; pytorch-fid with --dims 768", method => method.Fid768, _ => 0),
        new("FID-768 halves", 3, Preference.Lower,
            "The same between the outputs for one half of the photos and the other half's originals, so that none is compared with its own photo. The originals' value is the floor: what real photos of other scenes have.",
            "FidScore.cs", method => method.Fid768Halves, originals => originals.Fid768Halves),
        new("FID-2048", 2, Preference.Lower, "FID as most papers give it, on the network's last features.",
            "Heusel et al. 2017; pytorch-fid", method => method.Fid2048, _ => 0),
        new("FID-2048 halves", 2, Preference.Lower, "The same across the halves.",
            "FidScore.cs", method => method.Fid2048Halves, originals => originals.Fid2048Halves),
        new("seam", 2, Preference.NearOriginals,
            "Difference of neighbouring pixels across the border over that right beside it. More than the originals' is a visible line, less a smear.",
            "SeamMetric.cs", method => method.Seam, originals => originals.Seam),
        new("colour step", 2, Preference.NearOriginals,
            "Colour difference (Delta E, CIE 1976) between the two sides of the border. More than the originals' is a shift; less is a copy of the edge.",
            "ColourStep.cs", method => method.ColourStep, originals => originals.ColourStep),
        new("texture", 2, Preference.NearOriginals,
            "Fine detail of the new part over that of the known part. Less than the originals' is blur, more is noise.",
            "TextureMetric.cs", method => method.Texture, originals => originals.Texture),
        new("mirror", 2, Preference.NearOriginals,
            "Correlation of the new part's detail with the mirrored known part: 1 for a mirror image. More than the originals' is an echo.",
            "MirrorMetric.cs", method => method.Mirror, originals => originals.Mirror),
    ];
}
