namespace Outpaint.Torch;

/// <summary>
/// Disposes every tensor that this thread makes while the scope is open, except those that are kept:
/// a training step inside one leaks nothing. Scopes nest, and close in the reverse order.
/// </summary>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? current;

    private readonly TensorScope? outer;
    private readonly List<Tensor> tensors = [];

    /// <summary>Opens a scope on this thread.</summary>
    public TensorScope()
    {
        outer = current;
        current = this;
    }

    /// <summary>Hands a tensor to the enclosing scope, or to the caller when there is none.</summary>
    public Tensor Keep(Tensor tensor)
    {
        if (tensors.Remove(tensor))
            outer?.tensors.Add(tensor);
        return tensor;
    }

    /// <summary>Disposes the scope's tensors.</summary>
    /// <exception cref="InvalidOperationException">An inner scope is still open, or this is another thread.</exception>
    public void Dispose()
    {
        if (current != this)
            throw new InvalidOperationException("Tensor scopes close in the reverse order of opening, on the thread that opened them.");
        current = outer;
        foreach (Tensor tensor in tensors)
            tensor.Dispose();
        tensors.Clear();
    }

    /// <summary>Takes a tensor out of every open scope: it belongs to an object with a lifetime of its own.</summary>
    internal static Tensor Release(Tensor tensor)
    {
        for (TensorScope? scope = current; scope is not null; scope = scope.outer)
            if (scope.tensors.LastIndexOf(tensor) is >= 0 and int index)
                scope.tensors.RemoveAt(index);
        return tensor;
    }

    internal static void Register(Tensor tensor) => current?.tensors.Add(tensor);
}
