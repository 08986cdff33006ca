using System.Runtime.InteropServices.Marshalling;

namespace Outpaint.Torch.Native;

/// <summary>
/// Passes a tensor to the bridge as its handle, or null as 0, and keeps the tensor from being finalized before the call
/// returns.
/// </summary>
[CustomMarshaller(typeof(Tensor), MarshalMode.ManagedToUnmanagedIn, typeof(TensorMarshaller))]
internal ref struct TensorMarshaller
{
    private Tensor? tensor;

    public void FromManaged(Tensor? value) => tensor = value;

    public readonly nint ToUnmanaged() => tensor?.Handle ?? 0;

    public readonly void OnInvoked() => GC.KeepAlive(tensor);

    public readonly void Free()
    {
    }
}
