using System.Globalization;
using Outpaint.Cli.Shell;
using Outpaint.Inference;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>The canvas that a command line asks for, before the size of a picture is known.</summary>
internal sealed class CanvasRequest
{
    private const double DefaultRatio = 0.5;

    private readonly ExtendOptions options;
    private readonly Func<int, int, CanvasGeometry> geometry;

    private CanvasRequest(ExtendOptions options) => (this.options, geometry) = (options, Geometry(options));

    /// <summary>Reads the options that say how the canvas grows.</summary>
    /// <exception cref="UsageException">A value cannot be read, or two options contradict each other.</exception>
    public static CanvasRequest From(ExtendOptions options) => new(options);

    /// <summary>The size or shape asked for, which some pictures of a folder may have already; null if it is said how much to add.</summary>
    public string? Target => options.Size ?? options.Aspect;

    /// <summary>The canvas for a picture of this size.</summary>
    /// <exception cref="OutpaintException">The picture cannot be extended as asked.</exception>
    public CanvasGeometry For(int width, int height)
    {
        CanvasGeometry canvas = geometry(width, height);
        Feather.Check(canvas, options.Feather);
        return canvas;
    }

    private static Func<int, int, CanvasGeometry> Geometry(ExtendOptions options)
    {
        string? side = FirstGiven(("--left", options.Left), ("--right", options.Right), ("--top", options.Top), ("--bottom", options.Bottom));
        string? ratio = options.ExtensionRatio is null ? null : "--extension_ratio";
        string? size = FirstGiven(("--size", options.Size)), aspect = FirstGiven(("--aspect", options.Aspect));
        RefuseTwo("each says by itself how far the picture grows", ratio, side, size, aspect);
        RefuseTwo("single sides already say where the picture sits", side, options.Anchor is null ? null : "--anchor");

        Anchor anchor = options.Anchor ?? Anchor.Center;
        if (side is not null)
            return ForSides(options);
        if (options.Size is { } sizeText)
        {
            (double width, double height) = Pair("--size", sizeText, 'x', NumberStyles.None, "a width and a height in pixels, like 1920x1080");
            return (w, h) => CanvasGeometry.ForSize(w, h, (int)width, (int)height, anchor);
        }
        if (options.Aspect is { } aspectText)
        {
            (double across, double down) = Pair("--aspect", aspectText, ':', NumberStyles.AllowDecimalPoint, "two numbers, like 16:9");
            return (w, h) => CanvasGeometry.ForAspect(w, h, across / down, anchor);
        }
        return (w, h) => CanvasGeometry.ForRatio(w, h, options.ExtensionRatio ?? DefaultRatio, anchor);
    }

    private static Func<int, int, CanvasGeometry> ForSides(ExtendOptions options)
    {
        Length left = Side("--left", options.Left), right = Side("--right", options.Right);
        Length top = Side("--top", options.Top), bottom = Side("--bottom", options.Bottom);
        return (w, h) => CanvasGeometry.ForMargins(w, h, left.In(w), top.In(h), right.In(w), bottom.In(h));
    }

    private static Length Side(string option, string? text)
    {
        if (Length.TryParse(text ?? "0", out Length length))
            return length;
        throw new UsageException($"{option} is '{text}'; it must be pixels, like 300, or a share of the picture, like 25%.");
    }

    private static (double First, double Second) Pair(string option, string text, char separator, NumberStyles style, string form)
    {
        string[] parts = text.Split(separator, char.ToUpperInvariant(separator));
        if (parts.Length == 2
            && double.TryParse(parts[0], style, CultureInfo.InvariantCulture, out double first)
            && double.TryParse(parts[1], style, CultureInfo.InvariantCulture, out double second)
            && first is > 0 and <= int.MaxValue && second is > 0 and <= int.MaxValue)
            return (first, second);
        throw new UsageException($"{option} is '{text}'; it must be {form}.");
    }

    private static string? FirstGiven(params ReadOnlySpan<(string Name, string? Value)> options)
    {
        foreach ((string name, string? value) in options)
        {
            if (value is not null)
                return name;
        }
        return null;
    }

    private static void RefuseTwo(string reason, params IEnumerable<string?> given)
    {
        if (given.OfType<string>().ToArray() is [var first, var second, ..])
            throw new UsageException($"{first} and {second} contradict each other: {reason}; leave one out.");
    }
}
