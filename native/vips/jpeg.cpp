#include "formats.h"

#include <string>

namespace outpaint {

// The scans of a JPEG (ITU-T T.81, annex B), without those of thumbnails in its segments and of what is behind its end.
static int count_scans(const uint8_t *data, size_t size) {
  int scans = 0;
  for (size_t at = 2; at + 4 <= size;) {
    uint8_t marker = data[at + 1];
    // Not the start of a segment: stray bytes, or a scan's data, where FF is followed by 0 or is a restart.
    if (data[at] != 0xFF || marker <= 0x01 || marker == 0xFF || (marker >= 0xD0 && marker <= 0xD8)) {
      at++;
      continue;
    }
    if (marker == 0xD9)
      break;
    scans += marker == 0xDA;
    at += 2 + (data[at + 2] << 8 | data[at + 3]);
  }
  return scans;
}

void refuse_many_scans(VipsImage *image, VipsSource *source) {
  constexpr int max_scans = 100;
  int progressive = 0;
  size_t size = 0;
  if (vips_image_get_typeof(image, "jpeg-multiscan") == 0 ||
      vips_image_get_int(image, "jpeg-multiscan", &progressive) != 0 || !progressive)
    return;
  const void *data = vips_source_map(source, &size);
  if (data && count_scans(static_cast<const uint8_t *>(data), size) > max_scans)
    refuse(OV_FAILED, "more than " + std::to_string(max_scans) + " scans");
}

} // namespace outpaint
