namespace Outpaint.Imaging;

/// <summary>A picture could not be read or written. The message is one line for a person: which file, what is wrong, what to do.</summary>
public sealed class PictureException : Exception
{
    /// <summary>Creates the message "<paramref name="name"/>: <paramref name="problem"/>".</summary>
    public PictureException(string name, string problem)
        : base($"{name}: {problem}") => Problem = problem;

    /// <summary>What is wrong and what to do, without the file's name.</summary>
    public string Problem { get; }
}
