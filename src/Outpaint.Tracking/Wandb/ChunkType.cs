namespace Outpaint.Tracking.Wandb;

/// <summary>Which part of its record a chunk is.</summary>
internal enum ChunkType : byte
{
    Full = 1,
    First = 2,
    Middle = 3,
    Last = 4,
}
