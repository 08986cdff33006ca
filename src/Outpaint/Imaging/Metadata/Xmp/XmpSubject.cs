using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata.Xmp;

/// <summary>Moves the main subject, which an XMP packet tells as EXIF does (ISO 16684-2, EXIF schema), along with the picture.</summary>
internal static class XmpSubject
{
    private static readonly XNamespace Exif = "http://ns.adobe.com/exif/1.0/";
    private static readonly XName Item = XName.Get("li", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");

    /// <summary>Moves a property that is the subject, and says whether it is.</summary>
    public static bool Move(XElement property, PlaceMap map)
    {
        if (property.Name != Exif + "SubjectArea" && property.Name != Exif + "SubjectLocation")
            return false;
        XElement[] items = [.. property.Descendants(Item)];
        float[] subject = [.. items.Select(item => XmpStructure.Number(item.Value)).OfType<float>()];
        if (subject.Length != items.Length || subject.Length < 2)
            return false;
        foreach ((XElement item, float moved) in items.Zip(map.Subject(subject)))
            item.Value = XmpStructure.Text(MathF.Round(moved));
        return true;
    }
}
