using System.Net;
using Microsoft.AspNetCore.Builder;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Web;

namespace Outpaint.Cli.Tests;

/// <summary>The endpoint, over HTTP.</summary>
public sealed class WebServiceTests : IAsyncLifetime
{
    private readonly WebApplication service = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None"]).Build();
    private readonly BlackInpainter inpainter;
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }); // one would not lead back to this machine
    private int fills;

    public WebServiceTests() => inpainter = new BlackInpainter { Filling = () => fills++ };

    public async ValueTask InitializeAsync()
    {
        service.MapExtend(new Outpainter(inpainter));
        await service.StartAsync(TestContext.Current.CancellationToken);
        client.BaseAddress = new Uri(service.Urls.Single());
    }

    [Fact]
    public async Task A_picture_comes_back_larger()
    {
        HttpResponseMessage response = await Post("/extend?ratio=0.5", Photo40x24());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        using Photo wide = Photo.FromBytes(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal((60, 36), (wide.Width, wide.Height));
    }

    [Fact]
    public async Task Single_sides_grow_by_so_many_pixels_in_the_format_asked_for()
    {
        byte[] picture = Photo40x24();

        HttpResponseMessage response = await Post("/extend?left=10&top=4&format=png", picture);

        Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
        using Photo wide = Photo.FromBytes(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using Photo source = Photo.FromBytes(picture);
        RgbImage extended = wide.ToRgb(), original = source.ToRgb();
        Assert.Equal((50, 28), (extended.Width, extended.Height));
        Assert.Equal(original.Pixels.AsSpan(0, 30), extended.Pixels.AsSpan(((4 * 50) + 10) * 3, 30));
    }

    [Theory]
    [InlineData("jfif", "image/jpeg")]
    [InlineData("TIF", "image/tiff")]
    [InlineData("webp", "image/webp")]
    [InlineData("hif", "image/heic")]
    public async Task The_answer_says_what_it_is(string format, string type)
    {
        HttpResponseMessage response = await Post($"/extend?right=24&format={format}", Photo40x24());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_canvas_that_the_format_does_not_hold_is_told_before_the_work()
    {
        HttpResponseMessage response = await Post("/extend?ratio=0.5&format=webp", PhotoOf(12000, 2));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(
            "a canvas of 18000 x 3 pixels does not fit into a .webp file, whose sides have at most 16383; ask for format=png",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, fills);
    }

    [Theory]
    [InlineData("/extend?ratio=1&left=3", HttpStatusCode.BadRequest, "leave one out")]
    [InlineData("/extend?left=-1", HttpStatusCode.BadRequest, "left is -1")]
    [InlineData("/extend?bottom=2.5", HttpStatusCode.BadRequest, "bottom is 2.5")]
    [InlineData("/extend?format=gif", HttpStatusCode.BadRequest, "format is gif")]
    [InlineData("/extend?format=../x.png", HttpStatusCode.BadRequest, "format is ../x.png")]
    [InlineData("/extend?format=%0Ax.heic", HttpStatusCode.BadRequest, "format is ")]
    [InlineData("/extend?left=0", HttpStatusCode.UnprocessableEntity, "nothing to add")]
    [InlineData("/extend?ratio=0", HttpStatusCode.BadRequest, "ratio is 0")]
    [InlineData("/extend?ratio=NaN", HttpStatusCode.BadRequest, "ratio is NaN")]
    [InlineData("/extend?ratio=0,5", HttpStatusCode.BadRequest, "ratio is 0,5")]
    [InlineData("/extend?seed=one", HttpStatusCode.BadRequest, "seed is one")]
    [InlineData("/extend?left=", HttpStatusCode.BadRequest, "left is empty; it must be a whole number of pixels, 0 or more.")]
    [InlineData("/extend?ratio=", HttpStatusCode.BadRequest, "ratio is empty; it must be above 0")]
    [InlineData("/extend?format=", HttpStatusCode.BadRequest, "format is empty; it must be jpg")]
    [InlineData("/extend?seed=%20", HttpStatusCode.BadRequest, "seed is empty; it must be a whole number.")]
    [InlineData("/extend?rato=1", HttpStatusCode.BadRequest, "rato is no parameter; there are ratio, left, top, right, bottom, seed, format.")]
    [InlineData("/extend?left=1&%0Aleft=2", HttpStatusCode.BadRequest, "?left is no parameter")]
    [InlineData("/extend?ratio=0.001", HttpStatusCode.UnprocessableEntity, "nothing to add")]
    public async Task What_makes_no_sense_is_told(string query, HttpStatusCode status, string message)
    {
        HttpResponseMessage response = await Post(query, Photo40x24());

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_no_picture_is_told()
    {
        HttpResponseMessage response = await Post("/extend", [1, 2, 3]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("not a picture", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_form_is_told_apart_from_a_damaged_picture()
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Photo40x24()), "photo", "photo.png" } };

        HttpResponseMessage response = await client.PostAsync(new Uri("/extend", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("send the picture file itself", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        inpainter.Dispose();
        client.Dispose();
    }

    private Task<HttpResponseMessage> Post(string query, byte[] picture) =>
        client.PostAsync(query, new ByteArrayContent(picture), TestContext.Current.CancellationToken);

    private static byte[] Photo40x24() => PhotoOf(40, 24);

    private static byte[] PhotoOf(int width, int height)
    {
        using var program = new CommandLine();
        return File.ReadAllBytes(program.Picture("photo.png", width, height));
    }
}
