#include "formats.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace outpaint {

constexpr const char *spare_field = "outpaint-spare", *premultiplied_field = "outpaint-premultiplied";

static int colour_bands(VipsImage *image) {
  switch (image->Type) {
  case VIPS_INTERPRETATION_B_W:
  case VIPS_INTERPRETATION_GREY16:
    return 1;
  case VIPS_INTERPRETATION_CMYK:
    return 4;
  default:
    return 3;
  }
}

double opaque(VipsImage *image) {
  return image->Type == VIPS_INTERPRETATION_scRGB ? 1 : image->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
}

// Floats as the integers of a picture, which are rounded, or as its floats.
static Image in_format_of(VipsImage *picture, const Image &floats) {
  bool integers = vips_band_format_isint(picture->BandFmt);
  return call(vips_cast, integers ? call(vips_rint, floats) : share(floats.get()), picture->BandFmt);
}

// Lab of 8 or 16 bits as a TIFF holds it (TIFF 6.0, section 23), but with signed_lab: lightness up to the largest
// value, the colours around the middle, where 128 is half of all values. Alpha is up to the largest value, and 255 to
// libvips.
struct StoredLab {
  double middle, scale[4], zero[4] = {0, middle, middle, 0};

  explicit StoredLab(VipsImage *image)
      : middle(image->BandFmt == VIPS_FORMAT_USHORT ? 32768 : 128), scale{100 / (2 * middle - 1), 128 / middle,
                                                                          128 / middle, 255 / (2 * middle - 1)} {}

  static bool holds(VipsImage *image) {
    return image->Type == VIPS_INTERPRETATION_LAB && vips_band_format_isint(image->BandFmt);
  }

  Image decode(const Image &values) const {
    double terms[4];
    for (int i = 0; i < 4; i++)
      terms[i] = -zero[i] * scale[i];
    return linear(values, scale, terms);
  }

  Image encode(const Image &lab) const {
    double factors[4];
    for (int i = 0; i < 4; i++)
      factors[i] = 1 / scale[i];
    return linear(lab, factors, zero);
  }

  static Image linear(const Image &image, const double *factors, const double *terms) {
    VipsImage *out = nullptr;
    vips_linear(image.get(), &out, factors, terms, image->Bands, nullptr);
    return own(out);
  }
};

Image signed_lab(const Image &image) {
  if (!StoredLab::holds(image.get()))
    return share(image.get());
  std::vector<double> signs(image->Bands);
  signs[1] = signs[2] = StoredLab(image.get()).middle;
  VipsImage *flipped = nullptr;
  vips_eorimage_const(image.get(), &flipped, signs.data(), image->Bands, nullptr);
  return own(flipped);
}

Image complete_tiff(const Image &image, const ov_reading &how) {
  Image whole = signed_lab(call(vips_copy, image, "interpretation", how.lab ? VIPS_INTERPRETATION_LAB : image->Type));
  whole = call(vips_copy, whole); // metadata may be set on an image of one's own only
  int further = whole->Bands - colour_bands(whole.get());
  int spare = std::min(how.spare_bands, further);
  if (how.lab) // whose channels a file may leave without a word
    spare = std::max(spare, further - 1);
  if (spare > 0)
    vips_image_set_int(whole.get(), spare_field, spare);
  if (how.premultiplied && further > spare)
    vips_image_set_int(whole.get(), premultiplied_field, 1);
  return whole;
}

int spare_bands(VipsImage *image) {
  int spare = 0;
  if (vips_image_get_typeof(image, spare_field) != 0)
    vips_image_get_int(image, spare_field, &spare);
  return spare;
}

Image visible(VipsImage *image) {
  Image values = share(image);
  if (int spare = spare_bands(image))
    values = call(vips_extract_band, values, 0, "n", image->Bands - spare);
  if (StoredLab::holds(image))
    values = StoredLab(image).decode(values);
  if (vips_image_get_typeof(image, premultiplied_field) != 0)
    values = in_format_of(values.get(), call(vips_unpremultiply, values, "max_alpha", opaque(values.get())));
  if (values.get() == image)
    return values;
  values = call(vips_copy, values, "interpretation", image->Type);
  vips_image_remove(values.get(), spare_field);
  vips_image_remove(values.get(), premultiplied_field);
  return values;
}

Image as_stored(const Image &canvas, VipsImage *image) {
  Image values = share(canvas.get());
  if (vips_image_get_typeof(image, premultiplied_field) != 0)
    values = in_format_of(canvas.get(), call(vips_premultiply, canvas, "max_alpha", opaque(canvas.get())));
  return StoredLab::holds(image) ? in_format_of(image, StoredLab(image).encode(values)) : std::move(values);
}

} // namespace outpaint
