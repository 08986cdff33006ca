namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>Gives the tensors of nested Python dicts one flat set of names.</summary>
internal static class StateDictNames
{
    // A pickle may hold one dict many times, even inside itself; these end what would take forever.
    private const int MaxDepth = 32;
    private const int MaxItems = 1_000_000;

    // In the order of preference.
    private static readonly string[] WrapperKeys = ["state_dict", "model_state_dict", "model"];

    /// <summary>Flattens a checkpoint as <see cref="StateDictFile"/> documents it.</summary>
    /// <exception cref="WeightsFormatException">There are no tensors, or two of one name.</exception>
    public static IReadOnlyDictionary<string, TensorReference> Flatten(string path, object? root)
    {
        if (root is not PickleDict dict)
            throw new WeightsFormatException(
                path,
                "it holds no dictionary of tensors",
                "Save the weights with torch.save(model.state_dict(), ...).");

        var tensors = new Dictionary<string, TensorReference>();
        int budget = MaxItems;
        Collect(Unwrap(dict), prefix: "", depth: 0);
        return tensors.Count > 0
            ? tensors
            : throw new WeightsFormatException(
                path,
                "its dictionary holds no tensors",
                "Save the weights with torch.save(model.state_dict(), ...).");

        void Collect(PickleDict dict, string prefix, int depth)
        {
            if (depth > MaxDepth || (budget -= dict.Items.Count) < 0)
                throw new WeightsFormatException(path, "its dictionaries are nested without end");

            foreach ((object? key, object? value) in dict.Items)
            {
                string name = $"{prefix}{key}";
                if (value is PickleDict inner)
                    Collect(inner, $"{name}.", depth + 1);
                else if (value is TensorReference tensor && !tensors.TryAdd(name, tensor))
                    throw new WeightsFormatException(path, $"two tensors are named '{name}'", "Rename one and save again.");
            }
        }
    }

    private static PickleDict Unwrap(PickleDict dict)
    {
        if (dict.Items.Any(item => item.Value is TensorReference))
            return dict;

        return WrapperKeys
            .SelectMany(key => dict.Items.Where(item => key.Equals(item.Key)))
            .Select(item => item.Value)
            .OfType<PickleDict>()
            .FirstOrDefault(dict);
    }
}
