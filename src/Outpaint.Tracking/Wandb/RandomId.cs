using System.Security.Cryptography;

namespace Outpaint.Tracking.Wandb;

/// <summary>Names that nobody else has, of small letters and digits, as W&amp;B's own client makes them.</summary>
internal static class RandomId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A new name.</summary>
    internal static string OfLength(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
