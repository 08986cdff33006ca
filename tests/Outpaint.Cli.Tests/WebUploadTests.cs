using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Web;

namespace Outpaint.Cli.Tests;

/// <summary>Requests whose body does not come in as it should.</summary>
public sealed class WebUploadTests : IAsyncDisposable
{
    private readonly WebApplication service;
    private readonly BlackInpainter inpainter = new();

    public WebUploadTests()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]);
        builder.WebHost.ConfigureKestrel(server => server.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromSeconds(1.1)));
        service = builder.Build();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // of unknown length, it may become large
    public async Task A_file_for_which_there_is_no_room_is_told_so(bool chunked)
    {
        var queue = new PhotoQueue(limit: 10_000);
        service.MapExtend(new Outpainter(inpainter), queue, new MemoryGate(1));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = await Start() };
        client.DefaultRequestHeaders.TransferEncodingChunked = chunked;
        using (queue.Join(1000))
        {
            HttpResponseMessage answer = await client.PostAsync("/extend", new ByteArrayContent(new byte[9001]), TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("too many photos are waiting", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        queue.Join(10_000).Dispose(); // it kept nothing
    }

    [Fact]
    public async Task A_photo_keeps_its_room_until_its_answer_is_taken()
    {
        var queue = new PhotoQueue(long.MaxValue / 2);
        service.MapExtend(new Outpainter(inpainter), queue, new MemoryGate(1));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = await Start() };
        var noise = new RgbImage(2000, 2000); // more than connections hold on their way
        new Random(1).NextBytes(noise.Pixels);
        using var program = new CommandLine();
        Photo.SavePng(noise, program.File("noise.png"));
        using var photo = new ByteArrayContent(await File.ReadAllBytesAsync(program.File("noise.png"), TestContext.Current.CancellationToken));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/extend?right=8&format=png") { Content = photo };
        HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Throws<BadHttpRequestException>(() => queue.Join(long.MaxValue / 2));

        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        queue.Join(1).Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        inpainter.Dispose();
    }

    private async Task<Uri> Start()
    {
        await service.StartAsync(TestContext.Current.CancellationToken);
        return new Uri(service.Urls.Single());
    }
}
