using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Outpaint.Torch.Tests;

public class TensorMemoryTests
{
    // Far below what leaking any one kind of tensor or block in these tests would add.
    private const long AllowedGrowth = 48 << 20;

    [Fact]
    public void A_million_disposed_tensors_leave_no_memory_behind() => AssertFlat(() =>
    {
        for (int i = 0; i < 1_000_000; i++)
            Tensor.Zeros([16]).Dispose();
    });

    [Fact]
    public void Scopes_leave_no_memory_behind() => AssertFlat(() =>
    {
        using Tensor leaf = Tensor.Ones([512]);
        leaf.RequiresGrad = true;
        for (int i = 0; i < 25_000; i++)
        {
            using TensorScope scope = new();
            ((leaf * 2) + leaf).Square().Sum().Backward();
            leaf.Grad = null;
        }
    });

    [Fact]
    public void Tensors_that_nobody_disposes_are_finalized() => AssertFlat(() =>
    {
        for (int i = 0; i < 50; i++)
        {
            Drop();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    });

    [Fact]
    public void Refused_calls_leave_no_memory_behind()
    {
        using Tensor good = Tensor.Zeros([4096, 2]);
        Tensor gone = Tensor.Zeros([2]);
        gone.Dispose();
        var shape = new long[4096];
        AssertFlat(() =>
        {
            for (int i = 0; i < 4_000; i++)
            {
                Assert.Throws<ObjectDisposedException>(() => Dispatcher.Call("reshape", gone, shape));
                Assert.Throws<TorchException>(() => Dispatcher.Call("max.dim", good, 1));
            }
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop()
    {
        for (int i = 0; i < 1_000; i++)
            _ = Tensor.Zeros([4_096]); // a round is 16 MB, so that what one round leaves in the heap is no leak
    }

    private static void AssertFlat(Action work)
    {
        work(); // the first round warms up pools, the compiler and the heap
        long before = WorkingSet();
        work();
        Assert.InRange(WorkingSet() - before, long.MinValue, AllowedGrowth);
    }

    private static long WorkingSet()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
