using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Web;

/// <summary>GET /: the page on which photos are extended by hand. It wants <see cref="ExtendEndpoint"/> beside it.</summary>
public static class ExtendPage
{
    private const string Name = "page.html";

    private static readonly byte[] Page = Encoding.UTF8.GetBytes(Read().Replace("LIMITS", Limits(), StringComparison.Ordinal));

    /// <summary>Adds the page.</summary>
    /// <param name="routes">Where.</param>
    /// <returns>The page's endpoint, for what else it is to have: authorization, limits.</returns>
    public static IEndpointConventionBuilder MapExtendPage(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], Answer);

    private static string Read()
    {
        using var page = new StreamReader(typeof(ExtendPage).Assembly.GetManifestResourceStream(Name)!);
        return page.ReadToEnd();
    }

    // The program's own, so that the page asks for nothing that is refused.
    private static string Limits() => string.Create(CultureInfo.InvariantCulture,
        $"{{ maxFactor: {CanvasGeometry.MaxFactor}, maxPixels: {CanvasGeometry.MaxPixels}, longest: {{ jpg: {PictureFormat.LongestSide(".jpg", 1)}, webp: {PictureFormat.LongestSide(".webp", 1)} }} }}");

    // The page asks for "extend" beside it, which a browser takes to be in the folder of its address: in a group of routes, as at
    // /tools, that is /tools/extend only with a slash behind it.
    private static IResult Answer(HttpRequest request)
    {
        string address = request.PathBase.Add(request.Path).ToUriComponent();
        return address.EndsWith('/')
            ? Results.Bytes(Page, "text/html; charset=utf-8")
            : Results.Redirect($"./{address[(address.LastIndexOf('/') + 1)..]}/{request.QueryString}");
    }
}
