#include "formats.h"

#include <cstdio>
#include <cstring>

namespace outpaint {

bool is_lossless_webp(VipsSource *source) {
  // RIFF: a 12-byte header, then chunks: a name, a little-endian length, a body padded to an even length. That of a
  // frame is 16 bytes, then chunks.
  gint64 position = 12;
  uint8_t chunk[8];
  while (vips_source_seek(source, position, SEEK_SET) == position &&
         vips_source_read(source, chunk, sizeof chunk) == sizeof chunk) {
    if (memcmp(chunk, "VP8L", 4) == 0)
      return true;
    if (memcmp(chunk, "VP8 ", 4) == 0)
      return false;
    if (memcmp(chunk, "ANMF", 4) == 0) {
      position += sizeof chunk + 16;
      continue;
    }
    uint32_t length = chunk[4] | chunk[5] << 8 | chunk[6] << 16 | uint32_t(chunk[7]) << 24;
    position += sizeof chunk + int64_t(length) + (length & 1);
  }
  return false;
}

// libvips 8.14 names the resolution of a WebP among the fields of its EXIF only, as in "300/1 (300, Rational, ...".
static double exif_resolution(VipsImage *image, const char *field) {
  const char *text = "", *unit = "";
  if (vips_image_get_typeof(image, field) != 0)
    vips_image_get_string(image, field, &text);
  if (vips_image_get_typeof(image, VIPS_META_RESOLUTION_UNIT) != 0)
    vips_image_get_string(image, VIPS_META_RESOLUTION_UNIT, &unit);
  unsigned dots = 0, of = 0;
  bool known = sscanf(text, "%u/%u", &dots, &of) == 2 && of > 0;
  return known ? double(dots) / of / (strcmp(unit, "cm") == 0 ? 10 : 25.4) : 0;
}

Image complete_webp(const Image &image) {
  double across = exif_resolution(image.get(), "exif-ifd0-XResolution");
  double down = exif_resolution(image.get(), "exif-ifd0-YResolution");
  if (across <= 0 || down <= 0)
    return share(image.get());
  return call(vips_copy, image, "xres", across, "yres", down);
}

} // namespace outpaint
