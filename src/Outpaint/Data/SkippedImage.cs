namespace Outpaint.Data;

/// <summary>A picture, or a folder of pictures, that could not be read.</summary>
/// <param name="Name">Its name, as <see cref="ImageEntry.Name"/>; a folder's path.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record SkippedImage(string Name, string Reason);
