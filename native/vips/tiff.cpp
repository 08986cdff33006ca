#include "bridge.h"

#include <algorithm>

namespace outpaint {

constexpr const char *spare_field = "outpaint-spare", *lab8_field = "outpaint-lab8";

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

Image complete_tiff(const Image &image, int spare) {
  bool packed = image->Coding == VIPS_CODING_LABQ;
  Image whole = call(vips_copy, packed ? call(vips_LabQ2LabS, image) : share(image.get()));
  if (packed)
    vips_image_set_int(whole.get(), lab8_field, 1);
  spare = std::min(spare, whole->Bands - colour_bands(whole.get()));
  if (spare > 0)
    vips_image_set_int(whole.get(), spare_field, spare);
  return whole;
}

Image pack_lab(const Image &image) {
  if (image->Type != VIPS_INTERPRETATION_LABS || !has(image, lab8_field))
    return share(image.get());
  // A TIFF gets the upper 8 of the 10 or 11 bits: half a step more, so that they are rounded.
  double ones[] = {1, 1, 1}, halves[] = {64, 128, 128};
  VipsImage *rounded = nullptr;
  vips_linear(image.get(), &rounded, ones, halves, 3, nullptr);
  return call(vips_LabS2LabQ, call(vips_cast, own(rounded), VIPS_FORMAT_SHORT));
}

int spare_bands(VipsImage *image) {
  int spare = 0;
  if (vips_image_get_typeof(image, spare_field) != 0)
    vips_image_get_int(image, spare_field, &spare);
  return spare;
}

Image without_spare(VipsImage *image) {
  int spare = spare_bands(image);
  if (spare == 0)
    return share(image);
  Image visible = call(vips_copy, call(vips_extract_band, share(image), 0, "n", image->Bands - spare));
  vips_image_remove(visible.get(), spare_field);
  return visible;
}

} // namespace outpaint
