using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Outpaint.Tracking.Wandb;

/// <summary>A picture or graph of a run, and the JSON that stands for it (github.com/wandb/wandb, sdk/data_types).</summary>
/// <param name="Path">Where it lies below the run's files; W&amp;B finds its kind by that.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Description">What history or summary say of it.</param>
internal sealed record MediaFile(string Path, byte[] Content, JsonObject Description)
{
    private const int HashDigitsInNames = 20;

    /// <summary>The pictures of one key and step: one stands alone, several side by side.</summary>
    /// <returns>The files, and the value of the key.</returns>
    internal static (MediaFile[] Files, JsonObject Description) Images(string key, long step, IReadOnlyList<TrackedImage> images)
    {
        if (images is [var only])
        {
            MediaFile file = Image($"{key}_{step}", only, hashInName: true);
            return ([file], file.Description);
        }

        // Named by their order, for servers that do not look at "filenames".
        MediaFile[] files = [.. images.Select((image, index) => Image($"{key}_{step}_{index}", image, hashInName: false))];
        var list = new JsonObject
        {
            ["_type"] = "images/separated",
            ["width"] = images[0].Width,
            ["height"] = images[0].Height,
            ["format"] = "png",
            ["count"] = images.Count,
            ["filenames"] = new JsonArray([.. files.Select(file => JsonValue.Create(file.Path))]),
        };
        if (images.Any(image => image.Caption is not null))
            list["captions"] = new JsonArray([.. images.Select(image => JsonValue.Create(image.Caption ?? ""))]);
        return (files, list);
    }

    /// <summary>A network, for the page "Model".</summary>
    internal static MediaFile Graph(string key, ModelDescription model)
    {
        var nodes = new JsonArray([.. model.Layers.Select((layer, index) => new JsonObject
        {
            ["name"] = layer.Name,
            ["id"] = index + 1,
            ["class_name"] = layer.Type,
            ["parameters"] = new JsonArray([.. layer.Parameters.Select(parameter => new JsonArray(parameter.Name, Numbers(parameter.Shape)))]),
            ["output_shape"] = Numbers(layer.OutputShape),
            ["num_parameters"] = Numbers(layer.Parameters.Select(parameter => parameter.Count)),
        })]);
        var graph = new JsonObject { ["format"] = "torch", ["nodes"] = nodes, ["edges"] = new JsonArray() };
        return Describe("graph-file", "graph", $"{key}_summary", ".graph.json", Encoding.UTF8.GetBytes(WandbJson.Serialize(graph)), hashInName: true);
    }

    private static MediaFile Image(string name, TrackedImage image, bool hashInName)
    {
        MediaFile file = Describe("image-file", "images", name, ".png", image.Png, hashInName);
        file.Description["format"] = "png";
        file.Description["width"] = image.Width;
        file.Description["height"] = image.Height;
        if (image.Caption is not null)
            file.Description["caption"] = image.Caption;
        return file;
    }

    private static MediaFile Describe(string type, string folder, string name, string extension, byte[] content, bool hashInName)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(content));
        string path = $"media/{folder}/{SafePath(name)}{(hashInName ? "_" + hash[..HashDigitsInNames] : "")}{extension}";
        return new MediaFile(path, content, new JsonObject { ["_type"] = type, ["sha256"] = hash, ["size"] = content.Length, ["path"] = path });
    }

    // Slashes make folders, but none may lead out of the run's.
    private static string SafePath(string name) => string.Join('/', name
        .Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part is "." or ".." ? part.Replace('.', '_') : part));

    private static JsonArray Numbers(IEnumerable<long> numbers) => new([.. numbers.Select(number => JsonValue.Create(number))]);
}
