using System.Net;
using System.Net.Sockets;
using System.Text;
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
    [InlineData("Content-Length: 30000001", "", "413 Payload Too Large", "the file has more than 30 MB; send a smaller one.")]
    [InlineData("Content-Length: 10", "123", "408 Request Timeout", "the file comes in too slowly; send it over a faster connection, or a smaller one.")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n", "400 Bad Request", "the file does not arrive whole (Bad chunk size data); send it again.")]
    public async Task What_is_wrong_with_it_is_told_in_one_line_that_says_what_to_do(string header, string body, string status, string message)
    {
        service.MapExtend(new Outpainter(inpainter));

        string answer = await Send(await Start(), header, body);

        Assert.StartsWith($"HTTP/1.1 {status}", answer);
        Assert.Contains($"\"detail\":\"{message}\"", answer);
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

    // As no well-behaved client would.
    private static async Task<string> Send(Uri address, string header, string body)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = connection.GetStream();
        string request = $"POST /extend HTTP/1.1\r\nHost: {address.Host}\r\nConnection: close\r\n{header}\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
