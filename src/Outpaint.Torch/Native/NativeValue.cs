using System.Runtime.InteropServices;

namespace Outpaint.Torch.Native;

/// <summary>An operator's argument as the bridge sees it (ot_value).</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)] internal ArgumentKind Kind;
    [FieldOffset(4)] internal int Length;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal nint Pointer;
}
