using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata;

/// <summary>The simple fields of an XMP structure (ISO 16684-1): each is an element in it, or an attribute of it for short.</summary>
internal static class XmpStructure
{
    /// <summary>A field's value; null where there is none.</summary>
    public static string? Field(this XElement structure, XName name) =>
        (string?)structure.Attribute(name) ?? (string?)structure.Element(name);

    /// <summary>Changes a field and says whether there is one.</summary>
    public static bool TrySetField(this XElement structure, XName name, string value)
    {
        if (structure.Attribute(name) is { } attribute)
            attribute.Value = value;
        else if (structure.Element(name) is { } element)
            element.Value = value;
        else
            return false;
        return true;
    }
}
