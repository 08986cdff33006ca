using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Models;
using Outpaint.Torch;
using Outpaint.Tracking;

namespace Outpaint.Training;

/// <summary>Pictures of how far a run is: a row each of what the generator gets, what it makes, and the originals.</summary>
internal sealed class SampleGrid : IDisposable
{
    private const int Columns = 8;
    private const float Gray = 0;

    private readonly TrainingBatch batch;
    private readonly int size;

    /// <summary>Takes the same centred crops every time, spread over the data set, with the hole of ratio 0.5.</summary>
    internal SampleGrid(ImageDataset dataset, int size, Device device)
    {
        this.size = size;
        int count = Math.Min(Columns, dataset.Count);
        int[] chosen = [.. Enumerable.Range(0, count).Select(i => i * dataset.Count / count)];
        var plan = new BatchPlan(
            [.. chosen.Select(i => Centre(i, dataset.Size(i)))], new bool[count], [.. Enumerable.Repeat(MaskSampler.AllRound(size), count)]);
        batch = new HostPhotos(dataset, size, device).Load(plan);
    }

    /// <summary>The grid as a picture to record.</summary>
    internal TrackedImage Take(Generator generator) => new(
        "samples", PlainPng.Encode(Draw(generator)), "Top to bottom: input, output, original");

    /// <summary>Draws the grid, [3 size, count size].</summary>
    private RgbImage Draw(Generator generator)
    {
        using TensorScope scope = new();
        using GradMode noGrad = GradMode.Disabled();
        (Tensor original, Tensor mask) = batch.ToTensors();
        Tensor output = original + ((generator.Forward(original, mask) - original) * mask);
        Tensor holed = (original * (1 - mask)) + (mask * Gray);
        Tensor rows = Tensor.Stack([holed, output, original]); // [3, N, 3, H, W]
        Tensor bytes = ((rows.Clamp(-1, 1) + 1) * 127.5).Round().To(DType.UInt8);
        long count = original.Size(0);
        byte[] pixels = bytes.Permute(0, 3, 1, 4, 2).Contiguous().ToArray<byte>(); // [3, H, N, W, 3]
        return new RgbImage((int)count * size, 3 * size, pixels);
    }

    /// <summary>Releases the photos.</summary>
    public void Dispose() => batch.Dispose();

    private static Crop Centre(int index, (int Width, int Height) photo)
    {
        int side = Math.Min(photo.Width, photo.Height);
        return new Crop(index, (photo.Width - side) / 2, (photo.Height - side) / 2, side);
    }
}
