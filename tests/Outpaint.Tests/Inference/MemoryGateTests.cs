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
}
