using System.Runtime.ExceptionServices;

namespace Outpaint;

/// <summary>Loops whose errors come out as they were thrown: a caller's progress that throws, say, gets its own exception back.</summary>
internal static class ParallelLoop
{
    /// <summary>Runs a loop of <see cref="Parallel"/>'s.</summary>
    /// <exception cref="Exception">The first that was thrown in the loop, with the stack trace that it had there.</exception>
    public static void Run(Action loop)
    {
        try
        {
            loop();
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
