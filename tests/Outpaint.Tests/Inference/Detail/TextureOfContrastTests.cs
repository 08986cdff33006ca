using Outpaint.Inference.Detail;

namespace Outpaint.Tests.Inference.Detail;

public sealed class TextureOfContrastTests
{
    [Fact]
    public void Texture_is_what_most_places_of_that_contrast_have()
    {
        // Three quarters sky, with a few wisps in it, and grass.
        TextureOfContrast learnt = Learn((0.3f, 0.2f, 70), (0.3f, 1.5f, 5), (2.5f, 2.4f, 25));

        Assert.Equal(0.2f, learnt.At(0.3f), 1e-5);
        Assert.Equal(2.4f, learnt.At(2.6f), 1e-5);
        Assert.Equal(2.4f, learnt.At(9), 1e-5);
    }

    [Fact]
    public void What_is_plainer_than_anything_in_the_picture_has_less_texture_in_proportion()
    {
        TextureOfContrast rock = Learn((1.5f, 1.4f, 50), (3, 2.9f, 50));

        Assert.Equal(1.4f, rock.At(1.5f), 1e-5);
        Assert.Equal(0.9f, rock.At(1), 1e-5);
        Assert.Equal(0, rock.At(0), 1e-5);
    }

    [Fact]
    public void What_varies_more_has_no_less_texture()
    {
        // A sharp leaf, and blurred shapes behind it that vary more.
        TextureOfContrast learnt = Learn((1, 2, 40), (2, 0.5f, 40));

        float[] levels = [.. Enumerable.Range(0, 30).Select(i => learnt.At(i / 10f))];
        Assert.Equal(levels.Order(), levels);
        Assert.Equal(2, learnt.At(2), 1e-5);
    }

    [Fact]
    public void Too_few_places_tell_nothing() => Assert.Equal(float.MaxValue, Learn((1, 1, 5), (2, 2, 5)).At(1.5f));

    private static TextureOfContrast Learn(params (float Contrast, float Texture, int Count)[] places) => new(
        [.. places.SelectMany(place => Enumerable.Repeat(place.Contrast, place.Count))],
        [.. places.SelectMany(place => Enumerable.Repeat(place.Texture, place.Count))]);
}
