using Outpaint.Models;
using Outpaint.Models.Features;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Metrics.Fid;

/// <summary>Reads the FID Inception from either kind of file, under the names of its TensorFlow graph, batch norm folded.</summary>
internal static class InceptionWeights
{
    // torchvision's InceptionV3, whose names pytorch-fid's file has.
    private const double BatchNormEpsilon = 1e-3;
    private static readonly string[] Stem = ["Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "Conv2d_3b_1x1", "Conv2d_4a_3x3"];
    private static readonly string[] Blocks =
        ["Mixed_5b", "Mixed_5c", "Mixed_5d", "Mixed_6a", "Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e", "Mixed_7a", "Mixed_7b", "Mixed_7c"];

    /// <summary>Loads weights and biases of the convolutions; the tensors belong to the enclosing scope.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged, or is torchvision's own Inception.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        IReadOnlyDictionary<string, Tensor> weights = WeightsFile.Load(path);
        if (!weights.ContainsKey(Stem[0] + ".conv.weight"))
            return weights;
        if (weights.TryGetValue("fc.weight", out Tensor? classifier) && classifier.Size(0) == 1000)
            throw new WeightsFormatException(
                path, "it is torchvision's Inception, whose features give another distance than FID", "Give pytorch-fid's pt_inception-2015-12-05-6726825d.pth.");

        string[] convolutions = [.. weights.Keys.Where(name => name.EndsWith(".conv.weight", StringComparison.Ordinal)).Select(name => name[..^".weight".Length])];
        Dictionary<string, Tensor> folded = BatchNormFolding.Fold(
            weights, convolutions.SelectMany(name => new[] { name + ".weight", name + ".bias" }), BatchNormEpsilon);
        return folded.ToDictionary(entry => GraphName(entry.Key), entry => entry.Value);
    }

    // "Mixed_5c.branch5x5_2.conv.weight" to "mixed_1_tower_conv_1.weight"
    private static string GraphName(string name)
    {
        string[] parts = name.Split('.');
        int inStem = Array.IndexOf(Stem, parts[0]);
        int block = Array.IndexOf(Blocks, parts[0]);
        if (inStem >= 0)
            return $"conv{Numbered(inStem)}.{parts[^1]}";
        return block >= 0 ? $"mixed{Numbered(block)}_{BranchName(parts[1], parts[0] == "Mixed_6a")}.{parts[^1]}" : name;
    }

    private static string BranchName(string branch, bool hasOneTower) => branch switch
    {
        "branch1x1" or "branch3x3" => "conv",
        "branch_pool" => "tower_2_conv",
        "branch3x3_2a" => "tower_mixed_conv",
        "branch3x3_2b" => "tower_mixed_conv_1",
        "branch3x3dbl_3a" => "tower_1_mixed_conv",
        "branch3x3dbl_3b" => "tower_1_mixed_conv_1",
        _ => $"{TowerName(branch, hasOneTower)}_conv{Numbered(branch[^1] - '1')}",
    };

    private static string TowerName(string branch, bool hasOneTower)
    {
        bool isSecond = branch.Contains("dbl_", StringComparison.Ordinal) || branch.Contains("7x7x3_", StringComparison.Ordinal);
        return isSecond && !hasOneTower ? "tower_1" : "tower";
    }

    // The graph's names count from none: conv, conv_1, conv_2.
    private static string Numbered(int index) => index == 0 ? "" : $"_{index}";
}
