// The picture bridge: what Outpaint needs of libvips, as a C ABI.
//
// Every function that can fail returns a Status; after anything but OK,
// outpaint_vips_error() holds libvips' words for the calling thread. Images are
// decoded, in memory and immutable, so they may be used from several threads.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OUTPAINT_API __attribute__((visibility("default")))

typedef struct _VipsImage outpaint_image;

typedef enum {
    OUTPAINT_VIPS_OK = 0,
    OUTPAINT_VIPS_FAILED = 1,
    OUTPAINT_VIPS_NOT_A_PICTURE = 2,
    OUTPAINT_VIPS_TOO_LARGE = 3,
} outpaint_status;

OUTPAINT_API const char *outpaint_vips_error(void);
OUTPAINT_API void outpaint_vips_free(outpaint_image *image);
OUTPAINT_API void outpaint_vips_size(const outpaint_image *image, int32_t *width, int32_t *height);

// Reads a file, or where path is null the size bytes at data. The header may claim max_pixels at
// most. With max_short_side > 0 a larger picture is shrunk to it while it is decoded.
OUTPAINT_API outpaint_status outpaint_vips_load(const char *path, const void *data, int64_t size,
    int64_t max_pixels, int32_t max_short_side, outpaint_image **out);

// Writes width * height interleaved 8-bit sRGB pixels, resized where that is not the image's size.
OUTPAINT_API outpaint_status outpaint_vips_to_rgb(outpaint_image *image, int32_t width, int32_t height, uint8_t *pixels);

OUTPAINT_API outpaint_status outpaint_vips_from_rgb(const uint8_t *pixels, int32_t width, int32_t height, outpaint_image **out);

// The canvas in the image's own format, with the image's pixels and metadata put in at (left, top).
OUTPAINT_API outpaint_status outpaint_vips_extend(outpaint_image *image, const uint8_t *canvas,
    int32_t width, int32_t height, int32_t left, int32_t top, outpaint_image **out);

// Encodes to an open file in the format that the suffix (".jpg") names.
OUTPAINT_API outpaint_status outpaint_vips_save(outpaint_image *image, int32_t descriptor, const char *suffix, int32_t quality);

#ifdef __cplusplus
}
#endif
