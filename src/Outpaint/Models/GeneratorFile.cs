using System.Text.Json;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;

namespace Outpaint.Models;

/// <summary>Generators as files: safetensors, the weights in half precision and the options among the metadata.</summary>
public static class GeneratorFile
{
    private const string OptionsKey = "generator";

    /// <summary>Writes the weights and the options; at any moment the path holds the old file or the whole new one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Generator generator, string path)
    {
        using var scope = new TensorScope();
        Dictionary<string, Tensor> halves = generator.StateDict().ToDictionary(entry => entry.Key, entry => entry.Value.Detach().To(DType.Float16));
        SafetensorsWriter.Write(path, halves, new Dictionary<string, string> { [OptionsKey] = JsonSerializer.Serialize(generator.Options) });
    }

    /// <summary>Builds the generator that a file describes, on the CPU, in single precision and evaluation mode.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged, or holds something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Generator Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Generator? generator = null;
        try
        {
            generator = new Generator(ReadOptions(file));
            using (new TensorScope())
                generator.LoadStateDict(file.Names.ToDictionary(name => name, file.Load));
            generator.Train(false);
            return generator;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or ArgumentException)
        {
            generator?.Dispose();
            throw new WeightsFormatException(path, "it holds no generator of this program", "Name a generator that was trained with it.", e);
        }
    }

    private static GeneratorOptions ReadOptions(SafetensorsFile file)
    {
        GeneratorOptions options = JsonSerializer.Deserialize<GeneratorOptions>(file.Metadata[OptionsKey])
            ?? throw new JsonException($"\"{OptionsKey}\" is null.");
        options.Validate();
        return options;
    }
}
