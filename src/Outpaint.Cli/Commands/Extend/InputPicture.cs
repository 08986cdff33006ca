namespace Outpaint.Cli.Commands.Extend;

/// <summary>A picture to extend.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its path below the folder or pattern that it was found by: the results keep the tree.</param>
internal sealed record InputPicture(string Path, string Name);
