namespace Outpaint.Torch.Modules;

/// <summary>Saved tensors do not fit what they were to be copied into: a name is missing or unknown, or a shape differs.</summary>
public sealed class StateDictException(string message) : Exception(message);
