using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Outpaint.Web;

/// <summary>The picture file that a request brings.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes that it can have: as many as are announced, if so many are let in.</summary>
    public static int MostBytes(HttpRequest request) =>
        (int)Math.Min(request.ContentLength ?? long.MaxValue, Math.Min(LetIn(request) ?? long.MaxValue, Array.MaxLength));

    /// <summary>Takes it in. It lies in memory: a disk would keep it where the program is killed.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, too slow, or does not arrive whole.</exception>
    public static async Task<MemoryStream> Receive(HttpRequest request, CancellationToken cancellation)
    {
        var file = new MemoryStream(MostBytes(request)); // what is not written takes no memory; growing would take up to three times as much
        try
        {
            await request.Body.CopyToAsync(file, cancellation);
            return file;
        }
        catch (BadHttpRequestException e)
        {
            throw new BadHttpRequestException(e.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => "the file comes in too slowly; send it over a faster connection, or a smaller one.",
                StatusCodes.Status413PayloadTooLarge => $"the file has more than {LetIn(request) / 1_000_000} MB; send a smaller one.",
                _ => $"the file does not arrive whole ({e.Message.TrimEnd('.')}); send it again.",
            }, e.StatusCode);
        }
    }

    private static long? LetIn(HttpRequest request) => request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;
}
