using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Tracking;
using Outpaint.Training.Batches;
using Outpaint.Training.Masks;

namespace Outpaint.Training.Runs;

/// <summary>Pictures of how far a run is: a row each of what the generator gets, what it makes, and the originals.</summary>
internal sealed class SampleGrid : IDisposable
{
    private const int Columns = 8;
    private const float Gray = 0;

    private readonly TrainingBatch batch;
    private readonly int size;

    // Centred crops with the hole of ratio 0.5.
    private SampleGrid(ImageDataset dataset, int[] chosen, int size, Device device)
    {
        this.size = size;
        var plan = new BatchPlan(
            [.. chosen.Select(i => Centre(i, dataset.Size(i)))],
            new bool[chosen.Length],
            [.. Enumerable.Repeat(MaskSampler.AllRound(size), chosen.Length)]);
        batch = new HostPhotos(dataset, size, device).Load(plan);
    }

    /// <summary>
    /// Takes the same photos every time, spread over those to validate on, of which no other is decoded; or over the
    /// training photos where there are none.
    /// </summary>
    /// <exception cref="DataException">None of the photos to validate on can be read.</exception>
    internal static SampleGrid Create(TrainingOptions options, ImageDataset training, IReadOnlyList<ImageEntry> validation, Device device)
    {
        if (validation.Count == 0)
            return new SampleGrid(training, Spread(training.Count), options.ImageSize, device);
        using ImageDataset chosen = ImageDataset.Load([.. Spread(validation.Count).Select(i => validation[i])], options.Decoding());
        return new SampleGrid(chosen, Spread(chosen.Count), options.ImageSize, device);
    }

    /// <summary>The grid as a picture to record.</summary>
    internal TrackedImage Take(Generator generator) => new(
        "samples", PlainPng.Encode(Draw(generator)), "Top to bottom: input, output, original");

    /// <summary>Draws the grid, [3 size, count size].</summary>
    private RgbImage Draw(Generator generator)
    {
        using TensorScope scope = new();
        using GradMode noGrad = GradMode.Disabled();
        (Tensor original, Tensor mask, _) = batch.ToTensors();
        Tensor output = original + ((generator.Forward(original, mask) - original) * mask);
        Tensor holed = (original * (1 - mask)) + (mask * Gray);
        Tensor rows = Tensor.Stack([holed, output, original]); // [3, N, 3, H, W]
        Tensor bytes = PixelRange.ToBytes(rows);
        long count = original.Size(0);
        byte[] pixels = bytes.Permute(0, 3, 1, 4, 2).Contiguous().ToArray<byte>(); // [3, H, N, W, 3]
        return new RgbImage((int)count * size, 3 * size, pixels);
    }

    /// <summary>Releases the photos.</summary>
    public void Dispose() => batch.Dispose();

    private static int[] Spread(int photos)
    {
        int columns = Math.Min(Columns, photos);
        return [.. Enumerable.Range(0, columns).Select(i => i * photos / columns)];
    }

    private static Crop Centre(int index, (int Width, int Height) photo)
    {
        int side = Math.Min(photo.Width, photo.Height);
        return new Crop(index, (photo.Width - side) / 2, (photo.Height - side) / 2, side);
    }
}
