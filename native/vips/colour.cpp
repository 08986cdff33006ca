#include "bridge.h"

#include <algorithm>

namespace outpaint {

Image wrap_rgb(const uint8_t *pixels, int width, int height) {
  Image image =
      own(vips_image_new_from_memory(pixels, size_t(width) * height * 3, width, height, 3, VIPS_FORMAT_UCHAR));
  return call(vips_copy, image, "interpretation", VIPS_INTERPRETATION_sRGB);
}

static Image to_srgb(const Image &image) {
  bool cmyk = image->Type == VIPS_INTERPRETATION_CMYK;
  if (cmyk || has(image, VIPS_META_ICC_NAME)) {
    // "cmyk" and "srgb" are libvips' own profiles, for pictures without a usable one.
    Image converted =
        attempt(vips_icc_transform, image, "srgb", "embedded", TRUE, "input_profile", cmyk ? "cmyk" : "srgb", "intent",
                VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, "depth", 8);
    if (converted)
      return converted;
  }
  return call(vips_colourspace, image, VIPS_INTERPRETATION_sRGB);
}

Image to_rgb8(VipsImage *image) {
  int bands = image->Bands;
  if (!vips_image_hasalpha(image)) {
    Image colour = call(vips_cast, to_srgb(share(image)), VIPS_FORMAT_UCHAR);
    return colour->Bands == 3 ? std::move(colour) : call(vips_extract_band, colour, 0, "n", std::min(3, colour->Bands));
  }
  Image colour = to_rgb8(call(vips_extract_band, share(image), 0, "n", bands - 1).get());
  Image alpha = call(vips_cast, call(vips_extract_band, share(image), bands - 1), VIPS_FORMAT_UCHAR, "shift",
                     gboolean(image->BandFmt == VIPS_FORMAT_USHORT));
  VipsImage *both[] = {colour.get(), alpha.get()}, *joined = nullptr;
  vips_bandjoin(both, &joined, 2, nullptr);
  White white;
  return call(vips_flatten, own(joined), "background", white.array);
}

} // namespace outpaint

// Writes width * height interleaved 8-bit sRGB pixels, resized where that is not the image's size.
OV_API ov_status ov_image_to_rgb(ov_image image, int32_t width, int32_t height, uint8_t *pixels) {
  using namespace outpaint;
  return guarded([=] {
    Image rgb = to_rgb8(image);
    if (rgb->Xsize != width || rgb->Ysize != height)
      rgb = call(vips_resize, rgb, double(width) / rgb->Xsize, "vscale", double(height) / rgb->Ysize);
    Image target =
        own(vips_image_new_from_memory(pixels, size_t(width) * height * 3, width, height, 3, VIPS_FORMAT_UCHAR));
    if (vips_image_write(rgb.get(), target.get()) != 0)
      throw Failure();
  });
}

OV_API ov_status ov_image_from_rgb(const uint8_t *pixels, int32_t width, int32_t height, ov_image *out) {
  using namespace outpaint;
  return guarded([=] { *out = in_memory(wrap_rgb(pixels, width, height)).release(); });
}
