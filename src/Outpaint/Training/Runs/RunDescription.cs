using System.Text.Json;
using System.Text.Json.Nodes;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Tracking;

namespace Outpaint.Training.Runs;

/// <summary>What is recorded of a run before its first step: its options and its networks.</summary>
internal static class RunDescription
{
    // Whose best value stands for a run, not the last.
    private static readonly MetricDefinition[] Scores =
    [
        new("val/psnr", Summary: MetricSummary.Max), new("val/ssim", Summary: MetricSummary.Max), new("val/l1", Summary: MetricSummary.Min),
        new("val/lpips", Summary: MetricSummary.Min), new("val/fid768", Summary: MetricSummary.Min),
    ];

    /// <summary>Records it.</summary>
    /// <param name="tracker">Where.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="networks">What learns.</param>
    /// <param name="features">What the projected discriminators sit on.</param>
    /// <param name="device">Where the networks are.</param>
    internal static void Record(ITracker tracker, TrainingOptions options, TrainingNetworks networks, FeatureNetworks features, Device device)
    {
        ModelDescription[] models = [.. Describe(options.ImageSize, networks, features, device)];
        var config = (JsonObject)JsonSerializer.SerializeToNode(options, TrainingJson.Config)!;
        config["model"] = new JsonObject(models.Select(model => KeyValuePair.Create<string, JsonNode?>(model.Name, model.ToJson())));
        tracker.Configure(config);
        if (options.Validates)
            Array.ForEach(Scores, tracker.Define);
        foreach (ModelDescription model in models)
            tracker.LogModel(model);
    }

    private static IEnumerable<ModelDescription> Describe(int size, TrainingNetworks networks, FeatureNetworks features, Device device)
    {
        using Tensor image = Tensor.Zeros([1, 3, size, size], DType.Float32, device), mask = Tensor.Zeros([1, 1, size, size], DType.Float32, device);
        yield return Architecture.Describe("generator", networks.Generator, () => networks.Generator.Forward(image, mask));
        yield return Architecture.Describe("patch_discriminator", networks.Patch, () => networks.Patch.Forward(image, mask));
        if (!features.IsEmpty)
        {
            yield return Architecture.Describe("projected_discriminator", networks.Projected, () =>
            {
                Tensor[] maps = features.ForwardForDiscriminators(image);
                networks.Projected.Forward(maps, mask, ProjectedDiscriminator.Sizes(maps));
            });
        }
    }
}
