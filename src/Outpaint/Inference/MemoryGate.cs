using Outpaint.Imaging;

namespace Outpaint.Inference;

/// <summary>
/// Lets pictures be extended at the same time as long as they fit into memory together; one that is too large for that
/// is extended alone.
/// </summary>
/// <param name="limit">Bytes that all pictures inside may take together.</param>
internal sealed class MemoryGate(long limit)
{
    // What a picture takes at its peak: the model's canvas, and per pixel of its own. Measured: 14 at 8 bits; at 16, or
    // with alpha, it is more.
    private const long BytesOfModel = 100 << 20;
    private const long BytesPerPixel = 24;

    // A decoded photo at worst, of 16 bits and four channels: before the gate, each worker may hold one.
    private const long LargestPhoto = 8 * Photo.MaxPixels;

    /// <summary>Bytes that pictures may take together on this machine.</summary>
    public static readonly long MachineLimit = MachineMemory.Bytes / 2;

    private readonly object turn = new();
    private long used;

    /// <summary>How many pictures of any size this machine works on at a time.</summary>
    public static int AtATime() => AtATime(int.MaxValue, Environment.ProcessorCount, MachineLimit);

    /// <summary>How many pictures are worked on at a time: one per core, as far as there are pictures and memory.</summary>
    public static int AtATime(int pictures, int cores, long memory) => (int)Math.Clamp(memory / LargestPhoto, 1, Math.Min(pictures, cores));

    /// <summary>Waits until a picture can be extended.</summary>
    /// <param name="canvas">Its canvas.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Gives the room back when disposed.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before there was room.</exception>
    public IDisposable Enter(CanvasGeometry canvas, CancellationToken cancellation) =>
        Enter(BytesOfModel + ((long)canvas.Width * canvas.Height * BytesPerPixel), cancellation);

    /// <summary>Waits until there is room.</summary>
    /// <inheritdoc cref="Enter(CanvasGeometry, CancellationToken)"/>
    /// <param name="bytes">What the work will take.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public IDisposable Enter(long bytes, CancellationToken cancellation = default)
    {
        using CancellationTokenRegistration waking = cancellation.Register(Wake);
        lock (turn)
        {
            while (!Fits(bytes))
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(turn);
            }
            return Take(bytes);
        }
    }

    /// <summary>Does not wait for room.</summary>
    /// <param name="bytes">What the work will take.</param>
    /// <returns>Gives the room back when disposed; null where there is none.</returns>
    public IDisposable? TryEnter(long bytes)
    {
        lock (turn)
            return Fits(bytes) ? Take(bytes) : null;
    }

    private bool Fits(long bytes) => used == 0 || bytes <= limit - used;

    private Room Take(long bytes)
    {
        used += bytes;
        return new Room(this, bytes);
    }

    private void Wake()
    {
        lock (turn)
            Monitor.PulseAll(turn);
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
