using Outpaint.Torch.Native;

namespace Outpaint.Torch;

/// <summary>Switches the recording of operations on this thread, until disposed.</summary>
public readonly struct GradMode : IDisposable
{
    private readonly bool? before; // null in a default value, which switches nothing

    private GradMode(bool enabled) => before = NativeMethods.ot_grad_mode(enabled ? 1 : 0) != 0;

    /// <summary>Records nothing: for updates of parameters and for targets.</summary>
    public static GradMode Disabled() => new(false);

    /// <summary>Records again inside a part that does not.</summary>
    public static GradMode Enabled() => new(true);

    /// <summary>Restores the mode that was on before.</summary>
    public void Dispose()
    {
        if (before is { } enabled)
            _ = NativeMethods.ot_grad_mode(enabled ? 1 : 0);
    }
}
