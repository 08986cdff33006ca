using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Outpaint.Cli.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly CommandLine program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task It_serves_page_and_photos_until_it_is_stopped()
    {
        await program.Serve(new BlackInpainter(), async (client, stop) =>
        {
            Assert.Contains("<title>Outpaint</title>", await client.GetStringAsync(new Uri("/", UriKind.Relative), stop));
            byte[] photo = await File.ReadAllBytesAsync(program.Picture("photo.png"), stop);
            HttpResponseMessage answer = await client.PostAsync(new Uri("/extend", UriKind.Relative), new ByteArrayContent(photo), stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        });

        Assert.Empty(program.Error);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task Where_it_listens_everywhere_the_address_that_it_tells_answers_here(string address)
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await program.Serve(new BlackInpainter(), async (client, stop) =>
            Assert.Contains("<title>Outpaint</title>", await client.GetStringAsync(new Uri("/", UriKind.Relative), stop)), address);
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        string port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(2, await program.Run("serve", "--port", port, "--weights", program.Weights));

        Assert.StartsWith($"error: --port {port} cannot be listened at", program.Error);
        Assert.Single(program.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Settings_for_other_services_of_the_machine_change_nothing()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Shell.Application).Assembly.Location, "serve", "--port", "0"])
        {
            RedirectStandardOutput = true,
            Environment = { ["Kestrel__Endpoints__Other__Url"] = "http://127.0.0.1:0", ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
        };
        using Process process = Process.Start(start)!;
        string? said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        process.Kill();

        Assert.Matches(@"^Outpaint is at http://127\.0\.0\.1:\d+ until Ctrl-C\.$", said);
    }

    [Fact]
    public async Task A_photo_too_many_is_told()
    {
        using var go = new ManualResetEventSlim();
        await program.Serve(new BlackInpainter { Filling = () => go.Wait(TestContext.Current.CancellationToken) }, async (client, stop) =>
        {
            byte[] photo = await File.ReadAllBytesAsync(program.Picture("photo.png"), stop);

            Task<HttpResponseMessage>[] answers = [.. Enumerable.Range(0, 100 + Environment.ProcessorCount + 1).Select(_ =>
                client.PostAsync(new Uri("/extend", UriKind.Relative), new ByteArrayContent(photo), stop))];
            HttpResponseMessage first = await await Task.WhenAny(answers);
            go.Set();

            Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
            Assert.Contains("too many photos are waiting", await first.Content.ReadAsStringAsync(stop));
            await Task.WhenAll(answers);
        });
    }

    [Fact]
    public async Task Slow_uploads_hold_up_nobody()
    {
        await program.Serve(new BlackInpainter(), async (client, stop) =>
        {
            byte[] photo = await File.ReadAllBytesAsync(program.Picture("photo.png"), stop);
            using var rest = new SemaphoreSlim(0);
            Task<HttpResponseMessage>[] slow = [.. Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ =>
                client.PostAsync(new Uri("/extend", UriKind.Relative), new SlowContent(photo, rest), stop))];

            HttpResponseMessage answer = await client.PostAsync(new Uri("/extend", UriKind.Relative), new ByteArrayContent(photo), stop)
                .WaitAsync(TimeSpan.FromSeconds(30), stop);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            rest.Release(slow.Length);
            Assert.All(await Task.WhenAll(slow), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        });
    }

    [Theory]
    [InlineData("GET", "/extend", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/page.html", HttpStatusCode.NotFound)]
    public async Task Who_asks_for_something_else_is_told_what_there_is(string method, string path, HttpStatusCode status)
    {
        await program.Serve(new BlackInpainter(), async (client, stop) =>
        {
            HttpResponseMessage answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), stop);

            Assert.Equal(status, answer.StatusCode);
            Assert.Contains("there are GET / for the page and POST /extend for photos.", await answer.Content.ReadAsStringAsync(stop));
        });
    }

    public static TheoryData<Exception, HttpStatusCode, string> Faults() => new()
    {
        { new IOException("/somewhere is damaged."), HttpStatusCode.InternalServerError, "a fault of the program" },
        { new OutOfMemoryException("/somewhere is full."), HttpStatusCode.ServiceUnavailable, "there is not enough memory" },
    };

    [Theory, MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_of_the_program_is_told_in_full_where_it_was_started(Exception fault, HttpStatusCode status, string message)
    {
        await program.Serve(new BlackInpainter { Filling = () => throw fault }, async (client, stop) =>
        {
            byte[] photo = await File.ReadAllBytesAsync(program.Picture("photo.png"), stop);
            HttpResponseMessage answer = await client.PostAsync(new Uri("/extend", UriKind.Relative), new ByteArrayContent(photo), stop);

            Assert.Equal(status, answer.StatusCode);
            string told = await answer.Content.ReadAsStringAsync(stop);
            Assert.Contains(message, told);
            Assert.DoesNotContain("somewhere", told);
        });

        Assert.Contains("/somewhere is ", program.Error);
        Assert.Single(program.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--address", "nowhere", "error: --address is 'nowhere'; it must be a network address")]
    [InlineData("--address", "192.0.2.7", "error: --address 192.0.2.7 cannot be listened at")]
    [InlineData("--port", "70000", "error: --port is 70000; it must be at most 65535.")]
    [InlineData("--weights", "absent.safetensors", "error: --weights is absent.safetensors, which ")]
    public async Task What_makes_no_sense_is_told(string option, string value, string message)
    {
        Assert.NotEqual(0, await program.Run("serve", option, value));

        Assert.StartsWith(message, program.Error);
    }

    // Its last byte takes a while.
    private sealed class SlowContent(byte[] data, SemaphoreSlim rest) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(data.AsMemory(0, data.Length - 1));
            await stream.FlushAsync();
            await rest.WaitAsync();
            await stream.WriteAsync(data.AsMemory(data.Length - 1));
        }

        protected override bool TryComputeLength(out long length) => (length = data.Length) > 0;
    }
}
