using Outpaint.Torch.Native;

namespace Outpaint.Torch;

/// <summary>
/// No recording and no version counting on this thread, until disposed: a little faster than
/// <see cref="GradMode.Disabled"/>, but its tensors can never enter a graph.
/// </summary>
public sealed class InferenceMode : IDisposable
{
    private nint guard = NativeMethods.ot_inference_enter();

    /// <summary>Leaves the mode.</summary>
    public void Dispose()
    {
        NativeMethods.ot_inference_exit(guard);
        guard = 0;
    }
}
