using Outpaint.Data;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Torch;
using Outpaint.Torch.Serialization;
using Outpaint.Tracking.Wandb.Online;
using Outpaint.Training;

namespace Outpaint.Cli.Shell;

/// <summary>Turns exceptions into one line for a person and an exit code.</summary>
internal static class ErrorReport
{
    private const string DebugVariable = "OUTPAINT_DEBUG";

    /// <summary>Whether the message was written for the user; anything else is a defect of the program.</summary>
    public static bool IsForUser(Exception exception) => Cause(exception)
        is UsageException or PictureException or OutpaintException or DataException or TrainingException or WeightsFormatException or WandbException
        or IOException or UnauthorizedAccessException;

    /// <summary>Whether memory was too small for what was asked.</summary>
    public static bool IsOutOfMemory(Exception exception) => Cause(exception) is OutOfMemoryException or TorchException { IsOutOfMemory: true };

    /// <summary>Writes the line and returns the exit code.</summary>
    public static int Write(Terminal terminal, Exception exception)
    {
        exception = Cause(exception);
        terminal.Error.WriteLine(Line(exception));
        if (exception is OperationCanceledException)
            return ExitCode.Interrupted;
        if (Environment.GetEnvironmentVariable(DebugVariable) is "1")
            terminal.Error.WriteLine(exception);
        return exception is UsageException ? ExitCode.Usage : ExitCode.Failure;
    }

    /// <summary>The line.</summary>
    public static string Line(Exception exception) =>
        Cause(exception) is OperationCanceledException ? "stopped." : Terminal.ErrorLine(Describe(exception));

    /// <summary>The exception in words.</summary>
    public static string Describe(Exception exception) => Cause(exception) switch
    {
        var cause when IsForUser(cause) => cause.Message,
        DllNotFoundException cause => cause.Message,
        var cause when IsOutOfMemory(cause) =>
            $"there is not enough memory ({cause.Message}); ask for less at a time: fewer or smaller pictures, a smaller --known_size or --batch_size.",
        var cause => $"unexpected {cause.GetType().Name}: {cause.Message} (set {DebugVariable}=1 for the details)",
    };

    // Loops that run in parallel collect what goes wrong in them.
    private static Exception Cause(Exception exception) => exception is AggregateException { InnerExceptions: [var first, ..] } ? Cause(first) : exception;
}
