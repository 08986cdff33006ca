using System.Text.RegularExpressions;

namespace Outpaint.Torch.Serialization;

/// <summary>Text to show, which may quote a file or its name: a hostile one may hold line breaks or a terminal's commands.</summary>
internal static partial class PrintableText
{
    /// <summary>The text with a question mark for each character that is not shown but acts.</summary>
    public static string Of(string text) => Unprintable().Replace(text, "?");

    // U+200C and U+200D only join or part letters, as Persian and emoji need it.
    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}-[\u200C\u200D]]")]
    private static partial Regex Unprintable();
}
