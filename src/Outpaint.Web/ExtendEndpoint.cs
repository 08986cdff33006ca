using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Outpaint.Imaging;
using Outpaint.Inference;

namespace Outpaint.Web;

/// <summary>POST /extend: the body is a picture file, the answer a larger one, as JPEG unless another format is asked for.</summary>
public static class ExtendEndpoint
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>Adds the endpoint; its query is an <see cref="ExtendQuery"/>.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="outpainter">Serves all requests; several at a time.</param>
    public static void MapExtend(this IEndpointRouteBuilder routes, Outpainter outpainter) =>
        routes.MapPost("/extend", async (HttpRequest request, [AsParameters] ExtendQuery query, CancellationToken cancellation) =>
        {
            try
            {
                if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
                    throw new BadHttpRequestException("the body is a form; send the picture file itself, as curl does with --data-binary.", StatusCodes.Status415UnsupportedMediaType);
                (string extension, int seed) = (query.Extension(), query.SeedNumber());
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body, cancellation);
                using Photo photo = Photo.FromBytes(body.ToArray());
                CanvasGeometry canvas = query.Canvas(photo.Width, photo.Height);
                using Photo wide = outpainter.Extend(photo, canvas, seed: seed, cancellation: cancellation);
                string type = ContentTypes.TryGetContentType(extension, out string? known) ? known : $"image/{extension[1..]}";
                return Results.Bytes(wide.ToBytes(extension), type);
            }
            catch (BadHttpRequestException e)
            {
                return Results.Problem(e.Message, statusCode: e.StatusCode);
            }
            catch (Exception e) when (e is PictureException or OutpaintException) // each message is a line for a person
            {
                return Results.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
            }
        });
}
