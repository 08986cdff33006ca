namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>A Python dict: its items in order. Keys may be any Python value and need not be unique.</summary>
internal sealed class PickleDict
{
    public List<(object? Key, object? Value)> Items { get; } = [];
}
