using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Outpaint.Tracking.Wandb.Online;

namespace Outpaint.Tracking.Tests.Wandb.Online;

public sealed class OnlineSecurityTests : IDisposable
{
    private readonly OnlineRun run = new();

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task The_key_stays_in_the_header_even_if_the_server_repeats_it(int status)
    {
        run.Start();
        run.Tracker.LogFile("a.txt", new byte[] { 1 });
        await run.TrainAsync(3);
        run.Server.Fault = _ => new ServerFault("repeats the key", context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync($"bad key {OnlineRun.Key}: {context.Request.Headers.Authorization}");
        });
        await run.TrainAsync(3, firstStep: 3);
        run.Finish();

        string encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("api:" + OnlineRun.Key));
        string[] shown =
        [
            .. run.Told,
            .. Directory.EnumerateFiles(run.Root, "*", SearchOption.AllDirectories).Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))),
            .. run.Server.Requests.Select(request => request.Path + System.Text.Encoding.Latin1.GetString(request.Content)),
        ];
        Assert.All(shown, text => Assert.DoesNotContain(OnlineRun.Key, text));
        Assert.All(shown, text => Assert.DoesNotContain(encoded, text));
        Assert.Contains(run.Told, line => line.Contains($"HTTP {status}", StringComparison.Ordinal));
    }

    [Fact]
    public void The_key_is_not_shown_if_a_graphql_error_repeats_it()
    {
        run.Server.Fault = _ => ServerFault.Body($$"""{"errors":[{"message":"no user\nhas {{OnlineRun.Key}}"}]}""");

        var error = Assert.Throws<WandbException>(() => run.Start());

        Assert.Equal("W&B refuses UpsertBucket: no user has ***", error.Message);
    }

    [Fact]
    public async Task The_storage_never_sees_the_key()
    {
        run.Start();
        run.Tracker.LogFile("a.txt", new byte[] { 1 });
        await run.TrainAsync(1);
        run.Finish();

        IReadOnlyList<ReceivedRequest> puts = run.Server.RequestsOf("PUT");
        Assert.NotEmpty(puts);
        Assert.All(puts, put => Assert.DoesNotContain("Authorization", put.Headers.Keys));
        Assert.All(puts, put => Assert.Equal(("yes", "bWQ1"), (put.Headers["X-Mock-Upload"], put.Headers["Content-MD5"])));
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("https://[")]
    public async Task An_upload_address_that_is_no_web_address_is_not_followed(string address)
    {
        run.Server.Fault = request => request.Kind == "CreateRunFiles"
            ? ServerFault.Body("""{"data":{"createRunFiles":{"files":[{"name":"a.txt","uploadUrl":"ADDRESS"}]}}}""".Replace("ADDRESS", address))
            : null;
        run.Start();
        run.Tracker.LogFile("a.txt", new byte[] { 1 });
        await run.TrainAsync(2);
        run.Finish();

        Assert.Empty(run.Server.RequestsOf("PUT"));
        Assert.Contains(run.Told, line => line.StartsWith("W&B: not uploaded, but kept in ", StringComparison.Ordinal));
        Assert.Equal(0, run.Server.Run.ExitCode);
    }

    [Fact]
    public void A_refused_key_is_an_error_before_training_starts()
    {
        run.Server.Fault = _ => ServerFault.Status(401);

        var error = Assert.Throws<WandbException>(() => run.Start());

        Assert.EndsWith("refuses the W&B API key (HTTP 401); check WANDB_API_KEY, or run 'wandb login' again.", error.Message);
    }

    [Fact]
    public void A_server_with_a_certificate_that_nobody_vouches_for_gets_nothing()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var server = new MockWandb(listen => listen.UseHttps(certificate));
        run.Start(server.Url);

        Assert.Empty(server.Requests);
        Assert.StartsWith("W&B cannot be reached (its certificate is not trusted).", run.Told.Single());
    }

    [Fact]
    public void A_key_that_would_cross_the_network_in_the_clear_is_pointed_out()
    {
        run.Network.IsDown = _ => true;
        run.Start("http://wandb.example.org");

        Assert.Equal("W&B: http://wandb.example.org/ is not encrypted; the API key can be read on the way.", run.Told[0]);
    }
}
