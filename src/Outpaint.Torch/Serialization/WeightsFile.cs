using Outpaint.Torch.Serialization.Pickle;

namespace Outpaint.Torch.Serialization;

/// <summary>Reads weights from any file that this library knows.</summary>
public static class WeightsFile
{
    private const int SafetensorsBrace = SafetensorsHeader.LengthFieldSize;

    /// <summary>What keeps a path from being a file to load, to stand behind "which"; null if it is one.</summary>
    internal static string? Problem(string path) =>
        Directory.Exists(path) ? "is a folder; name a weights file in it" : File.Exists(path) ? null : "does not exist; check the path";

    /// <summary>Loads all tensors of a safetensors file or a PyTorch state dict, told apart by content, onto the CPU.</summary>
    /// <returns>Tensors by name; those of a state dict are named as <see cref="StateDictFile"/> says.</returns>
    /// <exception cref="WeightsFormatException">The file is neither, or is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read it.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        ReadOnlySpan<byte> start = ReadStart(path);
        // First the brace: the length before it may look like the start of a state dict of either kind.
        if (start.Length > SafetensorsBrace && start[SafetensorsBrace] == '{')
            return LoadSafetensors(path);
        if (start.StartsWith("PK"u8) || start.StartsWith([LegacyStateDict.FirstByte]))
            return StateDictFile.Load(path);

        throw new WeightsFormatException(
            path,
            "it is neither a safetensors file nor a PyTorch state dict",
            "If it was downloaded, look whether it is an error page or a Git LFS pointer.");
    }

    /// <summary>Opens a file for any of the readers.</summary>
    internal static FileStream OpenRead(string path) => Directory.Exists(path) // which .NET takes for a matter of permissions
        ? throw new WeightsFormatException(path, "it is a folder", "Name a weights file in it.")
        : File.OpenRead(path);

    private static byte[] ReadStart(string path)
    {
        using FileStream stream = OpenRead(path);
        var start = new byte[SafetensorsBrace + 1];
        return start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    private static Dictionary<string, Tensor> LoadSafetensors(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using var scope = new TensorScope();
        var tensors = file.LoadAll();
        foreach (Tensor tensor in tensors.Values)
            scope.Keep(tensor);
        return tensors;
    }
}
