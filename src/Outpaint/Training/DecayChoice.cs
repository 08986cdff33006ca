namespace Outpaint.Training;

/// <summary>How the learning rate goes on after its warm-up.</summary>
public enum DecayChoice
{
    /// <summary>As it is.</summary>
    Constant,

    /// <summary>Down to 0 along half a cosine.</summary>
    Cosine,
}
