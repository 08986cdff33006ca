#include "bridge.h"

namespace outpaint {

// sRGB to the profile of a picture; null where it has none that works.
static Image to_profile(const Image &canvas, const Image &model) {
  bool embedded = has(model, VIPS_META_ICC_NAME);
  bool cmyk = model->Type == VIPS_INTERPRETATION_CMYK;
  bool wide = model->BandFmt == VIPS_FORMAT_USHORT;
  if (!(embedded || cmyk) || !(wide || model->BandFmt == VIPS_FORMAT_UCHAR))
    return {};
  Image lab = call(vips_icc_import, canvas, "input_profile", "srgb", "intent", VIPS_INTENT_RELATIVE,
                   "black_point_compensation", TRUE);
  if (!embedded)
    return attempt(vips_icc_export, lab, "output_profile", "cmyk", "intent", VIPS_INTENT_RELATIVE,
                   "black_point_compensation", TRUE, "depth", wide ? 16 : 8);
  const void *profile;
  size_t size;
  if (vips_image_get_blob(model.get(), VIPS_META_ICC_NAME, &profile, &size) != 0)
    throw Failure();
  lab = call(vips_copy, lab); // metadata may be set on an image of one's own only
  vips_image_set_blob_copy(lab.get(), VIPS_META_ICC_NAME, profile, size);
  return attempt(vips_icc_export, lab, "intent", VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, "depth",
                 wide ? 16 : 8);
}

static Image to_colours(const Image &canvas, const Image &model) {
  if (Image converted = to_profile(canvas, model))
    return converted;
  if (model->BandFmt != VIPS_FORMAT_USHORT)
    return call(vips_colourspace, canvas, model->Type);
  // White is 65535, which libvips' own shift by eight bits does not reach.
  bool grey = model->Type == VIPS_INTERPRETATION_GREY16;
  return call(vips_linear1, call(vips_colourspace, canvas, grey ? VIPS_INTERPRETATION_B_W : VIPS_INTERPRETATION_sRGB),
              257.0, 0.0);
}

static double opaque(const Image &image) {
  if (image->BandFmt == VIPS_FORMAT_USHORT)
    return 65535;
  return image->Type == VIPS_INTERPRETATION_scRGB ? 1 : 255;
}

} // namespace outpaint

// The canvas in the image's bands, depth and profile, with the image's own pixels at (left, top) and its metadata.
OV_API ov_status ov_image_extend(ov_image image, const uint8_t *pixels, int32_t width, int32_t height, int32_t left,
                                 int32_t top, ov_image *out) {
  using namespace outpaint;
  return guarded([=] {
    Image model = share(image);
    Image canvas = to_colours(wrap_rgb(pixels, width, height), model);
    while (canvas->Bands < model->Bands)
      canvas = call(vips_bandjoin_const1, canvas, opaque(model));
    if (canvas->Bands != model->Bands) {
      vips_error(nullptr, "%d bands of an unusual kind", model->Bands);
      throw Failure();
    }
    canvas = call(vips_cast, canvas, model->BandFmt);
    canvas = call(vips_copy, canvas, "interpretation", model->Type, "xres", model->Xres, "yres", model->Yres);
    VipsImage *whole = nullptr;
    vips_insert(canvas.get(), image, &whole, left, top, nullptr); // joins the metadata of both
    *out = in_memory(own(whole)).release();
  });
}
