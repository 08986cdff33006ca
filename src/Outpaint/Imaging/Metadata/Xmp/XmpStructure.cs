using System.Globalization;
using System.Numerics;
using System.Xml.Linq;

namespace Outpaint.Imaging.Metadata.Xmp;

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

    /// <summary>Two fields' numbers; null where there are none.</summary>
    public static Vector2? Pair(this XElement structure, XName first, XName second) =>
        Number(structure.Field(first)) is { } x && Number(structure.Field(second)) is { } y ? new(x, y) : null;

    /// <summary>Changes two fields.</summary>
    public static void SetPair(this XElement structure, XName first, XName second, Vector2 pair)
    {
        structure.TrySetField(first, Text(pair.X));
        structure.TrySetField(second, Text(pair.Y));
    }

    /// <summary>A value as a number; null where it is none.</summary>
    public static float? Number(string? text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) ? number : null;

    /// <summary>A number as a value.</summary>
    public static string Text(float number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
