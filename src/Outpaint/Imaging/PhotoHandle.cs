using System.Runtime.InteropServices;

namespace Outpaint.Imaging;

/// <summary>Owns one reference to a native picture.</summary>
internal sealed class PhotoHandle : SafeHandle
{
    public PhotoHandle()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativePhoto.Free(handle);
        return true;
    }
}
