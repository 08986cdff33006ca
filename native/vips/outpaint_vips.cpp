#include "outpaint_vips.h"

#include <vips/vips.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <new>
#include <shared_mutex>
#include <string>

namespace {

struct Unref {
    void operator()(void *object) const { g_object_unref(object); }
};
using Image = std::unique_ptr<VipsImage, Unref>;
using Source = std::unique_ptr<VipsSource, Unref>;
using Target = std::unique_ptr<VipsTarget, Unref>;

constexpr const char *LosslessField = "outpaint-lossless";

thread_local std::string last_error;

void discard(const gchar *, GLogLevelFlags, const gchar *, gpointer) {}

bool start() {
    // Before vips_init, which itself complains about optional modules. Nothing here is an error:
    // those come back as status codes.
    for (const char *domain : {"VIPS", "GLib", "GLib-GObject"})
        g_log_set_handler(domain, (GLogLevelFlags)(G_LOG_LEVEL_MASK & ~G_LOG_LEVEL_ERROR), discard, nullptr);
    if (vips_init("outpaint") != 0)
        return false;

    // Only the formats we promise: the others have loaders that were never meant for unknown files
    // (ImageMagick, PDF, SVG, text matrices).
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (const char *format : {"Jpeg", "Png", "Webp", "Tiff", "Heif"})
        vips_operation_block_set((std::string("VipsForeignLoad") + format).c_str(), FALSE);

    // The cache keys on file names: a file that changed would come back as it was.
    vips_cache_set_max(0);
    return true;
}

// Runs an operation and keeps libvips' words when it fails. libvips has one error text for all
// threads, so a failure is repeated with no other thread inside, to get its own words.
template <class Operation>
outpaint_status run(Operation operation) noexcept {
    static std::shared_mutex gate;
    try {
        static const bool started = start();
        if (!started) {
            last_error = "libvips could not be initialised";
            return OUTPAINT_VIPS_FAILED;
        }
        {
            std::shared_lock<std::shared_mutex> many(gate);
            if (operation() == OUTPAINT_VIPS_OK)
                return OUTPAINT_VIPS_OK;
        }
        std::unique_lock<std::shared_mutex> alone(gate);
        vips_error_clear();
        outpaint_status status = operation();
        last_error = vips_error_buffer();
        vips_error_clear();
        return status;
    } catch (const std::exception &e) {
        last_error = e.what();
        return OUTPAINT_VIPS_FAILED;
    }
}

outpaint_status hand_over(Image image, VipsImage **out) {
    if (!image)
        return OUTPAINT_VIPS_FAILED;
    *out = image.release();
    return OUTPAINT_VIPS_OK;
}

// Calls a libvips operation of the form f(in, &out, options..., NULL).
template <class Operation, class... Options>
Image call(Operation operation, const Image &in, Options... options) {
    VipsImage *out = nullptr;
    if (!in || operation(in.get(), &out, options..., nullptr) != 0)
        return {};
    return Image(out);
}

Image in_memory(const Image &image) {
    return Image(image ? vips_image_copy_memory(image.get()) : nullptr);
}

Image share(VipsImage *image) {
    g_object_ref(image);
    return Image(image);
}

// ---- Loading ----

Source open_source(const char *path, const void *data, int64_t size) {
    return Source(path ? vips_source_new_from_file(path) : vips_source_new_from_memory(data, (size_t)size));
}

// Whether a WebP file holds the lossless codec: libvips does not say.
bool is_lossless_webp(const char *loader, VipsSource *source) {
    if (!strstr(loader, "Webp") || vips_source_rewind(source) != 0)
        return false;
    // RIFF: a 12-byte header, then chunks of a name, a little-endian length and an even-sized body.
    gint64 position = 12;
    uint8_t chunk[8];
    while (vips_source_seek(source, position, SEEK_SET) == position &&
        vips_source_read(source, chunk, sizeof chunk) == (gint64)sizeof chunk) {
        if (memcmp(chunk, "VP8L", 4) == 0)
            return true;
        if (memcmp(chunk, "VP8 ", 4) == 0)
            return false;
        uint32_t length = chunk[4] | chunk[5] << 8 | chunk[6] << 16 | (uint32_t)chunk[7] << 24;
        position += 8 + (gint64)length + (length & 1);
    }
    return false;
}

Image shrink_while_decoding(VipsSource *source, int width, int height, VipsFailOn fail_on) {
    VipsImage *out = nullptr;
    if (vips_thumbnail_source(source, &out, width, "height", height,
            "size", VIPS_SIZE_FORCE, "no_rotate", TRUE, "fail_on", fail_on, nullptr) != 0)
        return {};
    return in_memory(Image(out));
}

outpaint_status load(const char *path, const void *data, int64_t size, int64_t max_pixels, int32_t max_short_side, VipsImage **out) {
    Source source = open_source(path, data, size);
    if (!source)
        return OUTPAINT_VIPS_FAILED;
    const char *loader = vips_foreign_find_load_source(source.get());
    if (!loader)
        return OUTPAINT_VIPS_NOT_A_PICTURE;
    bool lossless = is_lossless_webp(loader, source.get());

    // libjpeg calls damaged data a warning; in the other formats warnings are about odd metadata.
    VipsFailOn fail_on = strstr(loader, "Jpeg") ? VIPS_FAIL_ON_WARNING : VIPS_FAIL_ON_ERROR;
    Image image(vips_image_new_from_source(source.get(), "",
        "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr));
    if (!image)
        return OUTPAINT_VIPS_FAILED;

    int width = vips_image_get_width(image.get()), height = vips_image_get_height(image.get());
    if ((int64_t)width * height > max_pixels || VIPS_IMAGE_SIZEOF_PEL(image.get()) > 40) {
        vips_error("outpaint", "%d x %d pixels", width, height);
        return OUTPAINT_VIPS_TOO_LARGE;
    }

    int short_side = std::min(width, height);
    if (max_short_side > 0 && short_side > max_short_side) {
        double scale = (double)max_short_side / short_side;
        image = shrink_while_decoding(source.get(),
            std::max(1, (int)std::lround(width * scale)), std::max(1, (int)std::lround(height * scale)), fail_on);
    } else {
        // Starting threads takes longer than decoding a small picture.
        if ((int64_t)width * height < 1 << 21)
            vips_image_set_int(image.get(), VIPS_META_CONCURRENCY, 1);
        image = in_memory(image);
    }
    if (!image)
        return OUTPAINT_VIPS_FAILED;

    bool turned = vips_image_get_orientation(image.get()) > 1;
    image = call(vips_autorot, image);
    if (turned)
        image = in_memory(image);
    if (!image)
        return OUTPAINT_VIPS_FAILED;
    vips_image_remove(image.get(), VIPS_META_CONCURRENCY);
    vips_image_remove(image.get(), "jpeg-thumbnail-data");
    if (lossless)
        vips_image_set_int(image.get(), LosslessField, 1);
    return hand_over(std::move(image), out);
}

// ---- Colour ----

bool has_profile(VipsImage *image) {
    return vips_image_get_typeof(image, VIPS_META_ICC_NAME) != 0;
}

Image to_srgb(const Image &in) {
    bool cmyk = in->Type == VIPS_INTERPRETATION_CMYK;
    if (has_profile(in.get()) || cmyk) {
        // A missing or unusable profile leaves libvips' own CMYK profile, or the plain conversion.
        Image out = call(vips_icc_transform, in, "srgb", "embedded", TRUE, "input_profile", cmyk ? "cmyk" : "srgb",
            "intent", VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, "depth", 8);
        if (out)
            return out;
    }
    if (in->Type == VIPS_INTERPRETATION_sRGB && in->BandFmt == VIPS_FORMAT_UCHAR)
        return share(in.get());
    return call(vips_colourspace, in, VIPS_INTERPRETATION_sRGB);
}

std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble *)> white() {
    return {vips_array_double_newv(1, 255.0), [](VipsArrayDouble *array) { vips_area_unref(VIPS_AREA(array)); }};
}

// 8-bit sRGB on white, three bands.
Image to_rgb8(VipsImage *image) {
    Image colour = share(image), alpha;
    if (vips_image_hasalpha(image)) {
        int last = image->Bands - 1;
        alpha = call(vips_cast, call(vips_extract_band, colour, last), VIPS_FORMAT_UCHAR,
            "shift", (gboolean)(image->BandFmt == VIPS_FORMAT_USHORT));
        colour = call(vips_extract_band, colour, 0, "n", last);
    }
    if (colour)
        colour = to_srgb(colour);
    if (!colour)
        return {};
    if (colour->Bands != 3)
        colour = call(vips_extract_band, colour, 0, "n", std::min(3, colour->Bands));
    colour = call(vips_cast, colour, VIPS_FORMAT_UCHAR);
    if (!alpha || !colour)
        return colour;

    VipsImage *bands[] = {colour.get(), alpha.get()}, *joined = nullptr;
    if (vips_bandjoin(bands, &joined, 2, nullptr) != 0)
        return {};
    auto background = white();
    return call(vips_flatten, Image(joined), "background", background.get());
}

outpaint_status to_rgb(VipsImage *image, int32_t width, int32_t height, uint8_t *pixels) {
    Image rgb = to_rgb8(image);
    if (rgb && (rgb->Xsize != width || rgb->Ysize != height))
        rgb = call(vips_resize, rgb, (double)width / rgb->Xsize, "vscale", (double)height / rgb->Ysize);
    if (!rgb)
        return OUTPAINT_VIPS_FAILED;
    if (rgb->Xsize != width || rgb->Ysize != height || rgb->Bands != 3) {
        vips_error("outpaint", "conversion gave %d x %d x %d", rgb->Xsize, rgb->Ysize, rgb->Bands);
        return OUTPAINT_VIPS_FAILED;
    }
    // Written straight into the caller's memory: no copy of libvips' own.
    Image target(vips_image_new_from_memory(pixels, (size_t)width * height * 3, width, height, 3, VIPS_FORMAT_UCHAR));
    return target && vips_image_write(rgb.get(), target.get()) == 0 ? OUTPAINT_VIPS_OK : OUTPAINT_VIPS_FAILED;
}

Image wrap_rgb(const uint8_t *pixels, int32_t width, int32_t height) {
    Image image(vips_image_new_from_memory(pixels, (size_t)width * height * 3, width, height, 3, VIPS_FORMAT_UCHAR));
    return call(vips_copy, image, "interpretation", VIPS_INTERPRETATION_sRGB);
}

// ---- Extending ----

// The canvas (sRGB, 8-bit) in the colours of a picture, without its alpha.
Image in_colours_of(const Image &model, const Image &canvas) {
    bool cmyk = model->Type == VIPS_INTERPRETATION_CMYK;
    bool wide = model->BandFmt == VIPS_FORMAT_USHORT;
    bool profile = has_profile(model.get());
    if ((profile || cmyk) && (wide || model->BandFmt == VIPS_FORMAT_UCHAR)) {
        Image lab = call(vips_icc_import, canvas, "input_profile", "srgb",
            "intent", VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE);
        lab = call(vips_copy, lab); // what is attached below must not show up in a shared image
        const void *data;
        size_t size;
        if (lab && profile && vips_image_get_blob(model.get(), VIPS_META_ICC_NAME, &data, &size) == 0)
            vips_image_set_blob_copy(lab.get(), VIPS_META_ICC_NAME, data, size);
        Image out = profile
            ? call(vips_icc_export, lab, "intent", VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, "depth", wide ? 16 : 8)
            : call(vips_icc_export, lab, "output_profile", "cmyk", "intent", VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE);
        if (out)
            return out;
    }
    if (!wide)
        return call(vips_colourspace, canvas, model->Type);
    // 255 must become 65535: a shift by eight bits would leave white a little grey.
    Image narrow = model->Type == VIPS_INTERPRETATION_GREY16 ? call(vips_colourspace, canvas, VIPS_INTERPRETATION_B_W) : share(canvas.get());
    return call(vips_linear1, narrow, 257.0, 0.0);
}

outpaint_status extend(VipsImage *image, const uint8_t *pixels, int32_t width, int32_t height, int32_t left, int32_t top, VipsImage **out) {
    Image model = share(image);
    Image canvas = wrap_rgb(pixels, width, height);
    if (canvas)
        canvas = in_colours_of(model, canvas);
    // What is left is alpha (and more bands, in scientific files): opaque.
    double opaque = image->BandFmt == VIPS_FORMAT_USHORT ? 65535.0 : image->Type == VIPS_INTERPRETATION_scRGB ? 1.0 : 255.0;
    while (canvas && canvas->Bands < image->Bands)
        canvas = call(vips_bandjoin_const1, canvas, opaque);
    canvas = call(vips_cast, canvas, image->BandFmt);
    canvas = call(vips_copy, canvas, "interpretation", image->Type, "xres", image->Xres, "yres", image->Yres);
    if (!canvas)
        return OUTPAINT_VIPS_FAILED;
    if (canvas->Bands != image->Bands) {
        vips_error("outpaint", "%d bands of an unusual kind", image->Bands);
        return OUTPAINT_VIPS_FAILED;
    }
    // Metadata of both go into the result; the canvas has none of its own.
    VipsImage *whole = nullptr;
    if (vips_insert(canvas.get(), image, &whole, left, top, nullptr) != 0)
        return OUTPAINT_VIPS_FAILED;
    return hand_over(in_memory(Image(whole)), out);
}

// ---- Saving ----

outpaint_status save(VipsImage *image, int32_t descriptor, const char *suffix, int32_t quality) {
    Target target(vips_target_new_to_descriptor(descriptor));
    if (!target)
        return OUTPAINT_VIPS_FAILED;
    std::string format = suffix;
    Image in = share(image);
    bool jpeg = format == ".jpg" || format == ".jpeg", tiff = format == ".tif" || format == ".tiff";
    if (in->Type == VIPS_INTERPRETATION_CMYK && !jpeg && !tiff) {
        in = to_rgb8(image);
        if (!in)
            return OUTPAINT_VIPS_FAILED;
        vips_image_remove(in.get(), VIPS_META_ICC_NAME);
    }

    int failed;
    if (jpeg) {
        auto background = white();
        failed = vips_jpegsave_target(in.get(), target.get(), "Q", quality, "optimize_coding", TRUE, "background", background.get(), nullptr);
    } else if (format == ".png") {
        failed = vips_pngsave_target(in.get(), target.get(), nullptr);
    } else if (format == ".webp") {
        gboolean lossless = vips_image_get_typeof(in.get(), LosslessField) != 0;
        failed = vips_webpsave_target(in.get(), target.get(), "Q", quality, "lossless", lossless, nullptr);
    } else if (tiff) {
        failed = vips_tiffsave_target(in.get(), target.get(), "compression", VIPS_FOREIGN_TIFF_COMPRESSION_LZW,
            "predictor", VIPS_FOREIGN_TIFF_PREDICTOR_HORIZONTAL, nullptr);
    } else {
        VipsForeignHeifCompression codec = format == ".avif" ? VIPS_FOREIGN_HEIF_COMPRESSION_AV1 : VIPS_FOREIGN_HEIF_COMPRESSION_HEVC;
        failed = vips_heifsave_target(in.get(), target.get(), "Q", quality, "compression", codec, nullptr);
    }
    return failed ? OUTPAINT_VIPS_FAILED : OUTPAINT_VIPS_OK;
}

} // namespace

const char *outpaint_vips_error(void) { return last_error.c_str(); }

void outpaint_vips_free(outpaint_image *image) { g_object_unref(image); }

void outpaint_vips_size(const outpaint_image *image, int32_t *width, int32_t *height) {
    *width = vips_image_get_width(image);
    *height = vips_image_get_height(image);
}

outpaint_status outpaint_vips_load(const char *path, const void *data, int64_t size, int64_t max_pixels, int32_t max_short_side, outpaint_image **out) {
    return run([=] { return load(path, data, size, max_pixels, max_short_side, out); });
}

outpaint_status outpaint_vips_to_rgb(outpaint_image *image, int32_t width, int32_t height, uint8_t *pixels) {
    return run([=] { return to_rgb(image, width, height, pixels); });
}

outpaint_status outpaint_vips_from_rgb(const uint8_t *pixels, int32_t width, int32_t height, outpaint_image **out) {
    return run([=] { return hand_over(in_memory(wrap_rgb(pixels, width, height)), out); });
}

outpaint_status outpaint_vips_extend(outpaint_image *image, const uint8_t *canvas,
    int32_t width, int32_t height, int32_t left, int32_t top, outpaint_image **out) {
    return run([=] { return extend(image, canvas, width, height, left, top, out); });
}

outpaint_status outpaint_vips_save(outpaint_image *image, int32_t descriptor, const char *suffix, int32_t quality) {
    return run([=] { return save(image, descriptor, suffix, quality); });
}
