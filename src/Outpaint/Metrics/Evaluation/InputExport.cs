using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>Writes the test cases as pictures, so that other programs can be run on the very same inputs.</summary>
public static class InputExport
{
    /// <summary>The mask's file name: white where the hole is, black where pixels are known.</summary>
    public const string MaskName = "mask.png";

    /// <summary>Writes the mask and, for each photo, its known square on a canvas whose hole is mid-grey, as KEY.png.</summary>
    /// <exception cref="PictureException">A file cannot be written, or a photo's name cannot be a file's of its own in the folder.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the pictures written so far are whole.</exception>
    public static void Write(EvaluationSet set, string folder, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope();
        CheckNames(set.Keys, Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        Directory.CreateDirectory(folder);
        long side = set.Protocol.CanvasSize;
        Tensor mask = PixelRange.ToBytes((set.Protocol.Mask.Expand(1, 3, side, side) * 2) - 1);
        Photo.SavePng(PixelRange.ToImage(mask[0]), Path.Combine(folder, MaskName));
        for (int i = 0; i < set.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var one = new TensorScope();
            string file = Path.Combine(folder, set.Keys[i] + ".png");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            Photo.SavePng(PixelRange.ToImage(PixelRange.ToBytes(set.Batch(i, 1).Image)[0]), file);
        }
    }

    // Names in a shard are whatever its maker wrote.
    private static void CheckNames(IReadOnlyList<string> keys, string folder)
    {
        var files = new HashSet<string> { Path.Combine(folder, MaskName) };
        foreach (string key in keys)
        {
            string file = Path.GetFullPath(Path.Combine(folder, key + ".png"));
            if (!file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new PictureException(key, "its name leads out of the folder; rename the photo.");
            if (!files.Add(file))
                throw new PictureException(key, $"the file {Path.GetFileName(file)} would be written twice; rename the photo, or export each data path into a folder of its own.");
        }
    }
}
