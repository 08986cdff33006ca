using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Outpaint.Web;

/// <summary>GET /: the page on which photos are extended by hand. It wants <see cref="ExtendEndpoint"/> beside it.</summary>
public static class ExtendPage
{
    private const string Name = "page.html";

    /// <summary>Adds the page.</summary>
    /// <param name="routes">Where.</param>
    public static void MapExtendPage(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], () => Results.Stream(typeof(ExtendPage).Assembly.GetManifestResourceStream(Name)!, "text/html; charset=utf-8"));
}
