using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outpaint.Inference;
using Outpaint.Web;

namespace Outpaint.Cli.Tests;

/// <summary>Endpoint and page among the routes of a service.</summary>
public sealed class WebRoutesTests : IAsyncDisposable
{
    private readonly WebApplication service = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]).Build();
    private readonly BlackInpainter inpainter = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });

    [Theory]
    [InlineData("/tools", "/tools/")]
    [InlineData("/tools/", "/tools/")]
    [InlineData("/tools?of=mine", "/tools/?of=mine")]
    public async Task A_page_in_a_group_finds_the_endpoint_beside_it(string address, string shown)
    {
        RouteGroup("/tools");

        HttpResponseMessage page = await client.GetAsync(new Uri(await Start(), address), TestContext.Current.CancellationToken);

        Assert.Contains("<title>Outpaint</title>", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(shown, page.RequestMessage!.RequestUri!.PathAndQuery);
        // As a browser resolves the page's fetch('extend?…').
        HttpResponseMessage wide = await Post(new Uri(page.RequestMessage.RequestUri, "extend?right=10"));
        Assert.Equal(HttpStatusCode.OK, wide.StatusCode);
    }

    [Fact]
    public async Task So_does_one_in_a_group_whose_name_has_to_be_escaped()
    {
        RouteGroup("/of/{user}");

        HttpResponseMessage page = await client.GetAsync(new Uri(await Start(), "/of/a:%20b"), TestContext.Current.CancellationToken);

        Assert.Equal("/of/a:%20b/", page.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task Both_take_what_else_a_service_wants_of_its_endpoints()
    {
        service.MapExtend(new Outpainter(inpainter)).WithMetadata(new EndpointNameMetadata("extend"));
        service.MapExtendPage().WithMetadata(new EndpointNameMetadata("page"));
        string? reached = null;
        service.Use((context, next) =>
        {
            reached = context.GetEndpoint()?.Metadata.GetMetadata<EndpointNameMetadata>()?.EndpointName;
            return next(context);
        });
        Uri address = await Start();

        await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal("page", reached);
        await Post(new Uri(address, "extend"));
        Assert.Equal("extend", reached);
    }

    [Fact]
    public async Task A_photo_waits_for_memory()
    {
        var memory = new MemoryGate(1);
        IDisposable other = memory.Enter(1);
        service.MapExtend(new Outpainter(inpainter), new PhotoQueue(1000), memory);
        Uri address = await Start();

        Task<HttpResponseMessage> waiting = Post(new Uri(address, "extend"));
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(500, TestContext.Current.CancellationToken)));
        other.Dispose();

        Assert.Equal(HttpStatusCode.OK, (await waiting).StatusCode);
        memory.Enter(1).Dispose(); // it gave back what it had
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        inpainter.Dispose();
        client.Dispose();
    }

    private void RouteGroup(string prefix)
    {
        RouteGroupBuilder group = service.MapGroup(prefix);
        group.MapExtend(new Outpainter(inpainter));
        group.MapExtendPage();
    }

    private async Task<Uri> Start()
    {
        await service.StartAsync(TestContext.Current.CancellationToken);
        return new Uri(service.Urls.Single());
    }

    private async Task<HttpResponseMessage> Post(Uri address)
    {
        using var program = new CommandLine();
        byte[] photo = await File.ReadAllBytesAsync(program.Picture("photo.png"), TestContext.Current.CancellationToken);
        return await client.PostAsync(address, new ByteArrayContent(photo), TestContext.Current.CancellationToken);
    }
}
