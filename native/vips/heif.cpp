#include "colour.h"
#include "formats.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace outpaint {

// A part of a file, bounded.
struct Bytes {
  const uint8_t *data;
  size_t size;

  Bytes from(size_t start) const { return start < size ? Bytes{data + start, size - start} : Bytes{data, 0}; }
  uint64_t number(size_t at, size_t width) const {
    uint64_t value = 0;
    for (size_t i = 0; i < width && at + i < size; i++)
      value = value << 8 | data[at + i];
    return value;
  }
};

// Calls visit(content) for the boxes of a name (ISO/IEC 14496-12, 4.2).
template <typename Visit> static void each_box(Bytes bytes, const char *name, Visit visit) {
  while (bytes.size >= 8) {
    // A length of 1 says that 64 bits of it follow the name, 0 that the box is the last.
    uint64_t length = bytes.number(0, 4);
    size_t head = length == 1 ? 16 : 8;
    if (length == 1)
      length = bytes.number(8, 8);
    else if (length == 0)
      length = bytes.size;
    if (length < head || bytes.size < head)
      return;
    Bytes box = {bytes.data, size_t(std::min<uint64_t>(length, bytes.size))};
    if (memcmp(box.data + 4, name, 4) == 0)
      visit(box.from(head));
    bytes = bytes.from(box.size);
  }
}

// Calls visit(type, content) for each description of the colours (ISO/IEC 23008-12, 6.5.5).
template <typename Visit> static void each_colour(Bytes file, Visit visit) {
  each_box(file, "meta", [&](Bytes meta) {
    each_box(meta.from(4), "iprp", [&](Bytes properties) {
      each_box(properties, "ipco", [&](Bytes container) {
        each_box(container, "colr", [&](Bytes colour) {
          if (colour.size > 4)
            visit(colour.number(0, 4), colour.from(4));
        });
      });
    });
  });
}

// libvips 8.14 finds no profile where there are code points as well, and ignores those (ITU-T H.273).
static void read_colours(VipsImage *image, Bytes file) {
  each_colour(file, [&](uint32_t type, Bytes content) {
    constexpr uint32_t prof = 0x70726f66, rICC = 0x72494343, nclx = 0x6e636c78;
    if (type == prof || type == rICC)
      vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, content.data, content.size);
    if (type != nclx)
      return;
    uint32_t primaries = content.number(0, 2), transfer = content.number(2, 2);
    if (transfer == 16 || transfer == 18)
      refuse(OV_UNSUPPORTED, "HDR brightness (PQ or HLG)");
    VipsBlob *profile = nullptr;
    if (primaries == 12 && vips_image_get_typeof(image, VIPS_META_ICC_NAME) == 0 &&
        vips_profile_load("p3", &profile, nullptr) == 0) {
      size_t size;
      const void *data = vips_blob_get(profile, &size);
      vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, data, size);
      vips_area_unref(VIPS_AREA(profile));
    }
  });
}

// libvips 8.14 frees the metadata of an AVIF or HEIC with the image it came with, not with the last that has it, and
// does not know every XMP as such.
static void own_metadata(VipsImage *image) {
  gchar **fields = vips_image_get_fields(image);
  for (gchar **field = fields; *field; field++) {
    const void *data;
    size_t size;
    bool unnamed = vips_isprefix("heif-mime", *field);
    if ((!unnamed && strcmp(*field, VIPS_META_EXIF_NAME) != 0 && strcmp(*field, VIPS_META_XMP_NAME) != 0) ||
        vips_image_get_blob(image, *field, &data, &size) != 0)
      continue;
    std::string block(static_cast<const char *>(data), size);
    if (!unnamed || block.find("<x:xmpmeta") != block.npos)
      vips_image_set_blob_copy(image, unnamed ? VIPS_META_XMP_NAME : *field, block.data(), block.size());
    if (unnamed)
      vips_image_remove(image, *field);
  }
  g_strfreev(fields);
}

// libvips decodes grey as RGB, for which a profile for grey says nothing.
static Image to_grey(const Image &image) {
  VipsInterpretation type = image->BandFmt == VIPS_FORMAT_USHORT ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W;
  Image grey = call(vips_extract_band, image, 0);
  if (vips_image_hasalpha(image.get()))
    grey = join(grey, call(vips_extract_band, image, image->Bands - 1));
  return call(vips_copy, grey, "interpretation", type);
}

Image complete_heif(const Image &image, VipsSource *source) {
  own_metadata(image.get());
  vips_autorot_remove_angle(image.get()); // libheif has turned it; what EXIF says of that is for information only
  size_t size;
  if (const void *data = vips_source_map(source, &size))
    read_colours(image.get(), Bytes{static_cast<const uint8_t *>(data), size});
  return image->Bands >= 3 && has_grey_profile(image.get()) ? to_grey(image) : share(image.get());
}

} // namespace outpaint
