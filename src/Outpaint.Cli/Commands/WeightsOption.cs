using Outpaint.Torch.Serialization;

namespace Outpaint.Cli.Commands;

/// <summary>Options that name a file of weights, whichever network's.</summary>
internal static class WeightsOption
{
    /// <summary>The file.</summary>
    /// <exception cref="FileNotFoundException">It does not exist, or is a folder.</exception>
    public static string Require(string option, string file) =>
        WeightsFile.Problem(file) is { } problem ? throw new FileNotFoundException($"{option} is {file}, which {problem}.") : file;
}
