using System.Runtime.InteropServices;

namespace Outpaint.Imaging.Metadata;

/// <summary>What the native bridge says of a picture: <c>ov_description</c>.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="XResolution">Pixels per millimetre.</param>
/// <param name="YResolution">The same, downwards.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct PhotoDescription(int Width, int Height, double XResolution, double YResolution)
{
    /// <summary>The density that the file said, if with a unit; null where libvips has its own values for files that say none.</summary>
    public Density? Density => IsUniform(1) || IsUniform(72 / 25.4) ? null : new Density(XResolution, YResolution, HasUnit: true);

    private bool IsUniform(double value) => Math.Abs(XResolution - value) < 0.001 && Math.Abs(YResolution - value) < 0.001;
}
