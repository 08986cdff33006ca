#include "colour.h"
#include "formats.h"

#include <cstring>
#include <memory>
#include <string>

#include <unistd.h>

namespace outpaint {

constexpr int64_t max_optimized_pixels = 1 << 24;

using Target = std::unique_ptr<VipsTarget, Unref>;

// All but the profile: what libvips would write is not what the file had.
static void drop_metadata(const Image &image) {
  gchar **fields = vips_image_get_fields(image.get());
  for (gchar **field = fields; *field; field++)
    for (const char *prefix : {"exif-", VIPS_META_XMP_NAME, VIPS_META_IPTC_NAME, VIPS_META_PHOTOSHOP_NAME})
      if (vips_isprefix(prefix, *field))
        vips_image_remove(image.get(), *field);
  g_strfreev(fields);
}

bool has_grey_profile(VipsImage *image) {
  constexpr size_t space = 16; // where a profile says what it is for (ICC.1:2001-04, 6.1)
  int64_t size;
  const void *profile = ov_image_metadata(image, VIPS_META_ICC_NAME, &size);
  return size >= int64_t(space + 4) && memcmp(static_cast<const char *>(profile) + space, "GRAY", 4) == 0;
}

bool becomes_srgb(VipsImage *image, const std::string &format) {
  if (image->Type == VIPS_INTERPRETATION_CMYK)
    return format != "jpeg" && format != "tiff";
  return image->Bands - spare_bands(image) < 3 && has_grey_profile(image) && format != "jpeg" && format != "tiff" &&
         format != "png";
}

bool drops_profile(VipsImage *image, const std::string &format) {
  return becomes_srgb(image, format) || (image->Type == VIPS_INTERPRETATION_LAB && format != "tiff");
}

// In 8 bits, and on white, or paper, where it is transparent: libvips takes the white of 8 bits for that of 16, cuts
// off inks that do not fit, and shows what transparent inks hide.
static Image to_jpeg(const Image &image) {
  bool inks = image->Type == VIPS_INTERPRETATION_CMYK;
  Image values = to_8_bits(inks || is_plain(image.get()) ? share(image.get())
                                                         : call(vips_colourspace, image, VIPS_INTERPRETATION_sRGB));
  VipsInterpretation type = inks                ? VIPS_INTERPRETATION_CMYK
                            : values->Bands < 3 ? VIPS_INTERPRETATION_B_W
                                                : VIPS_INTERPRETATION_sRGB;
  values = call(vips_copy, values, "interpretation", type);
  if (!vips_image_hasalpha(values.get()))
    return values;
  Background background(inks ? 0 : 255);
  return call(vips_flatten, values, "background", background.array);
}

static int write(const Image &image, VipsTarget *target, const ov_encoding &how) {
  std::string format = how.format;
  if (format == "jpeg") {
    // Some per cent smaller, but libjpeg then keeps the whole picture in memory until the end.
    gboolean optimize = int64_t(image->Xsize) * image->Ysize <= max_optimized_pixels;
    return vips_jpegsave_target(image.get(), target, "Q", how.quality, "optimize_coding", optimize, "subsample_mode",
                                how.subsample ? VIPS_FOREIGN_SUBSAMPLE_ON : VIPS_FOREIGN_SUBSAMPLE_OFF, "strip", TRUE,
                                nullptr);
  }
  if (format == "png") // A third smaller for photos than without a filter at zlib's level 6, in half the time.
    return vips_pngsave_target(image.get(), target, "filter", VIPS_FOREIGN_PNG_FILTER_AVG, "compression", 2, "strip",
                               TRUE, nullptr);
  if (format == "webp")
    return vips_webpsave_target(image.get(), target, "Q", how.quality, "lossless", gboolean(has(image, lossless_field)),
                                "strip", TRUE, nullptr);
  if (format == "tiff")
    return vips_tiffsave_target(image.get(), target, "compression", VIPS_FOREIGN_TIFF_COMPRESSION_LZW, "predictor",
                                VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL, "strip", TRUE, nullptr);
  VipsForeignHeifCompression codec =
      format == "avif" ? VIPS_FOREIGN_HEIF_COMPRESSION_AV1 : VIPS_FOREIGN_HEIF_COMPRESSION_HEVC;
  int depth = image->BandFmt == VIPS_FORMAT_USHORT ? 12 : 8;
  if (has(image, "heif-bitdepth"))
    vips_image_get_int(image.get(), "heif-bitdepth", &depth);
  // libheif 1.15 with libaom 3.6 ends the process at 10 bits without alpha; 12 hold the same values.
  if (codec == VIPS_FOREIGN_HEIF_COMPRESSION_AV1 && depth == 10 && !vips_image_hasalpha(image.get()))
    depth = 12;
  return vips_heifsave_target(image.get(), target, "Q", how.quality, "compression", codec, "bitdepth", depth, nullptr);
}

} // namespace outpaint

OV_API ov_status ov_image_save(ov_image image, int32_t descriptor, const ov_encoding *how) {
  using namespace outpaint;
  return guarded([=] {
    std::string format = how->format;
    Image picture = call(vips_copy, format == "tiff" ? signed_lab(share(image)) : visible(image));
    if (becomes_srgb(image, format)) {
      picture = call(vips_copy, to_srgb8_with_alpha(image));
    } else if (image->Type == VIPS_INTERPRETATION_scRGB && format != "tiff") {
      picture = call(vips_copy, to_rgb16(picture)); // libvips would take 1 for nearly black
    }
    if (drops_profile(image, format))
      vips_image_remove(picture.get(), VIPS_META_ICC_NAME);
    if (format == "jpeg")
      picture = call(vips_copy, to_jpeg(picture));
    drop_metadata(picture);
    if (how->xmp_size > 0)
      vips_image_set_blob_copy(picture.get(), VIPS_META_XMP_NAME, how->xmp, how->xmp_size);
    // An attempt before this one may have written a part.
    if (ftruncate(descriptor, 0) != 0 || lseek(descriptor, how->offset, SEEK_SET) != how->offset)
      throw Failure();
    Target target(vips_target_new_to_descriptor(descriptor));
    if (!target || write(picture, target.get(), *how) != 0)
      throw Failure();
  });
}

OV_API ov_status ov_image_thumbnail(ov_image image, int32_t side, uint8_t **data, int64_t *size) {
  using namespace outpaint;
  return guarded([=] {
    VipsImage *small = nullptr;
    vips_thumbnail_image(shrinkable(image).get(), &small, side, "height", side, "size", VIPS_SIZE_DOWN, nullptr);
    Image rgb = to_srgb8(own(small).get());
    void *buffer = nullptr;
    size_t length = 0;
    if (vips_jpegsave_buffer(rgb.get(), &buffer, &length, "Q", 80, "optimize_coding", TRUE, "strip", TRUE, nullptr) !=
        0)
      throw Failure();
    *data = static_cast<uint8_t *>(buffer);
    *size = int64_t(length);
  });
}

OV_API void ov_buffer_free(uint8_t *data) { g_free(data); }
