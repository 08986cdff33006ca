using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Outpaint.Cli.Shell;

/// <summary>
/// The options of a command, read off a record, so that parser, help and code cannot disagree. Each property with a
/// <see cref="DisplayAttribute"/> is one: ExtensionRatio is --extension_ratio, or --extension-ratio, unless Name says
/// otherwise, and ShortName's letter; GroupName, Description and Prompt ("FILE") feed the help; the default is what a new record holds; a
/// <see cref="RangeAttribute"/> is checked, and told by the help.
/// </summary>
internal sealed class OptionSet<T> where T : class, new()
{
    private readonly OptionEntry[] entries;

    /// <summary>Reads the record's properties, in the order of their declaration.</summary>
    public OptionSet()
    {
        var standard = new T();
        entries = [.. typeof(T).GetProperties()
            .Where(property => property.IsDefined(typeof(DisplayAttribute)))
            .Select(property => new OptionEntry(property, property.GetValue(standard)))];
    }

    /// <summary>The help, grouped.</summary>
    public IReadOnlyList<HelpSection> Help =>
        [.. entries.GroupBy(entry => entry.Group).Select(group => new HelpSection(group.Key, [.. group.Select(entry => entry.Help)]))];

    /// <summary>Makes a command accept the options.</summary>
    public void AddTo(Command command)
    {
        foreach (OptionEntry entry in entries)
            command.Options.Add(entry.Option);
    }

    /// <summary>The record that a command line asks for.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <param name="onto">Values of the options that are not given; null for the defaults. It is changed.</param>
    /// <exception cref="UsageException">A value is out of its range.</exception>
    public T Bind(ParseResult result, T? onto = null)
    {
        T options = onto ?? new T();
        foreach (OptionEntry entry in entries)
            entry.Apply(result, options);
        return options;
    }
}
