using System.CommandLine;
using System.CommandLine.Parsing;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Outpaint.Training;

namespace Outpaint.Cli.Shell;

/// <summary>One property of an options record as a command-line option.</summary>
internal sealed class OptionEntry
{
    private readonly PropertyInfo property;
    private readonly DisplayAttribute display;
    private readonly ValueLimits? limits;
    private readonly object? standard;
    private readonly Type type;

    /// <summary>Derives the option.</summary>
    /// <param name="property">A property with a <see cref="DisplayAttribute"/>.</param>
    /// <param name="standard">Its default value.</param>
    public OptionEntry(PropertyInfo property, object? standard)
    {
        (this.property, this.standard) = (property, standard);
        type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        display = property.GetCustomAttribute<DisplayAttribute>()!;
        limits = property.GetCustomAttribute<RangeAttribute>() is { } range ? new ValueLimits(range) : null;
        string name = "--" + (display.GetName() ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        string[] aliases = [.. new[] { name.Replace('_', '-'), ShortName }.OfType<string>().Where(alias => alias != name)];
        // Choices are read in Apply: the parser takes numbers for them, and its errors name .NET types. So are fractions, of
        // which it takes a comma for nothing, and 0,5 for 5.
        Type option = typeof(Option<>).MakeGenericType(type.IsEnum || type == typeof(double) ? typeof(string) : property.PropertyType);
        Option = (Option)Activator.CreateInstance(option, name, aliases)!;
        if (display.GetPrompt() is ['[', ..]) // what it takes may be left out
            Option.Arity = ArgumentArity.ZeroOrOne;
        Option.AllowMultipleArgumentsPerToken = property.PropertyType.IsArray;
    }

    /// <summary>The parser's side of it.</summary>
    public Option Option { get; }

    /// <summary>The heading it is listed under.</summary>
    public string Group => display.GetGroupName() ?? "Options";

    /// <summary>Its help: name, what it takes, meaning, default, limits.</summary>
    public HelpRow Help
    {
        get
        {
            string value = display.GetPrompt() is { } prompt ? " " + prompt : "";
            string text = display.GetDescription() ?? "";
            string names = ShortName is null ? Option.Name : $"{ShortName}, {Option.Name}";
            if (DefaultText is { } shown)
                text += $" [default: {shown}]";
            if (limits is not null)
                text += $" [{limits}]";
            return new HelpRow(names + value, text);
        }
    }

    private string? ShortName => display.ShortName is { } letter ? "-" + letter : null;

    private string? DefaultText => standard switch
    {
        null or false or Array or "" => null,
        Enum choice => Spelling(choice),
        _ => Convert.ToString(standard, CultureInfo.InvariantCulture),
    };

    /// <summary>Sets the property if the option was given.</summary>
    /// <exception cref="UsageException">The value is out of range, none of the choices or a path that is empty.</exception>
    public void Apply(ParseResult result, object options)
    {
        if (result.GetResult(Option) is not { Implicit: false } given)
            return;
        object? value = given.Tokens.Count == 0 && property.PropertyType == typeof(string) ? "" : given.GetValueOrDefault<object>();
        if (type.IsEnum)
            value = Choose((string)value!);
        else if (type == typeof(double))
            value = Fraction((string)value!);
        if (limits?.OversteppedBy(value) is { } limit)
            throw new UsageException($"{Option.Name} is {value}; it must be {limit}.");
        RefuseEmptyPath(given);
        property.SetValue(options, value);
    }

    // What an unset variable of a script leaves; to .NET, an empty path is a defect of the program.
    private void RefuseEmptyPath(OptionResult given)
    {
        if (display.GetPrompt()?.Split('|')[0] is "FILE" or "DIR" && given.Tokens.Any(token => token.Value.Length == 0))
            throw new UsageException($"{Option.Name} is empty; name a {(display.GetPrompt() is "FILE" ? "file" : "folder, or . for the current one")}.");
    }

    private double Fraction(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number
        : throw new UsageException($"{Option.Name} is '{text}'; it must be a number, with a point for fractions: 0.5.");

    private Enum Choose(string text)
    {
        Enum[] choices = [.. Enum.GetValues(type).Cast<Enum>()];
        string[] spellings = [.. choices.Select(Spelling)];
        int index = Array.FindIndex(spellings, spelling => spelling.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? choices[index]
            : throw new UsageException($"{Option.Name} is '{text}'; it must be {AllowedValues.OneOf(spellings)}.");
    }

    private static string Spelling(Enum choice) => JsonNamingPolicy.KebabCaseLower.ConvertName(choice.ToString());
}
