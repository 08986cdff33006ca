#include "colour.h"
#include "formats.h"

#include <algorithm>

namespace outpaint {

constexpr int levels = 256;

bool has_plain_inks(VipsImage *image) {
  return image->Type == VIPS_INTERPRETATION_CMYK && image->Bands >= 4 &&
         (image->BandFmt == VIPS_FORMAT_UCHAR || image->BandFmt == VIPS_FORMAT_USHORT) &&
         vips_image_get_typeof(image, VIPS_META_ICC_NAME) == 0;
}

// Each ink, and the black over it, leave a share of the light.
Image inks_to_rgb(const Image &inks) {
  double most = opaque(inks.get());
  Image left = call(vips_linear1, inks, -1.0, most);
  VipsImage *light = nullptr;
  vips_multiply(call(vips_extract_band, left, 0, "n", 3).get(), call(vips_extract_band, left, 3).get(), &light,
                nullptr);
  Image rgb = call(vips_rint, call(vips_linear1, own(light), 255 / (most * most), 0.0));
  return call(vips_copy, call(vips_cast, rgb, VIPS_FORMAT_UCHAR), "interpretation", VIPS_INTERPRETATION_sRGB);
}

// How much black the colours could have at most.
static Image darkness(const Image &rgb) {
  Image red = call(vips_extract_band, rgb, 0), green = call(vips_extract_band, rgb, 1),
        blue = call(vips_extract_band, rgb, 2);
  VipsImage *bands[] = {red.get(), green.get(), blue.get()}, *lightest = nullptr;
  vips_bandrank(bands, &lightest, 3, "index", 2, nullptr);
  return call(vips_invert, own(lightest));
}

// The mean black of the picture at each darkness, and straight lines between those that it has.
static Image black_curve(const Image &inks) {
  Image dark = in_memory(darkness(inks_to_rgb(inks)));
  Image black = to_8_bits(call(vips_extract_band, inks, 3));
  VipsImage *indexed = nullptr;
  vips_hist_find_indexed(black.get(), dark.get(), &indexed, nullptr);
  Image sums = in_memory(call(vips_cast, own(indexed), VIPS_FORMAT_DOUBLE));
  Image counts = in_memory(call(vips_cast, call(vips_hist_find, dark), VIPS_FORMAT_DOUBLE));
  const double *sum = reinterpret_cast<double *>(VIPS_IMAGE_ADDR(sums.get(), 0, 0));
  const double *count = reinterpret_cast<double *>(VIPS_IMAGE_ADDR(counts.get(), 0, 0));
  double curve[levels] = {};
  int known = 0, size = std::min({levels, sums->Xsize, counts->Xsize});
  for (int level = 1; level < size; level++) {
    if (count[level] == 0)
      continue;
    double slope = (sum[level] / count[level] - curve[known]) / (level - known);
    for (int i = known + 1; i <= level; i++)
      curve[i] = curve[i - 1] + slope;
    known = level;
  }
  for (int i = known + 1; known > 0 && i < levels; i++)
    curve[i] = curve[known] * i / known;
  return own(vips_image_new_from_memory_copy(curve, sizeof curve, levels, 1, 1, VIPS_FORMAT_DOUBLE));
}

Image rgb_to_inks(const Image &rgb, const Image &model) {
  Image black = call(vips_maplut, darkness(rgb), black_curve(model).get());
  Image left = call(vips_linear1, black, -1.0, 255.0);
  VipsImage *taken = nullptr, *shares = nullptr;
  vips_subtract(left.get(), rgb.get(), &taken, nullptr);
  vips_divide(own(taken).get(), left.get(), &shares, nullptr); // under full black 0
  double most = opaque(model.get());
  Image colours = call(vips_linear1, own(shares), most, 0.0);
  return call(vips_rint, join(colours, call(vips_linear1, black, most / 255, 0.0)));
}

} // namespace outpaint
