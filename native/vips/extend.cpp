#include "colour.h"
#include "formats.h"

#include <string>
#include <utility>

namespace outpaint {

// From sRGB through the profile of a picture, embedded or libvips' own.
static Image to_profile(const Image &canvas, const Image &model, const char *fallback, int depth) {
  Image lab = call(vips_icc_import, canvas, "input_profile", "srgb", "intent", VIPS_INTENT_RELATIVE,
                   "black_point_compensation", TRUE);
  int64_t size;
  if (const void *profile = ov_image_metadata(model.get(), VIPS_META_ICC_NAME, &size)) {
    lab = call(vips_copy, lab); // metadata may be set on an image of one's own only
    vips_image_set_blob_copy(lab.get(), VIPS_META_ICC_NAME, profile, size);
    if (Image values = attempt(vips_icc_export, lab, "intent", VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE,
                               "depth", depth))
      return values;
  }
  return call(vips_icc_export, lab, "output_profile", fallback, "intent", VIPS_INTENT_RELATIVE,
              "black_point_compensation", TRUE, "depth", depth);
}

static Image to_grey(const Image &canvas) {
  Image weights = own(vips_image_new_matrixv(3, 1, 0.299, 0.587, 0.114));
  VipsImage *grey = nullptr;
  vips_recomb(canvas.get(), &grey, weights.get(), nullptr);
  return own(grey);
}

// 8 bits as 16, with white at 65535. Noise with a standard deviation of .4 of an 8-bit step hides the steps in even
// gradients; pure black and white, where there are none, stay pure.
static Image widen(const Image &canvas) {
  VipsImage *noise = nullptr;
  vips_gaussnoise(&noise, canvas->Xsize, canvas->Ysize, "mean", 0.0, "sigma", 100.0, "seed", 1, nullptr);
  Image distance = call(vips_abs, call(vips_linear1, canvas, 1.0, -127.5));
  Image inside = call(vips_linear1, call(vips_less_const1, distance, 127.5), 1 / 255.0, 0.0);
  VipsImage *masked = nullptr, *sum = nullptr;
  vips_multiply(own(noise).get(), inside.get(), &masked, nullptr);
  Image dither = own(masked);
  vips_add(call(vips_linear1, canvas, 257.0, 0.0).get(), dither.get(), &sum, nullptr);
  return own(sum);
}

static std::string kind_of(const Image &image) {
  switch (image->BandFmt) {
  case VIPS_FORMAT_CHAR:
    return "signed 8-bit integers";
  case VIPS_FORMAT_SHORT:
    return "signed 16-bit integers";
  case VIPS_FORMAT_INT:
    return "signed 32-bit integers";
  case VIPS_FORMAT_UINT:
    return "32-bit integers";
  case VIPS_FORMAT_FLOAT:
    return "floats that are no RGB";
  default:
    return std::to_string(image->Bands) + " channels of an unknown kind";
  }
}

// The canvas in the picture's colours, without alpha.
static Image to_colours(const Image &canvas, const Image &model) {
  if (is_plain(model.get())) {
    bool grey = model->Type == VIPS_INTERPRETATION_B_W || model->Type == VIPS_INTERPRETATION_GREY16;
    Image colours = grey ? to_grey(canvas) : share(canvas.get());
    if (model->BandFmt == VIPS_FORMAT_USHORT)
      colours = widen(colours);
    return colours->BandFmt == VIPS_FORMAT_UCHAR ? std::move(colours) : call(vips_rint, colours);
  }
  switch (model->Type) {
  case VIPS_INTERPRETATION_CMYK:
    if (has_plain_inks(model.get()))
      return rgb_to_inks(canvas, model);
    return to_profile(canvas, model, "cmyk", model->BandFmt == VIPS_FORMAT_USHORT ? 16 : 8);
  case VIPS_INTERPRETATION_scRGB:
    if (has(model, VIPS_META_ICC_NAME))
      return call(vips_linear1, to_profile(canvas, model, "srgb", 16), 1 / 65535.0, 0.0);
    [[fallthrough]];
  case VIPS_INTERPRETATION_LAB:
  case VIPS_INTERPRETATION_XYZ:
    return call(vips_colourspace, canvas, model->Type);
  default:
    refuse(OV_FAILED, kind_of(model));
  }
}

// Continues bands at the border outwards: what is opaque, cut out, or selected stays so.
static Image continue_bands(const Image &canvas, const Image &image, int first, int count, int left, int top) {
  return call(vips_embed, call(vips_extract_band, image, first, "n", count), left, top, canvas->Xsize, canvas->Ysize,
              "extend", VIPS_EXTEND_COPY);
}

// The canvas goes on from the picture as it looks on white (ov_image_to_rgb). These are the colours that look like the
// canvas under the alpha: 255 - (255 - canvas) / opacity, or the canvas itself where nothing of it is seen.
static Image take_off_white(const Image &canvas, const Image &alpha) {
  Image unseen = call(vips_equal_const1, alpha, 0.0);
  VipsImage *scaled = nullptr, *colours = nullptr;
  vips_divide(call(vips_linear1, canvas, -opaque(alpha.get()), 255 * opaque(alpha.get())).get(), alpha.get(), &scaled,
              nullptr);
  Image seen = to_8_bits(call(vips_rint, call(vips_linear1, own(scaled), -1.0, 255.0)));
  vips_ifthenelse(unseen.get(), canvas.get(), seen.get(), &colours, nullptr);
  return own(colours);
}

// The picture where it is opaque, the canvas where it is not. Exact where the opacity is 255.
static Image blend(const Image &picture, const Image &canvas, const uint8_t *opacity, VipsImage *model, int left,
                   int top) {
  size_t size = size_t(model->Xsize) * model->Ysize;
  Image own_opacity =
      own(vips_image_new_from_memory_copy(opacity, size, model->Xsize, model->Ysize, 1, VIPS_FORMAT_UCHAR));
  Image mask = call(vips_embed, own_opacity, left, top, canvas->Xsize, canvas->Ysize);
  VipsImage *blended = nullptr;
  vips_ifthenelse(mask.get(), picture.get(), canvas.get(), &blended, "blend", TRUE, nullptr);
  return own(blended);
}

} // namespace outpaint

