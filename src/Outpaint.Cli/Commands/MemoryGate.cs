namespace Outpaint.Cli.Commands;

/// <summary>Lets work in as long as it fits into memory together; what is too large for that is done alone.</summary>
/// <param name="limit">Bytes that all work inside may take together.</param>
internal sealed class MemoryGate(long limit)
{
    private readonly object turn = new();
    private long used;

    /// <summary>Waits until there is room.</summary>
    /// <param name="bytes">What the work will take.</param>
    /// <returns>Gives the room back when disposed.</returns>
    public IDisposable Enter(long bytes)
    {
        lock (turn)
        {
            while (used > 0 && used + bytes > limit)
                Monitor.Wait(turn);
            used += bytes;
        }
        return new Room(this, bytes);
    }

    private sealed class Room(MemoryGate gate, long bytes) : IDisposable
    {
        public void Dispose()
        {
            lock (gate.turn)
            {
                gate.used -= bytes;
                Monitor.PulseAll(gate.turn);
            }
        }
    }
}
