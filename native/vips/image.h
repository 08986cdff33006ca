// How the bridge holds libvips' objects, calls its operations and fails.
#pragma once

#include "bridge.h"

#include <memory>
#include <string>

#include <vips/vips.h>

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

// libvips' words about the failure of this body; empty while other threads may have added theirs.
std::string error_text();

// Starts libvips at the first call, runs body, and turns what it throws into a status and a message.
ov_status guarded(void (*body)(void *), void *context) noexcept;

template <typename Body> ov_status guarded(Body body) noexcept {
  return guarded([](void *context) { (*static_cast<Body *>(context))(); }, &body);
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

// A background option: the same value in all bands.
struct Background {
  explicit Background(double value) : array(vips_array_double_newv(1, value)) {}
  ~Background() { vips_area_unref(VIPS_AREA(array)); }
  VipsArrayDouble *array;
};

} // namespace outpaint
