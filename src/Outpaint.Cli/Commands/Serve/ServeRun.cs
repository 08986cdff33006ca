using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Outpaint.Cli.Shell;
using Outpaint.Inference;
using Outpaint.Web;

namespace Outpaint.Cli.Commands.Serve;

/// <summary>One run of <c>outpaint serve</c>.</summary>
internal sealed class ServeRun(ServeOptions options, Terminal terminal, Func<string, IInpainter> loadInpainter)
{
    private const long LargestFile = 256_000_000;

    // Docker waits for ten seconds.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    /// <summary>Serves until it is cancelled, which is how it ends well; photos that are being extended then have a few seconds left.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="UsageException">It cannot listen there.</exception>
    public async Task<int> Execute(CancellationToken cancellation)
    {
        if (!IPAddress.TryParse(options.Address, out IPAddress? address))
            throw new UsageException($"--address is '{options.Address}'; it must be a network address of this machine, like 127.0.0.1 or 0.0.0.0.");
        using IInpainter inpainter = loadInpainter(GeneratorWeights.Resolve(options.Weights));
        await using WebApplication service = Build(address);
        service.UseServeProblems(terminal);
        service.MapExtend(new Outpainter(inpainter));
        service.MapExtendPage();
        try
        {
            await service.StartAsync(cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            string refused = e is SocketException { SocketErrorCode: not SocketError.AccessDenied } ? $"--address {options.Address}" : $"--port {options.Port}";
            throw new UsageException($"{refused} cannot be listened at ({e.Message.TrimEnd('.')}); give another one.");
        }
        terminal.Output.WriteLine($"Outpaint is at {Here(service.Urls.Single())} until Ctrl-C.");
        await service.WaitForShutdownAsync(cancellation);
        return ExitCode.Success;
    }

    // "All addresses" is none to ask for: clients refuse 0.0.0.0, and Kestrel takes [::] for a name that is cut off.
    private static string Here(string url) => url
        .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//[::]:", "//[::1]:", StringComparison.Ordinal);

    private WebApplication Build(IPAddress address)
    {
        // No settings but those of the command line: variables of other services would have it listen elsewhere. Nothing is logged,
        // as what goes wrong with a photo is told to those who sent it. The folder is one that there is.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = LargestFile;
            server.Listen(address, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestEnd);
        return builder.Build();
    }
}
