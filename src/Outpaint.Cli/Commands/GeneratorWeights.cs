using Outpaint.Torch.Serialization;

namespace Outpaint.Cli.Commands;

/// <summary>Which weights a command runs.</summary>
internal static class GeneratorWeights
{
    /// <summary>The weights that come with the program.</summary>
    public static string BuiltIn => Path.Combine(AppContext.BaseDirectory, "weights", "outpaint.safetensors");

    /// <summary>The file that the user named, or the built-in one.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    public static string Resolve(string? named)
    {
        if (named is not null)
            return Require("--weights", named);
        return File.Exists(BuiltIn) ? BuiltIn : throw new FileNotFoundException($"{BuiltIn}: the built-in weights are missing; give --weights FILE.");
    }

    /// <summary>The weights file that an option names.</summary>
    /// <exception cref="FileNotFoundException">It does not exist, or is a folder.</exception>
    public static string Require(string option, string file) =>
        WeightsFile.Problem(file) is { } problem ? throw new FileNotFoundException($"{option} is {file}, which {problem}.") : file;
}
