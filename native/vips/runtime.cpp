#include "colour.h"

#include <exception>
#include <mutex>
#include <shared_mutex>
#include <string>

namespace outpaint {

static thread_local std::string last_error;
static bool alone = false; // written under the gate below, held by one

static void discard(const gchar *, GLogLevelFlags, const gchar *, gpointer) {}

static bool start() {
  // Before vips_init, which itself complains of optional modules. What matters comes back as a status.
  for (const char *domain : {"VIPS", "GLib", "GLib-GObject"})
    g_log_set_handler(domain, GLogLevelFlags(G_LOG_LEVEL_MASK & ~G_LOG_LEVEL_ERROR), discard, nullptr);
  if (vips_init("outpaint") != 0)
    return false;

  // The cache goes by file name: a file that changed would come back as it was.
  vips_cache_set_max(0);
  return true;
}

static ov_status run(void (*body)(void *), void *context) {
  try {
    body(context);
    return OV_OK;
  } catch (const Failure &failure) {
    return failure.status;
  } catch (const std::exception &e) {
    vips_error(nullptr, "%s", e.what());
    return OV_FAILED;
  }
}

std::string error_text() { return alone ? vips_error_buffer() : ""; }

// libvips has one error text for all threads. So that a failure reports its own words and not another thread's, it is
// repeated with no other thread inside.
ov_status guarded(void (*body)(void *), void *context) noexcept {
  static const bool started = start();
  static std::shared_mutex gate;
  {
    std::shared_lock<std::shared_mutex> together(gate);
    if (started && run(body, context) == OV_OK)
      return OV_OK;
  }
  std::unique_lock<std::shared_mutex> one(gate);
  alone = true;
  vips_error_clear();
  ov_status status = started ? run(body, context) : OV_FAILED;
  last_error = vips_error_buffer();
  alone = false;
  return status;
}

} // namespace outpaint

OV_API const char *ov_last_error() { return outpaint::last_error.c_str(); }

OV_API void ov_image_free(ov_image image) { g_object_unref(image); }

OV_API void ov_image_describe(ov_image image, ov_description *out) {
  *out = {image->Xsize, image->Ysize, image->Xres, image->Yres};
}

OV_API const void *ov_image_metadata(ov_image image, const char *name, int64_t *size) {
  const void *data = nullptr;
  size_t length = 0;
  if (vips_image_get_typeof(image, name) == VIPS_TYPE_BLOB)
    vips_image_get_blob(image, name, &data, &length);
  *size = int64_t(length);
  return data;
}

OV_API const void *ov_image_profile(ov_image image, const char *format, int64_t *size) {
  *size = 0;
  return outpaint::drops_profile(image, format) ? nullptr : ov_image_metadata(image, VIPS_META_ICC_NAME, size);
}
