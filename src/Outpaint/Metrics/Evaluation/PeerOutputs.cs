using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Metrics.Evaluation;

/// <summary>Another program's outputs as a method: pictures in a folder, named after the photos.</summary>
public static class PeerOutputs
{
    private static readonly string[] Extensions = [".png", ".webp", ".jpg", ".jpeg"];

    /// <summary>Makes the method, named after the folder.</summary>
    /// <exception cref="PictureException">There is no such folder; or, when it runs: a photo's output is missing, cannot be read, or has another size.</exception>
    public static EvaluationMethod FromFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new PictureException(folder, "no such folder; name one that holds a picture per photo.");
        return new EvaluationMethod(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))), batch => Load(folder, batch));
    }

    /// <summary>Sees that there is an output of the right size for every photo, before hours are spent on the methods before it.</summary>
    /// <exception cref="PictureException">A photo's output is missing, cannot be read, or has another size.</exception>
    public static void RequireAll(string folder, EvaluationSet set)
    {
        foreach (string key in set.Keys)
            Open(Find(folder, key), set.Protocol.CanvasSize).Dispose();
    }

    private static Tensor Load(string folder, EvaluationBatch batch)
    {
        using var scope = new TensorScope();
        int side = (int)batch.Image.Size(2);
        return scope.Keep(Tensor.Stack([.. batch.Keys.Select(key => PixelRange.FromImage(Read(Find(folder, key), side)))]));
    }

    private static RgbImage Read(string file, int side)
    {
        using Photo photo = Open(file, side);
        return photo.ToRgb();
    }

    private static Photo Open(string file, int side)
    {
        Photo photo = Photo.Load(file);
        if (photo.Width == side && photo.Height == side)
            return photo;
        photo.Dispose();
        throw new PictureException(file, $"it has {photo.Width} x {photo.Height} pixels instead of {side} x {side}; outputs have the size of the exported inputs.");
    }

    private static string Find(string folder, string key) =>
        Extensions.Select(extension => Path.Combine(folder, key + extension)).FirstOrDefault(File.Exists)
        ?? throw new PictureException(Path.Combine(folder, key + Extensions[0]), "no such file; the folder needs an output for every photo that is scored.");
}
