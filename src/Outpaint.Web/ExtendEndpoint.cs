using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Outpaint.Imaging;
using Outpaint.Inference;
using Outpaint.Torch.Serialization;

namespace Outpaint.Web;

/// <summary>POST /extend: the body is a picture file, the answer a larger one, as JPEG unless another format is asked for.</summary>
public static class ExtendEndpoint
{
    /// <summary>Adds the endpoint; its query is an <see cref="ExtendQuery"/>.</summary>
    /// <param name="routes">Where.</param>
    /// <param name="outpainter">Serves all requests; as many at a time as there are cores, if half of the machine's memory suffices.</param>
    /// <returns>The endpoint, for what else it is to have: authorization, limits.</returns>
    public static IEndpointConventionBuilder MapExtend(this IEndpointRouteBuilder routes, Outpainter outpainter) =>
        routes.MapExtend(outpainter, new PhotoQueue(MemoryGate.MachineLimit / 2), new MemoryGate(MemoryGate.MachineLimit));

    internal static IEndpointConventionBuilder MapExtend(this IEndpointRouteBuilder routes, Outpainter outpainter, PhotoQueue queue, MemoryGate memory) =>
        routes.MapPost("/extend", async (HttpRequest request, [AsParameters] ExtendQuery query, CancellationToken cancellation) =>
        {
            try
            {
                if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
                    throw new BadHttpRequestException("the body is a form; send the picture file itself, as curl does with --data-binary.", StatusCodes.Status415UnsupportedMediaType);
                ExtendQuery.RequireKnown(request.Query.Keys);
                (string extension, int seed) = (query.Extension(), query.SeedNumber());
                // Until the answer is taken, so that those for slow receivers do not pile up.
                request.HttpContext.Response.RegisterForDispose(queue.Join(RequestBody.MostBytes(request)));
                using MemoryStream file = await RequestBody.Receive(request, cancellation);
                using RateLimitLease turn = await queue.Turn(cancellation);
                using Photo photo = Photo.FromBytes(file.GetBuffer().AsSpan(0, (int)file.Length)); // not ToArray, which would be a copy
                CanvasGeometry canvas = query.Canvas(photo.Width, photo.Height);
                if (PictureFormat.Misfit(extension, canvas.Width, canvas.Height) is { } reason)
                    throw new OutpaintException($"{reason}; ask for format=png, or for a smaller one.");
                using IDisposable room = memory.Enter(canvas, cancellation);
                using Photo wide = outpainter.Extend(photo, canvas, seed: seed, cancellation: cancellation);
                return Results.Bytes(wide.ToBytes(extension), PictureFormat.MediaType(extension));
            }
            catch (BadHttpRequestException e)
            {
                return Problem(e.Message, e.StatusCode);
            }
            catch (Exception e) when (e is PictureException or OutpaintException) // each message is a line for a person
            {
                return Problem(e.Message, StatusCodes.Status422UnprocessableEntity);
            }
        });

    // One line, whatever a query holds.
    private static IResult Problem(string line, int status) => Results.Problem(PrintableText.Of(line), statusCode: status);
}
