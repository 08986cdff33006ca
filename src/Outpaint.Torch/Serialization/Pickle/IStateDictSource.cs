namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>What torch.save wrote: a pickled object, and the elements of the storages that it refers to.</summary>
internal interface IStateDictSource : IDisposable
{
    /// <summary>The pickled object, in which every tensor is a <see cref="TensorReference"/>.</summary>
    object? Checkpoint { get; }

    /// <summary>The bytes of a storage, little-endian.</summary>
    byte[] ReadStorage(string key);
}
