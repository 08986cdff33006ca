using Outpaint.Torch;
using Outpaint.Torch.Modules;

namespace Outpaint.Models.Features;

/// <summary>Turns convolution + batch normalisation at inference into one convolution with a bias.</summary>
internal static class BatchNormFolding
{
    /// <summary>The weights under the wanted names, folded where torchvision keeps the normalisation apart.</summary>
    /// <param name="weights">A torchvision state dict, folded or not.</param>
    /// <param name="wanted">The names of the folded network; those that the weights lack are left out.</param>
    /// <param name="epsilon">What the normalisation adds to the variance.</param>
    internal static Dictionary<string, Tensor> Fold(IReadOnlyDictionary<string, Tensor> weights, IEnumerable<string> wanted, double epsilon = 1e-5)
    {
        var folded = new Dictionary<string, Tensor>();
        foreach (string name in wanted)
        {
            string convolution = name[..name.LastIndexOf('.')];
            string norm = NormOf(convolution);
            if (weights.ContainsKey(norm + ".running_var"))
            {
                using Tensor variance = weights.Require(norm + ".running_var") + epsilon;
                using Tensor scale = weights.Require(norm + ".weight") / variance.Sqrt();
                folded[name] = name.EndsWith(".weight", StringComparison.Ordinal)
                    ? weights.Require(name) * scale.Reshape(-1, 1, 1, 1)
                    : weights.Require(norm + ".bias") - (weights.Require(norm + ".running_mean") * scale);
            }
            else if (weights.TryGetValue(name, out Tensor? own))
            {
                folded[name] = own;
            }
        }

        return folded;
    }

    // torchvision: conv1 -> bn1, layer1.0.conv2 -> layer1.0.bn2, downsample.0 -> downsample.1
    private static string NormOf(string convolution) => convolution.EndsWith("downsample.0", StringComparison.Ordinal)
        ? convolution[..^1] + "1"
        : convolution.Replace("conv", "bn", StringComparison.Ordinal);
}
