namespace Outpaint.Torch.Native;

/// <summary>The numbers of ot_kind in native/torch/bridge.h.</summary>
internal enum ArgumentKind
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    TensorList = 6,
    String = 7,
    Device = 8,
    Default = 9,
    DoubleList = 10,
    BoolList = 11,
}
