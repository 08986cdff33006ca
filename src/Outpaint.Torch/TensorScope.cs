namespace Outpaint.Torch;

/// <summary>
/// Disposes every tensor that this thread makes while the scope is open, except those that are kept and the parameters
/// and buffers of modules: a training step inside one leaks nothing. Scopes nest, and close in the reverse order.
/// </summary>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? current;

    private readonly TensorScope? outer;
    private readonly List<Tensor> tensors = [];
    private bool closed;

    /// <summary>Opens a scope on this thread.</summary>
    public TensorScope()
    {
        outer = current;
        current = this;
    }

    /// <summary>Hands a tensor to the enclosing scope, or to the caller when there is none.</summary>
    public Tensor Keep(Tensor tensor)
    {
        if (Remove(tensor))
            outer?.tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Disposes the scope's tensors. Calling it again does nothing.</summary>
    /// <exception cref="InvalidOperationException">An inner scope is still open, or this is another thread.</exception>
    public void Dispose()
    {
        if (closed)
            return;
        if (current != this)
            throw new InvalidOperationException("Tensor scopes close in the reverse order of opening, on the thread that opened them.");
        closed = true;
        current = outer;
        foreach (Tensor tensor in tensors)
            tensor.Dispose();
        tensors.Clear();
    }

    internal static void Register(Tensor tensor) => current?.tensors.Add(tensor);

    /// <summary>
    /// Takes a tensor out of all scopes of this thread: from now on it has an owner, such as an object that keeps it in a
    /// field, which disposes it. <see cref="Keep"/> only hands it to the next scope.
    /// </summary>
    /// <returns>The tensor.</returns>
    public static Tensor Release(Tensor tensor)
    {
        for (TensorScope? scope = current; scope is not null && !scope.Remove(tensor);)
            scope = scope.outer;
        return tensor;
    }

    // From the end: what is kept was mostly made last.
    private bool Remove(Tensor tensor)
    {
        int index = tensors.LastIndexOf(tensor);
        if (index >= 0)
            tensors.RemoveAt(index);
        return index >= 0;
    }
}
