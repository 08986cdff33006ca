using Outpaint.Torch.Native;

namespace Outpaint.Torch;

/// <summary>
/// Runs convolutions and matrix products of this thread in a lower precision, until disposed, while parameters stay
/// in single precision (mixed-precision training, Micikevicius et al. 2018). Weights are cast once, until the outermost
/// scope closes or a <see cref="GradMode"/> within it does, so close it before they change. Scopes close in the reverse
/// order, on the thread that opened them.
/// </summary>
public sealed unsafe class Autocast : IDisposable
{
    private const int Off = -1;

    private readonly DeviceType device;
    private readonly int outer;
    private bool closed;

    /// <summary>Opens a scope.</summary>
    /// <param name="device">The kind of device it is about.</param>
    /// <param name="dtype">BFloat16 or, on CUDA, Float16; null switches autocast off inside an outer scope.</param>
    /// <exception cref="TorchException">libtorch has no autocast in this type there; nothing has changed then.</exception>
    public Autocast(DeviceType device, DType? dtype)
    {
        this.device = device;
        int before;
        NativeMethods.Check(NativeMethods.ot_autocast_enter((int)device, dtype is { } type ? (int)type : Off, &before));
        outer = before;
    }

    /// <summary>The type that is in force outside this scope; null when autocast is off there.</summary>
    public DType? OuterType => outer == Off ? null : (DType)outer;

    /// <summary>Restores what was on before.</summary>
    public void Dispose()
    {
        if (closed)
            return;
        closed = true;
        NativeMethods.Check(NativeMethods.ot_autocast_exit((int)device, outer));
    }
}
