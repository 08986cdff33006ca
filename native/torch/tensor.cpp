// What the C# Tensor needs besides operators: lifetime, description, bytes.
#include "bridge.h"

#include <cstring>

using outpaint::borrow;
using outpaint::checked_dtype;
using outpaint::checked_format;
using outpaint::give;
using outpaint::guarded;

OT_API void ot_tensor_release(ot_tensor handle) {
  if (handle != nullptr)
    c10::raw::intrusive_ptr::decref(handle);
}

// Nested and some sparse tensors refuse to describe themselves. Descriptions are asked for so often that they are
// returned themselves, -1 standing for an error.

OT_API int64_t ot_tensor_dimensions(ot_tensor handle) {
  int64_t dimensions = -1;
  guarded([&] { dimensions = handle->dim(); });
  return dimensions;
}

OT_API int ot_tensor_sizes(ot_tensor handle, int64_t *sizes) {
  return guarded([&] {
    auto shape = handle->sizes();
    std::memcpy(sizes, shape.data(), shape.size() * sizeof(int64_t));
  });
}

OT_API int64_t ot_tensor_size(ot_tensor handle, int64_t dimension) {
  int64_t size = -1;
  guarded([&] { size = handle->sizes()[dimension]; });
  return size;
}

OT_API int32_t ot_tensor_dtype(ot_tensor handle) {
  return static_cast<int32_t>(c10::typeMetaToScalarType(handle->dtype()));
}

// Packed as type * 256 + index + 1, so that "no index" (-1) stays non-negative.
OT_API int64_t ot_tensor_device(ot_tensor handle) {
  auto device = handle->device();
  return static_cast<int64_t>(device.type()) * 256 + device.index() + 1;
}

OT_API int ot_tensor_is_contiguous(ot_tensor handle, int32_t format) {
  int contiguous = -1;
  guarded([&] { contiguous = handle->is_contiguous(checked_format(format)); });
  return contiguous;
}

OT_API int ot_tensor_from_bytes(const void *data, int64_t bytes, const int64_t *sizes, int32_t dimensions,
                                int32_t dtype, ot_tensor *result) {
  return guarded([&] {
    auto tensor = at::empty(at::IntArrayRef(sizes, dimensions), checked_dtype(dtype));
    TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes, "a tensor of shape ", tensor.sizes(), " takes ",
                tensor.nbytes(), " bytes, not ", bytes);
    if (bytes > 0)
      std::memcpy(tensor.data_ptr(), data, bytes);
    *result = give(std::move(tensor));
  });
}

// Row-major bytes, whatever the tensor's strides and device.
OT_API int ot_tensor_copy_bytes(ot_tensor handle, void *destination, int64_t bytes) {
  return guarded([&] {
    auto tensor = borrow(handle).detach().cpu().contiguous();
    TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes, "the tensor holds ", tensor.nbytes(), " bytes, not ",
                bytes);
    if (bytes > 0)
      std::memcpy(destination, tensor.data_ptr(), bytes);
  });
}
