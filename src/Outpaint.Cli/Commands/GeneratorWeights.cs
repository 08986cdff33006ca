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
            return WeightsOption.Require("--weights", named);
        return File.Exists(BuiltIn) ? BuiltIn : throw new FileNotFoundException($"{BuiltIn}: the built-in weights are missing; give --weights FILE.");
    }
}
