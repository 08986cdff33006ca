using Outpaint.Torch.Native;

namespace Outpaint.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>Whether operations on this tensor are recorded for differentiation.</summary>
    public bool RequiresGrad
    {
        get => NativeMethods.ot_tensor_requires_grad(this) != 0;
        set => NativeMethods.Check(NativeMethods.ot_tensor_set_requires_grad(this, value ? 1 : 0));
    }

    /// <summary>The accumulated gradient of a leaf; null when there is none, and to forget it. Each read is a new reference.</summary>
    public Tensor? Grad
    {
        get
        {
            nint result;
            NativeMethods.Check(NativeMethods.ot_tensor_grad(this, &result));
            return result == 0 ? null : new Tensor(result);
        }

        set => NativeMethods.Check(NativeMethods.ot_tensor_set_grad(this, value));
    }

    /// <summary>Adds the gradients of this scalar to the <see cref="Grad"/> of every leaf it depends on.</summary>
    /// <param name="retainGraph">Keep what the backward pass needs, for a second one.</param>
    public void Backward(bool retainGraph = false) => NativeMethods.Check(NativeMethods.ot_backward(this, retainGraph ? 1 : 0));

    /// <summary>The same elements outside the graph (a view).</summary>
    public Tensor Detach() => Dispatcher.Call("detach", this);

    /// <summary>Points this tensor at another one's elements while it keeps its identity; the other must not be in a graph.</summary>
    public void SetData(Tensor data) => NativeMethods.Check(NativeMethods.ot_tensor_set_data(this, data));
}
