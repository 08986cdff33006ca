using System.Globalization;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>A length as users write it: pixels ("300"), or a share of a picture's dimension ("25%").</summary>
internal readonly record struct Length(double Value, bool IsPercent)
{
    /// <summary>Reads a length.</summary>
    /// <returns>Whether the text is one: not negative, and whole if it is pixels.</returns>
    public static bool TryParse(string text, out Length length)
    {
        bool isPercent = text.EndsWith('%');
        NumberStyles style = isPercent ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        bool isNumber = double.TryParse(isPercent ? text[..^1] : text, style, CultureInfo.InvariantCulture, out double value);
        length = new Length(value, isPercent);
        return isNumber && value is >= 0 and <= int.MaxValue;
    }

    /// <summary>The length in pixels, rounded to the nearest (halves up), for a picture that is so long in its dimension.</summary>
    public int In(int dimension) =>
        (int)Math.Min(int.MaxValue, Math.Round(IsPercent ? dimension * Value / 100 : Value, MidpointRounding.AwayFromZero));
}
