using Outpaint.Imaging;
using Outpaint.Inference;

namespace WebService;

/// <summary>POST /extend: the body is a picture file, the answer a larger one as JPEG.</summary>
public static class ExtendEndpoint
{
    /// <summary>Adds the endpoint. Its query has the ratio and the seed, both of which may be left out.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="outpainter">Serves all requests; several at a time.</param>
    public static void MapExtend(this IEndpointRouteBuilder routes, Outpainter outpainter) =>
        routes.MapPost("/extend", async (HttpRequest request, CancellationToken cancellation, double ratio = 0.5, int seed = 0) =>
        {
            if (!(ratio > 0 && ratio <= CanvasGeometry.MaxRatio))
                return Results.Problem($"ratio is {ratio}; it must be above 0 and at most {CanvasGeometry.MaxRatio}.", statusCode: StatusCodes.Status400BadRequest);
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellation);
            try
            {
                using Photo photo = Photo.FromBytes(body.ToArray());
                CanvasGeometry canvas = CanvasGeometry.ForRatio(photo.Width, photo.Height, ratio);
                using Photo wide = outpainter.Extend(photo, canvas, seed: seed, cancellation: cancellation);
                return Results.Bytes(wide.ToBytes(".jpg"), "image/jpeg");
            }
            catch (Exception e) when (e is PictureException or OutpaintException) // each message is a line for a person
            {
                return Results.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
            }
        });
}
