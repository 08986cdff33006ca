using System.Globalization;
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
        routes.MapPost("/extend", async (HttpRequest request, CancellationToken cancellation, string ratio = "0.5", string seed = "0") =>
        {
            // Read here, as ASP.NET Core would take the comma of "0,5" for nothing and answer other words without one of its own.
            if (!double.TryParse(ratio, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) || !(share > 0 && share <= CanvasGeometry.MaxRatio))
                return Results.Problem($"ratio is {ratio}; it must be above 0 and at most {CanvasGeometry.MaxRatio}, with a point for fractions.", statusCode: StatusCodes.Status400BadRequest);
            if (!int.TryParse(seed, CultureInfo.InvariantCulture, out int number))
                return Results.Problem($"seed is {seed}; it must be a whole number.", statusCode: StatusCodes.Status400BadRequest);
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, cancellation);
            try
            {
                using Photo photo = Photo.FromBytes(body.ToArray());
                CanvasGeometry canvas = CanvasGeometry.ForRatio(photo.Width, photo.Height, share);
                using Photo wide = outpainter.Extend(photo, canvas, seed: number, cancellation: cancellation);
                return Results.Bytes(wide.ToBytes(".jpg"), "image/jpeg");
            }
            catch (Exception e) when (e is PictureException or OutpaintException) // each message is a line for a person
            {
                return Results.Problem(e.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
            }
        });
}
