namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>A block of elements that is stored beside the pickle and may be shared by several tensors.</summary>
/// <param name="Key">Its name, under which its elements are found.</param>
/// <param name="DType">The type of its elements.</param>
internal sealed record StorageReference(string Key, DType DType);
