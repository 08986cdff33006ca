namespace Outpaint.Torch.Tests;

public class TensorScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_inside_it()
    {
        using Tensor before = Tensor.Zeros([1]);
        Tensor inside, result;
        using (new TensorScope())
        {
            inside = Tensor.Zeros([1]);
            result = before + inside;
        }

        using Tensor after = Tensor.Zeros([1]);
        Assert.Throws<ObjectDisposedException>(() => inside.Shape);
        Assert.Throws<ObjectDisposedException>(() => result.Shape);
        Assert.Equal(0, (before + after).Item());
    }

    [Fact]
    public void A_kept_tensor_belongs_to_the_enclosing_scope()
    {
        Tensor kept, twice;
        using (TensorScope outer = new())
        {
            using (TensorScope inner = new())
            {
                kept = inner.Keep(Tensor.Zeros([1]));
                twice = inner.Keep(Tensor.Zeros([1]));
            }

            Assert.Equal([1], kept.Shape);
            outer.Keep(twice);
        }

        Assert.Throws<ObjectDisposedException>(() => kept.Shape);
        Assert.Equal([1], twice.Shape);
        twice.Dispose();
    }

    [Fact]
    public void Keeping_a_tensor_of_an_outer_scope_changes_nothing()
    {
        Tensor tensor;
        using (new TensorScope())
        {
            tensor = Tensor.Zeros([1]);
            using (TensorScope inner = new())
                Assert.Same(tensor, inner.Keep(tensor));
            Assert.Equal([1], tensor.Shape);
        }

        Assert.Throws<ObjectDisposedException>(() => tensor.Shape);
    }

    [Fact]
    public void Scopes_close_in_the_reverse_order()
    {
        TensorScope outer = new();
        TensorScope inner = new();

        Assert.Throws<InvalidOperationException>(outer.Dispose);
        inner.Dispose();
        outer.Dispose();
        outer.Dispose(); // does nothing
    }

    [Fact]
    public void A_scope_is_closed_by_the_thread_that_opened_it()
    {
        using TensorScope scope = new();

        Assert.IsType<InvalidOperationException>(OnAnotherThread(scope.Dispose));
    }

    [Fact]
    public void A_scope_leaves_the_tensors_of_other_threads_alone()
    {
        Tensor? other = null;
        using (new TensorScope())
            OnAnotherThread(() => other = Tensor.Zeros([1]));

        Assert.Equal([1], other!.Shape);
        other.Dispose();
    }

    private static Exception? OnAnotherThread(Action action)
    {
        Exception? thrown = null;
        Thread thread = new(() => thrown = Record.Exception(action));
        thread.Start();
        thread.Join();
        return thrown;
    }
}
