using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Web;

namespace Outpaint.Cli.Tests;

/// <summary>The page, over HTTP.</summary>
public sealed class WebPageTests : IAsyncLifetime
{
    private readonly WebApplication service = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]).Build();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }); // one would not lead back to this machine

    public async ValueTask InitializeAsync()
    {
        service.MapExtendPage();
        await service.StartAsync(TestContext.Current.CancellationToken);
        client.BaseAddress = new Uri(service.Urls.Single());
    }

    [Fact]
    public async Task The_page_can_be_asked_for_by_its_head()
    {
        HttpResponseMessage response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotInRange(response.Content.Headers.ContentLength ?? 0, 0, 1000);
    }

    [Fact]
    public async Task The_page_has_the_limits_of_the_program()
    {
        string page = await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains($"longest }} = {{ maxFactor: {CanvasGeometry.MaxFactor}, maxPixels: {CanvasGeometry.MaxPixels}, ", page);
        Assert.Contains($"webp: {PictureFormat.LongestSide(".webp", 1)} ", page);
        Assert.Contains($"jpg: {PictureFormat.LongestSide(".jpg", 1)}, ", page);
    }

    [Fact]
    public async Task The_page_finds_every_part_of_itself()
    {
        HttpResponseMessage response = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        string page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        string[] sought = [.. Regex.Matches(page, @"\$\('(\w+)'\)").Select(match => match.Groups[1].Value).Distinct()];
        Assert.NotEmpty(sought);
        Assert.All(sought, id => Assert.Contains($"id=\"{id}\"", page));
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        client.Dispose();
    }
}
