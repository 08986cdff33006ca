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
    /// <summary>Whether the file said its resolution.</summary>
    public bool HasResolution => !IsUniform(1) && !IsUniform(72 / 25.4); // libvips' values for files that do not

    private bool IsUniform(double value) => Math.Abs(XResolution - value) < 0.001 && Math.Abs(YResolution - value) < 0.001;
}
