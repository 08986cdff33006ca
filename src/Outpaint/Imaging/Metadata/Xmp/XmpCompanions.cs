using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata.Xmp;

/// <summary>
/// What an XMP packet says of data beside the picture that a new file does not have: the film of a motion photo, the gain
/// map of an Ultra HDR photo, a depth map. Viewers that believe it look for them in vain.
/// </summary>
internal static class XmpCompanions
{
    private static readonly XNamespace Camera = "http://ns.google.com/photos/1.0/camera/";

    // The parts of the file, Adobe's and Apple's gain maps, depth maps and the picture without blur that goes with them.
    private static readonly XNamespace[] Companions =
    [
        "http://ns.google.com/photos/1.0/container/", "http://ns.adobe.com/hdr-gain-map/1.0/", "http://ns.apple.com/HDRGainMap/1.0/",
        "http://ns.google.com/photos/1.0/depthmap/", "http://ns.google.com/photos/1.0/image/", "http://ns.google.com/photos/dd/1.0/device/",
    ];

    /// <summary>Removes it, and says whether there was any.</summary>
    public static bool Remove(XDocument document)
    {
        XObject[] companions = [.. document.Properties().Where(property => IsCompanion(property.PropertyName()))];
        companions.Remove();
        return companions.Length > 0;
    }

    private static bool IsCompanion(XName name) => Companions.Contains(name.Namespace)
        || (name.Namespace == Camera && (name.LocalName.StartsWith("MotionPhoto", StringComparison.Ordinal)
            || name.LocalName.StartsWith("MicroVideo", StringComparison.Ordinal)));
}
