namespace Outpaint.Torch.Serialization;

/// <summary>A weights file that is damaged, not what it claims to be, or uses something that is not supported.</summary>
/// <remarks>The message is one line: the file, what is wrong with it, and what to do.</remarks>
public sealed class WeightsFormatException : Exception
{
    /// <summary>What to do about a file whose content contradicts itself.</summary>
    internal const string GetANewCopy = "The file is damaged: download or copy it again.";

    private const int LongestProblem = 300;

    /// <summary>Describes what is wrong with a file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="problem">What is wrong, without a full stop.</param>
    /// <param name="remedy">A sentence that says what to do.</param>
    /// <param name="innerException">The cause, if another exception told of it.</param>
    public WeightsFormatException(string path, string problem, string remedy = GetANewCopy, Exception? innerException = null)
        : base($"{path}: {PrintableText.Of(Shortened(problem))}. {remedy}", innerException)
    {
        (Path, Problem) = (path, problem);
    }

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }

    /// <summary>What is wrong, without a full stop; it may hold unprintable characters out of the file.</summary>
    public string Problem { get; }

    // Problems quote names out of the file, and a hostile name may hold megabytes.
    private static string Shortened(string problem) => problem.Length <= LongestProblem
        ? problem
        : $"{problem[..(LongestProblem / 2)]}…{problem[^(LongestProblem / 2)..]}";
}
