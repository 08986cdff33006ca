#include "colour.h"
#include "formats.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

namespace outpaint {

using Source = std::unique_ptr<VipsSource, Unref>;

// Of the decoded picture, times max_pixels: RGB in 16 bits, and alpha. Pictures in floats have to be smaller.
constexpr size_t pixel_bytes = 8;

// With several threads, libvips 8.14 may lose an error that comes at the end: where a file is cut off near its end, the
// rest would be black. Decoders give row after row anyway.
static Image decode(const Image &image) {
  vips_image_set_int(image.get(), VIPS_META_CONCURRENCY, 1);
  Image pixels = in_memory(image);
  vips_image_remove(pixels.get(), VIPS_META_CONCURRENCY);
  return pixels;
}

// Uses the decoder's own shrinking where it has one (JPEG, WebP), Lanczos for the rest. AVIF, HEIC and TIFF have none,
// and would have to be completed anew (complete_heif, complete_tiff); inks would be taken for a profile's.
static Image load_shrunk(const Image &image, VipsSource *source, const std::string &format, int width, int height,
                         VipsFailOn fail_on) {
  // The operation's own fail_on reaches the loaders of files only, not those of sources.
  std::string options = std::string("fail_on=") + vips_enum_nick(VIPS_TYPE_FAIL_ON, fail_on);
  VipsImage *out = nullptr;
  if (format == "Heif" || format == "Tiff" || has_plain_inks(image.get()))
    vips_thumbnail_image(shrinkable(image.get()).get(), &out, width, "height", height, "size", VIPS_SIZE_FORCE,
                         "no_rotate", TRUE, nullptr);
  else
    vips_thumbnail_source(source, &out, width, "height", height, "size", VIPS_SIZE_FORCE, "no_rotate", TRUE,
                          "option_string", options.c_str(), nullptr);
  return decode(own(out));
}

// Only the formats we promise: other loaders (ImageMagick, PDF, SVG, text matrices) are not meant for unknown files.
static std::string find_format(VipsSource *source) {
  const char *loader = vips_foreign_find_load_source(source);
  for (const char *format : {"Jpeg", "Png", "Webp", "Tiff", "Heif", "Nsgif"})
    if (loader && std::string("VipsForeignLoad") + format + "Source" == loader)
      return format;
  throw Failure{OV_NOT_A_PICTURE};
}

static Image load(VipsSource *source, const std::string &format, VipsFailOn fail_on, const ov_reading &how) {
  bool lossless = format == "Webp" && is_lossless_webp(source);
  std::string options = format == "Tiff" ? "page=" + std::to_string(how.page) : "";
  Image image = own(vips_image_new_from_source(source, options.c_str(), "access", VIPS_ACCESS_SEQUENTIAL, "fail_on",
                                               fail_on, nullptr));

  if (format == "Heif")
    image = complete_heif(image, source);
  if (format == "Jpeg")
    refuse_many_scans(image.get(), source);
  if (format == "Tiff")
    image = complete_tiff(image, how);
  if (format == "Webp")
    image = complete_webp(image);

  int64_t width = image->Xsize, height = image->Ysize;
  int64_t bytes = width * height * int64_t(VIPS_IMAGE_SIZEOF_PEL(image.get()));
  if (width * height > how.max_pixels || bytes > how.max_pixels * int64_t(pixel_bytes))
    refuse(OV_TOO_LARGE, std::to_string(width) + " x " + std::to_string(height) + " pixels");

  double scale = how.max_short_side > 0 ? double(how.max_short_side) / std::min(width, height) : 1;
  if (scale < 1)
    image = load_shrunk(image, source, format, std::max(1L, std::lround(width * scale)),
                        std::max(1L, std::lround(height * scale)), fail_on);
  else
    image = decode(image);

  int orientation = vips_image_get_orientation(image.get());
  image = call(vips_autorot, image);
  if (orientation > 1)
    image = in_memory(image);
  if (orientation > 4) // turned by a quarter, which libvips leaves the resolution out of
    image = call(vips_copy, image, "xres", image->Yres, "yres", image->Xres);
  if (lossless)
    vips_image_set_int(image.get(), lossless_field, 1);
  return image;
}

// libjpeg calls damaged data a warning, like some oddities that many cameras write. In the other formats, warnings are
// about metadata.
static Image load_sound(VipsSource *source, const ov_reading &how) {
  std::string format = find_format(source);
  if (format != "Jpeg")
    return load(source, format, VIPS_FAIL_ON_ERROR, how);
  try {
    return load(source, format, VIPS_FAIL_ON_WARNING, how);
  } catch (const Failure &failure) {
    std::string words = error_text();
    bool damaged = words.empty() ||
                   (words.find("Corrupt JPEG data") != words.npos && words.find("extraneous bytes") == words.npos);
    if (failure.status != OV_FAILED || damaged)
      throw;
    vips_error_clear();
    return load(source, format, VIPS_FAIL_ON_ERROR, how);
  }
}

} // namespace outpaint

OV_API ov_status ov_image_load(const char *path, const void *data, int64_t size, const ov_reading *how, ov_image *out) {
  using namespace outpaint;
  return guarded([=] {
    Source source(path ? vips_source_new_from_file(path) : vips_source_new_from_memory(data, size));
    if (!source)
      throw Failure();
    *out = load_sound(source.get(), *how).release();
  });
}
