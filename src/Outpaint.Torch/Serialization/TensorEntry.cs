namespace Outpaint.Torch.Serialization;

/// <summary>One tensor of a weights file, described without loading it.</summary>
/// <param name="Name">Its name, such as <c>encoder.0.weight</c>.</param>
/// <param name="DType">Element type.</param>
/// <param name="Shape">Size of each dimension; empty for a scalar.</param>
/// <param name="Offset">First byte of the tensor, counted from the start of the file's data.</param>
/// <param name="ByteCount">Length in bytes: the product of the shape times the element size.</param>
public sealed record TensorEntry(string Name, DType DType, long[] Shape, long Offset, long ByteCount);
