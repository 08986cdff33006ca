using Outpaint.Data;
using Outpaint.Torch;

namespace Outpaint.Training.Batches;

/// <summary>Decides where the photos of a run are kept.</summary>
internal static class PhotoPlacement
{
    // The other half is for the step: activations, gradients and what cuDNN works in.
    private const double LargestShare = 0.5;

    // What making a batch takes per pixel of its largest crops: an index of 8 bytes, the pixels as bytes and twice in single
    // precision, and a little room.
    private const long BytesPerPixel = 40;

    /// <summary>On a GPU where they fit, else where the data set has them.</summary>
    internal static IPhotoSource Choose(ImageDataset dataset, TrainingOptions options, Device device)
    {
        double crop = options.ImageSize * options.CropScaleMax;
        long budget = device.Type == DeviceType.Cuda
            ? (long)((TorchRuntime.FreeGpuMemory * LargestShare) - (crop * crop * options.BatchSize * BytesPerPixel))
            : 0;
        return (IPhotoSource?)ResidentPhotos.TryUpload(dataset, options, device, budget) ?? new HostPhotos(dataset, options.ImageSize, device);
    }
}
