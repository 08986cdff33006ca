using Outpaint.Models;

namespace Outpaint.Cli.Commands;

/// <summary>Which weights a command runs.</summary>
internal static class GeneratorWeights
{
    /// <summary>The file that the user named, or the built-in one.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    public static string Resolve(string? named)
    {
        if (named is not null)
            return WeightsOption.Require("--weights", named);
        return File.Exists(GeneratorFile.BuiltIn) ? GeneratorFile.BuiltIn : throw new FileNotFoundException($"{GeneratorFile.BuiltIn}: the built-in weights are missing; give --weights FILE.");
    }
}
