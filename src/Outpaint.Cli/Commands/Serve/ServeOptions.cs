using System.ComponentModel.DataAnnotations;

namespace Outpaint.Cli.Commands.Serve;

/// <summary>What <c>outpaint serve</c> can be told.</summary>
internal sealed record ServeOptions
{
    [Display(GroupName = "Options", Prompt = "N", Description = "Port to listen at; 0 takes any that is free.")]
    [Range(0, 65535)]
    public int Port { get; init; } = 8080;

    [Display(GroupName = "Options", Prompt = "IP", Description =
        "Address to listen at. With 0.0.0.0, other machines are let in; there are neither users nor encryption.")]
    public string Address { get; init; } = "127.0.0.1";

    [Display(GroupName = "Options", Prompt = "FILE", Description =
        "Weights of a generator trained with this program (.safetensors), instead of the built-in ones.")]
    public string? Weights { get; init; }
}
