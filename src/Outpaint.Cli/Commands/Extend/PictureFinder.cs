using Microsoft.Extensions.FileSystemGlobbing;
using Outpaint.Data;
using Outpaint.Imaging;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>Finds the pictures that a user means by files, folders, patterns and lists.</summary>
/// <param name="recursive">Whether folders are searched with their subfolders.</param>
/// <param name="outputFolder">Where results go: those of an earlier run in it are not taken for pictures to extend.</param>
/// <param name="standardInput">What the list "-" is read from.</param>
/// <param name="cancellation">Looked at while a list is awaited.</param>
internal sealed class PictureFinder(bool recursive, string outputFolder, TextReader standardInput, CancellationToken cancellation)
{
    /// <summary>The input that is a list from standard input.</summary>
    public const string StandardInput = "-";

    private const char Wildcard = '*';
    private const string AnyFolders = "**";

    private readonly List<PictureResult> failures = [];

    /// <summary>Inputs that hold no pictures and folders that may not be read: the others go on without them.</summary>
    public IReadOnlyList<PictureResult> Failures => failures;

    /// <summary>Lists pictures in the order of the inputs, each once; those of a folder or pattern by name.</summary>
    /// <param name="inputs">
    /// Files; folders; patterns with * for a part of a name and ** for any folders, in any case; @FILE or - for a list
    /// of files and folders, one per line.
    /// </param>
    public IReadOnlyList<InputPicture> Find(IEnumerable<string> inputs) =>
        [.. inputs.SelectMany(input => Attempt(input, Expand)).DistinctBy(picture => Path.GetFullPath(picture.Path))];

    private IReadOnlyList<InputPicture> Attempt(string input, Func<string, IReadOnlyList<InputPicture>> expand)
    {
        try
        {
            return expand(input);
        }
        catch (Exception e) when (e is PictureException or IOException or UnauthorizedAccessException)
        {
            failures.Add(new PictureResult(input, e.Message));
            return [];
        }
    }

    private IReadOnlyList<InputPicture> Expand(string input)
    {
        if (input == StandardInput)
            return InList(input, standardInput.ReadToEnd);
        if (input is "@" or "")
            throw new PictureException($"'{input}'", "no file name; name a picture, a folder or @LIST.");
        if (input.StartsWith('@'))
        {
            if (!File.Exists(input[1..]))
                throw new PictureException(input, input[1..] == StandardInput ? "no such list of pictures; a list from standard input is a lone -, without the @." : "no such list of pictures; check the path. A picture whose own name starts with @ is given with its folder: ./@photo.jpg.");
            return InList(input, () => File.ReadAllText(input[1..]));
        }
        return input.Contains(Wildcard) && !Path.Exists(input) ? Matching(input) : Named(input);
    }

    private IReadOnlyList<InputPicture> Named(string path)
    {
        if (Directory.Exists(path))
            return InFolder(path);
        return File.Exists(path) ? [new InputPicture(path, Path.GetFileName(path))] : throw new PictureException(path, Absence(path));
    }

    // A path without a picture fails by itself: a long list is not given up for it.
    private List<InputPicture> InList(string name, Func<string> read)
    {
        string list = Read(name, read);
        var pictures = new List<InputPicture>();
        int failuresBefore = failures.Count;
        // Names may hold what Unicode, too, calls the end of a line.
        foreach (string line in list.Split('\n').Select(line => line.EndsWith('\r') ? line[..^1] : line))
        {
            if (line.Contains('\0'))
                throw new PictureException(name, "the list has zero bytes; give one path per line (find without -print0).");
            if (!string.IsNullOrWhiteSpace(line))
                pictures.AddRange(Attempt(line, Named));
        }
        return pictures.Count > 0 || failures.Count > failuresBefore ? pictures : throw new PictureException(name, "the list is empty; give one path per line.");
    }

    private string Read(string name, Func<string> read)
    {
        try
        {
            // On a thread of its own, as a reader cannot be interrupted, and a pipe may keep it waiting.
            return Task.Run(read).WaitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PictureException(name, $"the list cannot be read ({e.Message.TrimEnd('.')}); give one that can.");
        }
    }

    private InputPicture[] InFolder(string folder) => Below(folder, recursive, _ => true, new PictureException(folder, recursive
        ? $"no pictures in this folder or below; name one that holds {PictureFormat.Names} files."
        : $"no pictures in this folder; name one that holds {PictureFormat.Names} files, or give --recursive to search its subfolders."));

    private InputPicture[] Matching(string pattern)
    {
        int slash = pattern.LastIndexOf('/', pattern.IndexOf(Wildcard));
        string folder = pattern[..(slash + 1)], rest = pattern[(slash + 1)..];
        if (rest.Split('/').Contains(".."))
            throw new PictureException(pattern, "'..' cannot stand behind a wildcard; name the folder that it leads to.");
        Matcher matcher = new Matcher(StringComparison.OrdinalIgnoreCase).AddInclude(rest);
        var nothing = new PictureException(pattern, "no picture matches; check the pattern.");
        return Directory.Exists(folder is "" ? "." : folder)
            ? Below(folder, rest.Contains('/') || rest.Contains(AnyFolders), name => matcher.Match(name).HasMatches, nothing)
            : throw nothing;
    }

    private InputPicture[] Below(string folder, bool withSubfolders, Predicate<string> isWanted, PictureException nothing)
    {
        string start = folder is "" ? "." : folder;
        int failuresBefore = failures.Count;
        InputPicture[] pictures =
        [
            .. FolderFiles.Names(start, withSubfolders, hidden: false, AddUnreadable)
                .Where(name => PictureFormat.IsSupported(name) && !IsResult(Path.Combine(start, name)) && isWanted(name))
                .Select(name => new InputPicture(Path.Combine(folder, name), name)),
        ];
        // What may not be read may well hold some.
        return pictures.Length > 0 || failures.Count > failuresBefore ? pictures : throw nothing;
    }

    private void AddUnreadable(string folder, Exception e) =>
        failures.Add(new PictureResult(folder, $"{folder}: this folder cannot be read ({e.Message.TrimEnd('.')}); check its permissions."));

    private bool IsResult(string file) =>
        ResultName.Matches(file) && !Path.GetRelativePath(outputFolder, file).StartsWith("..", StringComparison.Ordinal);

    // To File.Exists, what it may not look at does not exist.
    private static string Absence(string path)
    {
        try
        {
            File.GetAttributes(path);
        }
        catch (UnauthorizedAccessException)
        {
            return "a folder in this path may not be entered; check its permissions.";
        }
        catch (IOException)
        {
            // It does not exist, or for a reason that comes to the same.
        }
        return PictureFile.NameProblem(path) ?? "no such file or folder; check the path.";
    }
}
