// C ABI between the C# layer and libvips: all that C# calls, and nothing that it does not.
//
// An ov_image is a VipsImage: decoded and immutable, so it may be used from several threads; whoever receives one frees
// it. Every function that can fail returns an ov_status; after anything but OV_OK, ov_last_error() has libvips' words
// for the calling thread. No exception crosses this boundary. Pointers are not null, unless it says so.
#pragma once

#include <cstdint>

#define OV_API extern "C" __attribute__((visibility("default")))

typedef struct _VipsImage *ov_image;

typedef void (*ov_release)(void *owner);

// Shared with NativePhoto.Status in C#.
enum ov_status : int32_t {
  OV_OK = 0,
  OV_FAILED = 1,
  OV_NOT_A_PICTURE = 2,
  OV_TOO_LARGE = 3,
  OV_UNSUPPORTED = 4,
};

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

// Why this thread's last call failed.
OV_API const char *ov_last_error();

// Reads a file, or where path is null the size bytes at data.
OV_API ov_status ov_image_load(const char *path, const void *data, int64_t size, const ov_reading *how, ov_image *out);

OV_API ov_status ov_image_from_rgb(const ov_pixels *pixels, ov_image *out);

OV_API void ov_image_free(ov_image image);

OV_API void ov_image_describe(ov_image image, ov_description *out);

// A block of metadata as the file had it, by libvips' name for it; it belongs to the image. Null where there is none.
OV_API const void *ov_image_metadata(ov_image image, const char *name, int64_t *size);

// The colour profile for a file of a format; it belongs to the image. Null where there is none.
OV_API const void *ov_image_profile(ov_image image, const char *format, int64_t *size);

// Writes width * height interleaved 8-bit pixels, resized where that is not the image's size: sRGB, or where device is
// not 0 the image's own RGB or grey values.
OV_API ov_status ov_image_to_rgb(ov_image image, int32_t device, int32_t width, int32_t height, uint8_t *pixels);

// Writes width * height interleaved 8-bit pixels.
OV_API ov_status ov_resize_rgb(const ov_pixels *source, int32_t width, int32_t height, uint8_t *pixels);

// The canvas, whose colours are those of ov_image_to_rgb with device, in the image's bands, depth and profile, with the
// image's own pixels at (left, top), as opaque as it says (a byte for each; null for 255). It is computed while it is
// read: only the canvas, the image and the opacity are in memory.
OV_API ov_status ov_image_extend(ov_image image, const ov_pixels *pixels, int32_t left, int32_t top,
                                 const uint8_t *opacity, ov_image *out);

// Encodes to an open file, from an offset on. No metadata is written but, in AVIF and HEIC, the profile, the XMP and a
// placeholder for EXIF.
OV_API ov_status ov_image_save(ov_image image, int32_t descriptor, const ov_encoding *how);

// A small sRGB JPEG of the image, at most side pixels long; free it with ov_buffer_free.
OV_API ov_status ov_image_thumbnail(ov_image image, int32_t side, uint8_t **data, int64_t *size);

OV_API void ov_buffer_free(uint8_t *data);
