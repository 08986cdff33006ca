#include "colour.h"
#include "formats.h"

#include <utility>

namespace outpaint {

Image wrap_rgb(const ov_pixels &pixels) {
  Image image = own(vips_image_new_from_memory(pixels.data, size_t(pixels.width) * pixels.height * 3, pixels.width,
                                               pixels.height, 3, VIPS_FORMAT_UCHAR));
  return call(vips_copy, image, "interpretation", VIPS_INTERPRETATION_sRGB);
}

void keep(const Image &image, const ov_pixels &pixels) {
  g_signal_connect_swapped(image.get(), "postclose", G_CALLBACK(pixels.release), pixels.owner);
}

bool is_plain(VipsImage *image) {
  switch (image->Type) {
  case VIPS_INTERPRETATION_sRGB:
  case VIPS_INTERPRETATION_RGB:
  case VIPS_INTERPRETATION_RGB16:
  case VIPS_INTERPRETATION_B_W:
  case VIPS_INTERPRETATION_GREY16:
    return image->BandFmt == VIPS_FORMAT_UCHAR || image->BandFmt == VIPS_FORMAT_USHORT;
  default:
    return false;
  }
}

static Image to_srgb(const Image &image) {
  if (has_plain_inks(image.get()))
    return inks_to_rgb(image);
  bool cmyk = image->Type == VIPS_INTERPRETATION_CMYK;
  if (cmyk || (image->Type != VIPS_INTERPRETATION_LAB && has(image, VIPS_META_ICC_NAME))) {
    // "cmyk" and "srgb" are libvips' own profiles, for pictures whose own is not usable.
    Image converted =
        attempt(vips_icc_transform, image, "srgb", "embedded", TRUE, "input_profile", cmyk ? "cmyk" : "srgb", "intent",
                VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, "depth", 8);
    if (converted)
      return converted;
  }
  return call(vips_colourspace, image, VIPS_INTERPRETATION_sRGB);
}

Image to_8_bits(const Image &image) {
  return call(vips_cast, image, VIPS_FORMAT_UCHAR, "shift", gboolean(image->BandFmt == VIPS_FORMAT_USHORT));
}

Image join(const Image &colours, const Image &alpha) {
  VipsImage *both[] = {colours.get(), alpha.get()}, *joined = nullptr;
  vips_bandjoin(both, &joined, 2, nullptr);
  return own(joined);
}

// What is opaque is 1 in files, but 255 to libvips 8.14.
Image to_rgb16(const Image &floats) {
  Image scaled = call(vips_cast, call(vips_linear1, floats, 65535.0, 0.5), VIPS_FORMAT_USHORT);
  Image values = call(vips_copy, scaled, "interpretation", VIPS_INTERPRETATION_RGB16);
  if (has(floats, VIPS_META_ICC_NAME))
    return values;
  Image light = call(vips_extract_band, floats, 0, "n", 3);
  Image colours = call(vips_colourspace, light, VIPS_INTERPRETATION_RGB16);
  return vips_image_hasalpha(floats.get()) ? join(colours, call(vips_extract_band, values, 3)) : std::move(colours);
}

static Image three_bands(const Image &image) {
  if (image->Bands >= 3)
    return image->Bands == 3 ? share(image.get()) : call(vips_extract_band, image, 0, "n", 3);
  Image grey = call(vips_extract_band, image, 0);
  VipsImage *bands[] = {grey.get(), grey.get(), grey.get()}, *joined = nullptr;
  vips_bandjoin(bands, &joined, 3, nullptr);
  return own(joined);
}

template <typename Convert> static Image convert(const Image &image, Convert colours) {
  // By the interpretation, libvips judges what is alpha, and what is opaque.
  if (!vips_image_hasalpha(image.get()))
    return call(vips_copy, three_bands(colours(image)), "interpretation", VIPS_INTERPRETATION_sRGB);
  Image colour = three_bands(colours(call(vips_extract_band, image, 0, "n", image->Bands - 1)));
  Image alpha = to_8_bits(call(vips_extract_band, image, image->Bands - 1));
  return call(vips_copy, join(colour, alpha), "interpretation", VIPS_INTERPRETATION_sRGB);
}

static Image on_white(const Image &image) {
  if (!vips_image_hasalpha(image.get()))
    return share(image.get());
  Background white(255);
  Image floats = call(vips_cast, image, VIPS_FORMAT_FLOAT); // of integers, vips_flatten cuts fractions off
  return call(vips_cast, call(vips_rint, call(vips_flatten, floats, "background", white.array)), VIPS_FORMAT_UCHAR);
}

Image to_srgb8_with_alpha(VipsImage *image) {
  Image values = visible(image);
  return convert(image->Type == VIPS_INTERPRETATION_scRGB ? to_rgb16(values) : std::move(values),
                 [](const Image &colours) { return call(vips_cast, to_srgb(colours), VIPS_FORMAT_UCHAR); });
}

Image to_srgb8(VipsImage *image) { return on_white(to_srgb8_with_alpha(image)); }

Image to_device8(VipsImage *image) {
  return is_plain(image) ? on_white(convert(visible(image), to_8_bits)) : to_srgb8(image);
}

Image shrinkable(VipsImage *image) { return has_plain_inks(image) ? to_srgb8(image) : visible(image); }

static void write(const Image &rgb, int width, int height, uint8_t *pixels) {
  Image sized = share(rgb.get());
  if (rgb->Xsize != width || rgb->Ysize != height)
    sized = call(vips_resize, rgb, double(width) / rgb->Xsize, "vscale", double(height) / rgb->Ysize);
  Image target =
      own(vips_image_new_from_memory(pixels, size_t(width) * height * 3, width, height, 3, VIPS_FORMAT_UCHAR));
  if (vips_image_write(sized.get(), target.get()) != 0)
    throw Failure();
}

} // namespace outpaint

OV_API ov_status ov_image_to_rgb(ov_image image, int32_t device, int32_t width, int32_t height, uint8_t *pixels) {
  using namespace outpaint;
  return guarded([=] { write(device ? to_device8(image) : to_srgb8(image), width, height, pixels); });
}

OV_API ov_status ov_resize_rgb(const ov_pixels *source, int32_t width, int32_t height, uint8_t *pixels) {
  using namespace outpaint;
  return guarded([=] { write(wrap_rgb(*source), width, height, pixels); });
}

OV_API ov_status ov_image_from_rgb(const ov_pixels *pixels, ov_image *out) {
  using namespace outpaint;
  return guarded([=] {
    Image image = wrap_rgb(*pixels);
    keep(image, *pixels);
    *out = image.release();
  });
}
