namespace Outpaint.Torch.Serialization.Pickle;

/// <summary>The Python callables that state dicts use.</summary>
internal enum StateDictGlobal
{
    /// <summary>collections.OrderedDict</summary>
    OrderedDict,
    /// <summary>torch._utils._rebuild_tensor and _rebuild_tensor_v2</summary>
    Tensor,
    /// <summary>torch._utils._rebuild_parameter</summary>
    Parameter,
    /// <summary>torch.Size</summary>
    Size,
}
