using System.Globalization;
using Outpaint.Torch;
using Outpaint.Torch.Modules;
using Outpaint.Torch.Serialization;

namespace Outpaint.Models;

/// <summary>A generator on disk: safetensors in half precision, its size in the metadata.</summary>
public static class GeneratorFile
{
    private const string Format = "outpaint-generator-1";

    /// <summary>Where the weights are that come with the library: beside the program that uses it.</summary>
    public static string BuiltIn { get; } = Path.Combine(AppContext.BaseDirectory, "weights", "outpaint.safetensors");

    /// <summary>Writes the weights; the path holds the old file or the whole new one at any moment.</summary>
    /// <param name="generator">The network to save.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="notes">More metadata, such as the images shown.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Generator generator, string path, IReadOnlyDictionary<string, string>? notes = null)
    {
        using TensorScope scope = new();
        var metadata = new Dictionary<string, string>(notes ?? new Dictionary<string, string>())
        {
            ["format"] = Format,
            ["width"] = generator.Options.Width.ToString(CultureInfo.InvariantCulture),
            ["depth"] = generator.Options.Depth.ToString(CultureInfo.InvariantCulture),
        };
        SafetensorsWriter.Write(path, generator.StateDict().ToDictionary(entry => entry.Key, entry => entry.Value.To(DType.Float16)), metadata);
    }

    /// <summary>Reads a generator, ready for use: in evaluation mode, without gradients.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged or is no generator.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static Generator Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault("format") != Format)
            throw new WeightsFormatException(path, "it holds no generator", "Give a file that training wrote, such as generator.safetensors in a run's folder.");
        int Number(string key) => int.TryParse(file.Metadata.GetValueOrDefault(key), CultureInfo.InvariantCulture, out int value) ? value : 0;
        var options = new GeneratorOptions(Number("width"), Number("depth"));
        try
        {
            options.Validate();
            if (!HoldsMiddle(file, options))
                throw new WeightsFormatException(path, $"its weights lack the middle of a network of width {options.Width} and depth {options.Depth}");
            using TensorScope scope = new();
            return Generator.ForUse(options, file.LoadAll());
        }
        catch (Exception e) when (e is ArgumentException or StateDictException)
        {
            throw new WeightsFormatException(path, e.Message.TrimEnd('.'));
        }
    }

    // Before a network of that size is made: a few bytes may claim one that no memory holds. Most weights are in these.
    private static bool HoldsMiddle(SafetensorsFile file, GeneratorOptions options)
    {
        long channels = 4L * options.Width;
        return Enumerable.Range(0, options.Depth).All(
            i => file.Entries.TryGetValue($"middle.{i}.spatial.weight", out TensorEntry? entry) && entry.Shape.SequenceEqual([channels, channels, 3, 3]));
    }
}
