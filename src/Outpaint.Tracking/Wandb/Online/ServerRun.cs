namespace Outpaint.Tracking.Wandb.Online;

/// <summary>A run as the server knows it; its names go into every later address.</summary>
/// <param name="Entity">The user or team.</param>
/// <param name="Project">The project.</param>
/// <param name="Run">The run's id.</param>
/// <param name="DisplayName">The name people see.</param>
/// <param name="HistoryLines">Lines of history that are there already.</param>
internal sealed record ServerRun(string Entity, string Project, string Run, string DisplayName, long HistoryLines);
