using Outpaint.Cli.Shell;
using Outpaint.Inference;

return await new Application(Terminal.Standard(), GeneratorInpainter.Load, Environment.GetEnvironmentVariable).RunAsync(args);
