// C ABI between the C# layer and libvips.
//
// An ov_image is a VipsImage: decoded and immutable, so it may be used from several threads. Every function that can
// fail returns an ov_status; after anything but OV_OK, ov_last_error() has libvips' words for the calling thread. No
// exception crosses this boundary.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <vips/vips.h>

#define OV_API extern "C" __attribute__((visibility("default")))

typedef VipsImage *ov_image;

typedef void (*ov_release)(void *owner);

// Interleaved 8-bit RGB. An image made of it reads it where it is, and calls release(owner) once, from any thread, when
// it is gone; after a failure nobody does.
struct ov_pixels {
  const uint8_t *data;
  int32_t width;
  int32_t height;
  void *owner;
  ov_release release;
};

struct ov_description {
  int32_t width;
  int32_t height;
  double xres; // pixels per millimetre
  double yres;
};

// How ov_image_load decodes.
struct ov_reading {
  int64_t max_pixels;     // a header that claims more is refused
  int32_t max_short_side; // > 0: a picture whose shorter side is larger is shrunk to it
  int32_t page;           // TIFF: from 0
  int32_t spare_bands;    // TIFF: how many of the last bands are neither colours nor opacity
  int32_t lab;            // TIFF: not 0 where the values are those of Lab, whatever the file says
  int32_t premultiplied;  // TIFF: not 0 where the colours are multiplied by the opacity, whatever the file says
};

// How ov_image_save encodes.
struct ov_encoding {
  const char *format; // jpeg, png, webp, tiff, avif or heic
  int32_t quality;    // 1..100, for the lossy ones
  int32_t subsample;  // JPEG: half the resolution for colour
  int64_t offset;     // where in the file to begin
  const void *xmp;    // AVIF and HEIC, which cannot take it afterwards
  int64_t xmp_size;
};

// A block of metadata as the file had it, by libvips' name for it; it belongs to the image. Null where there is none.
OV_API const void *ov_image_metadata(ov_image image, const char *name, int64_t *size);

// Shared with NativePhoto.Status in C#.
enum ov_status : int32_t {
  OV_OK = 0,
  OV_FAILED = 1,
  OV_NOT_A_PICTURE = 2,
  OV_TOO_LARGE = 3,
  OV_UNSUPPORTED = 4,
};

namespace outpaint {

// Thrown inside the bridge; libvips' error text says why.
struct Failure {
  ov_status status = OV_FAILED;
};

// Fails with one's own words, in place of libvips'.
[[noreturn]] inline void refuse(ov_status status, const std::string &words) {
  vips_error_clear();
  vips_error(nullptr, "%s", words.c_str());
  throw Failure{status};
}

struct Unref {
  void operator()(void *object) const { g_object_unref(object); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// Takes over a new reference; null means that the operation failed.
inline Image own(VipsImage *image) {
  if (image == nullptr)
    throw Failure();
  return Image(image);
}

inline Image share(VipsImage *image) {
  g_object_ref(image);
  return Image(image);
}

inline Image in_memory(const Image &image) { return own(vips_image_copy_memory(image.get())); }

// Calls a libvips operation of the form f(in, &out, ..., nullptr); null where it failed.
template <typename Operation, typename... Options>
Image attempt(Operation operation, const Image &in, Options... options) {
  VipsImage *out = nullptr;
  operation(in.get(), &out, options..., nullptr);
  return Image(out);
}

template <typename Operation, typename... Options>
Image call(Operation operation, const Image &in, Options... options) {
  return own(attempt(operation, in, options...).release());
}

inline bool has(const Image &image, const char *field) { return vips_image_get_typeof(image.get(), field) != 0; }

// Set on pictures that were read from a lossless WebP.
constexpr const char *lossless_field = "outpaint-lossless";

// A background option: the same value in all bands.
struct Background {
  explicit Background(double value) : array(vips_array_double_newv(1, value)) {}
  ~Background() { vips_area_unref(VIPS_AREA(array)); }
  VipsArrayDouble *array;
};

// An AVIF or HEIC that has just been opened, with what libvips leaves out, and grey where its profile is for grey.
Image complete_heif(const Image &image, VipsSource *source);

// Whether a WebP file holds the lossless codec; libvips does not say.
bool is_lossless_webp(VipsSource *source);

// A WebP that has just been opened, with the resolution of its EXIF.
Image complete_webp(const Image &image);

// Each scan of a progressive JPEG goes over the whole picture. A few bytes may claim one; encoders make about ten.
void refuse_many_scans(VipsImage *image, VipsSource *source);

// Lab of 8 or 16 bits with the signs of its colours as a TIFF has them, from an order in which they may be blended, or
// the other way round; others as they are.
Image signed_lab(const Image &image);

// A TIFF that has just been opened, with marks for what its values are.
Image complete_tiff(const Image &image, const ov_reading &how);

// How many of the last bands are neither colours nor the picture's opacity.
int spare_bands(VipsImage *image);

// The picture as libvips understands it, from the values that a TIFF holds: without spare bands, with colours that are
// not multiplied by the opacity, and Lab in floats.
Image visible(VipsImage *image);

// The way back for a canvas in the form of visible(image).
Image as_stored(const Image &canvas, VipsImage *image);

// What is opaque in the values of an alpha band.
double opaque(VipsImage *image);

// The caller's pixels, not copied.
Image wrap_rgb(const ov_pixels &pixels);

// Ties the pixels to an image made of them; the last thing before success.
void keep(const Image &image, const ov_pixels &pixels);

// Values that are a picture as they stand: RGB or grey in 8 or 16 bits, in whatever profile.
bool is_plain(VipsImage *image);

// Whether the picture has inks, and no profile that says what they look like.
bool has_plain_inks(VipsImage *image);

// What such inks look like in 8-bit sRGB, taken as programs without colour management take them: (1 - ink)(1 - black).
Image inks_to_rgb(const Image &inks);

// The way back. Many inks look the same in that way, but not in others: these have as much black as the model, whose
// inks go on in them, has in colours as dark.
Image rgb_to_inks(const Image &rgb, const Image &model);

// Float RGB in 16 bits: the values themselves where a profile says what they are, else by the definition of scRGB.
Image to_rgb16(const Image &floats);

// The bands of both.
Image join(const Image &colours, const Image &alpha);

// Values of up to 16 bits in 8.
Image to_8_bits(const Image &image);

// 8-bit sRGB with three bands, and alpha where there is one: profile applied.
Image to_srgb8_with_alpha(VipsImage *image);

// 8-bit sRGB with three bands: profile applied, transparency on white.
Image to_srgb8(VipsImage *image);

// The same without applying the profile, for a plain picture; to_srgb8 for others.
Image to_device8(VipsImage *image);

// Whether the profile is for grey. Other programs leave the profile of RGB in a picture that they made grey.
bool has_grey_profile(VipsImage *image);

// Whether a file of a format holds the picture as sRGB: it has no inks, or no grey, which the profile is for.
bool becomes_srgb(VipsImage *image, const std::string &format);

// Whether the profile is not for the colours that the file holds: those, or what was Lab.
bool drops_profile(VipsImage *image, const std::string &format);

// libvips' words about the failure of this body; empty while other threads may have added theirs.
std::string error_text();

// Starts libvips at the first call, runs body, and turns what it throws into a status and a message.
ov_status guarded(void (*body)(void *), void *context) noexcept;

template <typename Body> ov_status guarded(Body body) noexcept {
  return guarded([](void *context) { (*static_cast<Body *>(context))(); }, &body);
}

} // namespace outpaint
