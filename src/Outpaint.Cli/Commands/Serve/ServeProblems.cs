using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Outpaint.Cli.Shell;

namespace Outpaint.Cli.Commands.Serve;

/// <summary>Problem reports of <c>outpaint serve</c> where neither endpoint nor page answers.</summary>
internal static class ServeProblems
{
    /// <summary>Has what there is told to those who ask for something else, and faults of the program to both sides.</summary>
    /// <param name="service">The service; comes before what may fail.</param>
    /// <param name="terminal">Where a fault is told in full. Paths and the like in it are not for those who sent the photo.</param>
    public static void UseServeProblems(this WebApplication service, Terminal terminal)
    {
        service.UseExceptionHandler(faulty => faulty.Run(context =>
        {
            Exception fault = context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
            ErrorReport.Write(terminal, fault);
            return (ErrorReport.IsOutOfMemory(fault)
                ? Problem("there is not enough memory to extend the photo; ask for a smaller result, or try again later.", StatusCodes.Status503ServiceUnavailable)
                : Problem("this is a fault of the program, which tells more where it was started.", StatusCodes.Status500InternalServerError))
                .ExecuteAsync(context);
        }));
        service.UseStatusCodePages(unanswered => Problem("there are GET / for the page and POST /extend for photos.", unanswered.HttpContext.Response.StatusCode)
            .ExecuteAsync(unanswered.HttpContext));
    }

    private static IResult Problem(string line, int status) => Results.Problem(line, statusCode: status);
}
