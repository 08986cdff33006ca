namespace WebService;

/// <summary>GET /: the page on which photos are extended by hand.</summary>
public static class Page
{
    private const string Name = "page.html";

    /// <summary>Adds the page.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/", () => Results.Stream(typeof(Page).Assembly.GetManifestResourceStream(Name)!, "text/html; charset=utf-8"));
}
