using Outpaint.Data;
using Outpaint.Models;
using Outpaint.Torch;

namespace Outpaint.Training.Batches;

/// <summary>
/// All photos on the device, uploaded once as bytes. A step's crops are cut and resized there by as many operators for
/// a large batch as for a small one, of the same shapes at every step, and nothing waits for the host.
/// </summary>
/// <remarks>
/// Resizing is linear, and the same for rows and columns of a square: W X W^T, with a matrix W per crop that holds the
/// weights of <see cref="HostPhotos"/>' antialiased interpolation, so both make the same canvases but for rounding.
/// Sampling at points, as grid_sample does, would alias where a crop is larger than its canvas.
/// </remarks>
internal sealed class ResidentPhotos : IPhotoSource
{
    private readonly int size;
    private readonly Device device;
    private readonly int window;
    private readonly Tensor pixels; // [pixels of all photos, 3], UInt8
    private readonly Tensor starts; // [photos], Int64: where each one's pixels begin
    private readonly Tensor widths; // [photos], Int64

    private ResidentPhotos(ImageDataset dataset, TrainingOptions options, Device device)
    {
        (size, this.device) = (options.ImageSize, device);
        window = Enumerable.Range(0, dataset.Count).Max(photo => BatchSampler.LargestCrop(dataset, photo, options));
        pixels = TensorScope.Release(Tensor.Zeros([Bytes(dataset) / 3, 3], DType.UInt8, device));
        var begins = new long[dataset.Count];
        long next = 0;
        for (int photo = 0; photo < begins.Length; photo++)
        {
            ReadOnlySpan<byte> bytes = dataset.Pixels(photo);
            using Tensor source = Tensor.FromBytes(bytes, [bytes.Length / 3, 3], DType.UInt8);
            using Tensor place = pixels.Narrow(0, next, bytes.Length / 3);
            place.Copy_(source);
            begins[photo] = next;
            next += bytes.Length / 3;
        }

        starts = TensorScope.Release(Tensor.From(begins).Upload(device));
        widths = TensorScope.Release(Tensor.From([.. Enumerable.Range(0, dataset.Count).Select(photo => (long)dataset.Size(photo).Width)]).Upload(device));
    }

    /// <summary>Uploads the photos, or returns null where they take more than so many bytes.</summary>
    internal static ResidentPhotos? TryUpload(ImageDataset dataset, TrainingOptions options, Device device, long budget) =>
        Bytes(dataset) <= budget ? new ResidentPhotos(dataset, options, device) : null;

    /// <inheritdoc/>
    public TrainingBatch Load(BatchPlan plan) => new(plan, size, device, Canvases);

    public void Dispose()
    {
        pixels.Dispose();
        starts.Dispose();
        widths.Dispose();
    }

    private static long Bytes(ImageDataset dataset) =>
        Enumerable.Range(0, dataset.Count).Sum(photo => (long)dataset.Pixels(photo).Length);

    private Tensor Canvases(BatchNumbers numbers)
    {
        Tensor side = numbers.Side;
        Tensor weights = Weights(side);
        // In TF32, as a GPU may compute it, a result is off by less than half a grey level: bytes are exact in it.
        return PixelRange.FromBytes(weights.MatMul(Windows(numbers, side)).MatMul(weights.Permute(0, 1, 3, 2)));
    }

    // [N, 3, window, window], Float32 in 0..255: each crop, its last row and column repeated up to the largest crop's side.
    private Tensor Windows(BatchNumbers numbers, Tensor side)
    {
        Tensor photo = numbers.Photo;
        Tensor width = widths.IndexSelect(0, photo);
        Tensor first = starts.IndexSelect(0, photo) + (numbers.Top * width) + numbers.Left;
        Tensor offset = Dispatcher.Call("minimum", Tensor.Arange(0, window, DType.Float64, device), side.Reshape(-1, 1) - 1).To(DType.Int64);
        Tensor rows = first.Reshape(-1, 1) + (offset * width.Reshape(-1, 1));
        Tensor index = rows.Unsqueeze(2) + offset.Unsqueeze(1);
        return pixels.IndexSelect(0, index.Reshape(-1)).Reshape(-1, window, window, 3).Permute(0, 3, 1, 2).To(DType.Float32);
    }

    // [N, 1, size, window]: a triangle around where each pixel of the canvas lies in the crop, as wide as the pixel is
    // there but at least two pixels, cut off at the crop's edge; each row sums to 1.
    private Tensor Weights(Tensor side)
    {
        Tensor pixel = Tensor.Arange(0, window, DType.Float32, device) + 0.5;
        Tensor canvasPixel = (Tensor.Arange(0, size, DType.Float32, device) + 0.5).Reshape(1, -1, 1);
        Tensor sides = side.To(DType.Float32).Reshape(-1, 1, 1);
        Tensor scale = sides / size;
        Tensor distance = (pixel - (canvasPixel * scale)).Abs() / scale.ClampMin(1);
        Tensor inside = Dispatcher.Call("lt.Tensor", pixel, sides).To(DType.Float32);
        Tensor weights = (1 - distance).ClampMin(0) * inside;
        return (weights / weights.Sum([2], keepDimensions: true)).Unsqueeze(1);
    }
}
