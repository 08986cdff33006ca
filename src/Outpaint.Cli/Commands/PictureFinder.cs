using Outpaint.Imaging;

namespace Outpaint.Cli.Commands;

/// <summary>Finds the pictures that a user means by files and folders.</summary>
internal static class PictureFinder
{
    /// <summary>What the name of a result has after its picture's name.</summary>
    public const string ResultSuffix = "_outpainted";

    /// <summary>Lists files as they are given and the pictures of folders by name, without their subfolders.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="outputFolder">Where results go: a folder that is both input and output does not feed on its results.</param>
    /// <exception cref="PictureException">A path does not exist, or a folder has no pictures.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths, string outputFolder)
    {
        var pictures = new List<string>();
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
                pictures.AddRange(InFolder(path, outputFolder));
            else if (File.Exists(path))
                pictures.Add(path);
            else
                throw new PictureException(path, "no such file or folder; check the path.");
        }
        return pictures;
    }

    private static string[] InFolder(string folder, string outputFolder)
    {
        bool holdsResults = Path.GetFullPath(folder).TrimEnd('/') == Path.GetFullPath(outputFolder).TrimEnd('/');
        string[] pictures = [.. Directory.EnumerateFiles(folder)
            .Where(file => PictureFormat.IsSupported(file) && !Path.GetFileName(file).StartsWith('.'))
            .Where(file => !(holdsResults && Path.GetFileNameWithoutExtension(file).EndsWith(ResultSuffix, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];
        return pictures.Length > 0 ? pictures : throw new PictureException(folder, "no pictures in this folder; name one that holds JPEG, PNG, WebP, TIFF, AVIF or HEIC files.");
    }
}
