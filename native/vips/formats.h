// What libvips leaves out of pictures of single file formats.
#pragma once

#include "image.h"

namespace outpaint {

// Set on pictures that were read from a lossless WebP.
constexpr const char *lossless_field = "outpaint-lossless";

// Whether a WebP file holds the lossless codec; libvips does not say.
bool is_lossless_webp(VipsSource *source);

// A WebP that has just been opened, with the resolution of its EXIF.
Image complete_webp(const Image &image);

// An AVIF or HEIC that has just been opened, with what libvips leaves out, and grey where its profile is for grey.
Image complete_heif(const Image &image, VipsSource *source);

// Each scan of a progressive JPEG goes over the whole picture. A few bytes may claim one; encoders make about ten.
void refuse_many_scans(VipsImage *image, VipsSource *source);

// A TIFF that has just been opened, with marks for what its values are.
Image complete_tiff(const Image &image, const ov_reading &how);

// Lab of 8 or 16 bits with the signs of its colours as a TIFF has them, from an order in which they may be blended, or
// the other way round; others as they are.
Image signed_lab(const Image &image);

// How many of the last bands are neither colours nor the picture's opacity.
int spare_bands(VipsImage *image);

// The picture as libvips understands it, from the values that a TIFF holds: without spare bands, with colours that are
// not multiplied by the opacity, and Lab in floats.
Image visible(VipsImage *image);

// The way back for a canvas in the form of visible(image).
Image as_stored(const Image &canvas, VipsImage *image);

// What is opaque in the values of an alpha band.
double opaque(VipsImage *image);

} // namespace outpaint
