using Outpaint.Torch.Native;

namespace Outpaint.Torch;

/// <summary>Differentiation without touching the leaves' <see cref="Tensor.Grad"/>.</summary>
public static unsafe class Autograd
{
    /// <summary>The gradients of a scalar with respect to some inputs; null for an input it does not depend on.</summary>
    /// <param name="output">A scalar tensor.</param>
    /// <param name="inputs">Tensors that require a gradient.</param>
    /// <param name="createGraph">Record the backward pass too, so that it can be differentiated (as R1 needs).</param>
    /// <exception cref="TorchException">The output is not a scalar or has no graph.</exception>
    public static Tensor?[] Grad(Tensor output, Tensor[] inputs, bool createGraph = false)
    {
        Span<nint> handles = stackalloc nint[inputs.Length];
        Span<nint> results = stackalloc nint[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            handles[i] = inputs[i].Handle;
        fixed (nint* inputPointer = handles, resultPointer = results)
        {
            NativeMethods.Check(NativeMethods.ot_grad(output, inputPointer, inputs.Length, createGraph ? 1 : 0, resultPointer));
        }

        GC.KeepAlive(inputs);
        var gradients = new Tensor?[inputs.Length];
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] = results[i] == 0 ? null : new Tensor(results[i]);
        return gradients;
    }
}
