using System.Runtime.InteropServices;

namespace Outpaint.Cli.Shell;

/// <summary>Turns the first of some signals into a cancellation; a second one ends the program at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    /// <summary>Listens from now on.</summary>
    public Interruption(params IEnumerable<PosixSignal> signals) =>
        registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Cancel))];

    /// <summary>Cancelled by the signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Leaves the signals to the system again.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private void Cancel(PosixSignalContext signal)
    {
        signal.Cancel |= !source.IsCancellationRequested; // another that listens may not have heard one yet
        source.Cancel();
    }
}