OV_API ov_status ov_image_extend(ov_image image, const ov_pixels *pixels, int32_t left, int32_t top,
                                 const uint8_t *opacity, ov_image *out) {
  using namespace outpaint;
  return guarded([=] {
    Image whole = share(image), model = visible(image);
    Image lent = wrap_rgb(*pixels);
    Image alpha;
    if (vips_image_hasalpha(model.get()))
      alpha = continue_bands(lent, model, model->Bands - 1, 1, left, top);
    Image colours = alpha ? take_off_white(lent, alpha) : share(lent.get());
    Image canvas = call(vips_cast, to_colours(colours, model), model->BandFmt);
    if (alpha)
      canvas = join(canvas, alpha);
    if (canvas->Bands != model->Bands)
      refuse(OV_FAILED, kind_of(model));
    canvas = as_stored(call(vips_copy, canvas, "interpretation", model->Type), image);
    if (int spare = spare_bands(image))
      canvas = join(canvas, continue_bands(canvas, whole, model->Bands, spare, left, top));
    canvas = call(vips_copy, canvas, "interpretation", model->Type, "xres", model->Xres, "yres", model->Yres);
    vips_image_remove(canvas.get(), VIPS_META_ICC_NAME); // the picture's own stays, usable or not
    VipsImage *inserted = nullptr;
    vips_insert(canvas.get(), image, &inserted, left, top, nullptr); // joins the fields of both
    Image extended = own(inserted);
    if (opacity)
      extended = blend(extended, canvas, opacity, image, left, top);
    *out = extended.release();
    keep(lent, *pixels);
  });
}
