using Outpaint.Inference;

namespace Outpaint.Tests.Inference;

public sealed class MemoryGateTests
{
    [Fact]
    public async Task What_fits_goes_in_together()
    {
        var gate = new MemoryGate(100);

        using IDisposable first = gate.Enter(60);
        (await Task.Run(() => gate.Enter(40)).WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }

    [Fact]
    public async Task What_does_not_fit_waits_until_there_is_room()
    {
        var gate = new MemoryGate(100);
        IDisposable first = gate.Enter(60);
        Task<IDisposable> second = Task.Run(() => gate.Enter(41));

        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(50)));
        first.Dispose();

        (await second.WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }

    [Fact]
    public async Task What_is_larger_than_all_memory_goes_in_alone()
    {
        var gate = new MemoryGate(100);

        IDisposable first = gate.Enter(1000);
        Task<IDisposable> second = Task.Run(() => gate.Enter(1));

        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(50)));
        first.Dispose();
        (await second.WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }

    [Fact]
    public async Task Who_no_longer_wants_it_does_not_wait()
    {
        var gate = new MemoryGate(100);
        using var gone = new CancellationTokenSource();
        using IDisposable first = gate.Enter(60);
        Task<IDisposable> second = Task.Run(() => gate.Enter(60, gone.Token));

        Assert.NotSame(second, await Task.WhenAny(second, Task.Delay(50)));
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(TimeSpan.FromSeconds(10)));
        (await Task.Run(() => gate.Enter(40)).WaitAsync(TimeSpan.FromSeconds(10))).Dispose();
    }

    [Theory]
    [InlineData(6, 4, 1L << 40, 4)]
    [InlineData(3, 4, 1L << 40, 3)]
    [InlineData(6, 4, 2L << 30, 2)] // a photo of the largest size takes 800 million bytes
    [InlineData(6, 4, 1L << 20, 1)]
    public void There_is_a_picture_per_core_as_far_as_there_are_pictures_and_memory(int pictures, int cores, long memory, int expected) =>
        Assert.Equal(expected, MemoryGate.AtATime(pictures, cores, memory));

    [Fact]
    public void Who_does_not_want_to_wait_is_told_that_there_is_no_room()
    {
        var gate = new MemoryGate(100);

        using (gate.TryEnter(60))
        {
            Assert.Null(gate.TryEnter(41));
            gate.TryEnter(40)!.Dispose();
        }

        gate.TryEnter(long.MaxValue)!.Dispose(); // alone
    }
}
