#include "bridge.h"

#include <unistd.h>

namespace outpaint {

using Target = std::unique_ptr<VipsTarget, Unref>;

static int write(const Image &image, VipsTarget *target, const std::string &format, int quality) {
  if (format == "jpeg") {
    White white;
    return vips_jpegsave_target(image.get(), target, "Q", quality, "optimize_coding", TRUE, "background", white.array,
                                nullptr);
  }
  if (format == "png")
    return vips_pngsave_target(image.get(), target, nullptr);
  if (format == "webp")
    return vips_webpsave_target(image.get(), target, "Q", quality, "lossless", gboolean(has(image, lossless_field)),
                                nullptr);
  if (format == "tiff")
    return vips_tiffsave_target(image.get(), target, "compression", VIPS_FOREIGN_TIFF_COMPRESSION_LZW, "predictor",
                                VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL, nullptr);
  VipsForeignHeifCompression codec =
      format == "avif" ? VIPS_FOREIGN_HEIF_COMPRESSION_AV1 : VIPS_FOREIGN_HEIF_COMPRESSION_HEVC;
  return vips_heifsave_target(image.get(), target, "Q", quality, "compression", codec, nullptr);
}

} // namespace outpaint

// Encodes to an open file, from its start: jpeg, png, webp, tiff, avif or heic. Quality (1..100) is for the lossy ones.
OV_API ov_status ov_image_save(ov_image image, int32_t descriptor, const char *format, int32_t quality) {
  using namespace outpaint;
  return guarded([=] {
    std::string name = format;
    Image picture = share(image);
    if (image->Type == VIPS_INTERPRETATION_CMYK && name != "jpeg" && name != "tiff") {
      picture = call(vips_copy, to_rgb8(image));
      vips_image_remove(picture.get(), VIPS_META_ICC_NAME);
    }
    // An attempt before this one may have written a part.
    if (lseek(descriptor, 0, SEEK_SET) != 0 || ftruncate(descriptor, 0) != 0)
      throw Failure();
    Target target(vips_target_new_to_descriptor(descriptor));
    if (!target || write(picture, target.get(), name, quality) != 0)
      throw Failure();
  });
}
