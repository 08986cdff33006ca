// What the values of pictures look like, and what values look like a canvas.
#pragma once

#include "image.h"

namespace outpaint {

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

// The picture in a form that libvips' thumbnails look like it: they take inks for those of a profile of libvips' own.
Image shrinkable(VipsImage *image);

// Whether the profile is for grey. Other programs leave the profile of RGB in a picture that they made grey.
bool has_grey_profile(VipsImage *image);

// Whether a file of a format holds the picture as sRGB: it has no inks, or no grey, which the profile is for.
bool becomes_srgb(VipsImage *image, const std::string &format);

// Whether the profile is not for the colours that the file holds: those, or what was Lab.
bool drops_profile(VipsImage *image, const std::string &format);

} // namespace outpaint
