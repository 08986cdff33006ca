using System.Text.Json.Serialization;

namespace Outpaint.Cli.Commands.Extend;

/// <summary>What became of a picture.</summary>
internal enum PictureStatus
{
    /// <summary>Not looked at, because the run was stopped before.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Its result is written.</summary>
    [JsonStringEnumMemberName("extended")]
    Extended,

    /// <summary>Its result was there already, or it has the size or shape that is asked for itself.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,

    /// <summary>It has no result; the error says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
