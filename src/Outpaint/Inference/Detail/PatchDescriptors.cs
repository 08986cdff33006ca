namespace Outpaint.Inference.Detail;

/// <summary>
/// What each pixel's neighbourhood looks like, as a vector: colours at 3x3 places two pixels apart, slightly blurred
/// because a fill is softer than a photo, the local contrast and how sharp its texture is; beside it how textured it is
/// (<see cref="TextureLevel"/>). How bright a patch is counts less than the differences within it, as only detail is copied
/// from where it matches; its hue counts as much, or grass would get pieces of walls.
/// </summary>
internal sealed class PatchDescriptors
{
    // 3x3 colours, the sharpness and the contrast, filled up to whole vector registers.
    private const int Length = 32;
    private const int Spacing = 2;
    private const double Softness = 1;
    private const float BrightnessShare = 0.3f;

    // Weights relative to a level of colour, of logarithms: grass must not be copied into the sky, whatever its colour, nor what is
    // in focus beside what is not.
    private const float ContrastWeight = 15;
    private const float TextureWeight = 100;
    private const float SharpnessWeight = 100;

    private static readonly float[] Weights = [0.7f, 1, 0.7f, 1, 1.5f, 1, 0.7f, 1, 0.7f];
    private static readonly float SquaredWeights = Weights.Sum(weight => weight * weight);

    private readonly float[] vectors;
    private readonly FloatImage texture;

    /// <summary>Describes all pixels of a canvas.</summary>
    /// <param name="canvas">Red, green, blue.</param>
    /// <param name="texture">The <see cref="TextureLevel.Canvas"/>, of the same size.</param>
    public PatchDescriptors(FloatImage canvas, FloatImage texture)
    {
        Width = canvas.Width;
        Height = canvas.Height;
        this.texture = texture;
        vectors = new float[Width * Height * Length];
        FloatImage soft = canvas.Blur(Softness), contrast = LocalContrast.Measure(canvas);
        Parallel.For(0, Height, y =>
        {
            for (int x = 0; x < Width; x++)
            {
                int pixel = (y * Width) + x;
                Span<float> vector = vectors.AsSpan(pixel * Length, Length);
                Sample(soft, x, y, vector);
                vector[^2] = SharpnessWeight * texture.Values[(pixel * TextureLevel.Channels) + 2];
                vector[^1] = ContrastWeight * contrast.Values[pixel];
            }
        });
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>How different two pixels' neighbourhoods are: a sum of squares, 0 if they are the same.</summary>
    public float Distance((int X, int Y) one, (int X, int Y) other)
    {
        float apart = TextureWeight * Gap(Texture(one), Texture(other));
        return Samples.SquaredDistance(Vector(one), Vector(other)) + (apart * apart);
    }

    // Between two ranges, each from and to; 0 if they meet.
    private static float Gap(ReadOnlySpan<float> one, ReadOnlySpan<float> other) =>
        Math.Max(0, Math.Max(one[0] - other[1], other[0] - one[1]));

    private ReadOnlySpan<float> Texture((int X, int Y) at) => texture.Row(at.Y).Slice(at.X * TextureLevel.Channels, TextureLevel.Channels);

    private ReadOnlySpan<float> Vector((int X, int Y) at) => vectors.AsSpan(((at.Y * Width) + at.X) * Length, Length);

    private static void Sample(FloatImage image, int x, int y, Span<float> vector)
    {
        float brightness = 0;
        for (int place = 0; place < Weights.Length; place++)
        {
            int column = Math.Clamp(x + (((place % 3) - 1) * Spacing), 0, image.Width - 1);
            int row = Math.Clamp(y + (((place / 3) - 1) * Spacing), 0, image.Height - 1);
            for (int channel = 0; channel < 3; channel++)
            {
                float value = Weights[place] * image.Values[(((row * image.Width) + column) * 3) + channel];
                vector[(place * 3) + channel] = value;
                brightness += Weights[place] * value / (3 * SquaredWeights);
            }
        }
        for (int i = 0; i < Weights.Length * 3; i++)
            vector[i] -= (1 - BrightnessShare) * Weights[i / 3] * brightness;
    }
}
