// What the C# Tensor needs besides operators: lifetime, description, bytes.
#include "handles.h"

#include <cstring>
#include <utility>

#include <ATen/ATen.h>

using outpaint::borrow;
using outpaint::checked_count;
using outpaint::checked_dtype;
using outpaint::checked_format;
using outpaint::described;
using outpaint::give;
using outpaint::guarded;
using outpaint::required;

OT_API void ot_tensor_release(ot_tensor handle) {
  if (handle != nullptr)
    c10::raw::intrusive_ptr::decref(handle);
}

OT_API int64_t ot_tensor_dimensions(ot_tensor handle) {
  return described([&] { return required(handle).dim(); });
}

OT_API int ot_tensor_sizes(ot_tensor handle, int64_t *sizes) {
  return guarded([&] {
    auto shape = required(handle).sizes();
    std::memcpy(sizes, shape.data(), shape.size() * sizeof(int64_t));
  });
}

OT_API int64_t ot_tensor_size(ot_tensor handle, int64_t dimension) {
  return described([&] { return required(handle).sizes().at(dimension); });
}

OT_API int32_t ot_tensor_dtype(ot_tensor handle) {
  return described([&] { return static_cast<int32_t>(c10::typeMetaToScalarType(required(handle).dtype())); });
}

OT_API int64_t ot_tensor_device(ot_tensor handle) {
  return described([&] {
    auto device = required(handle).device();
    return static_cast<int64_t>(device.type()) * 256 + device.index() + 1;
  });
}

OT_API int ot_tensor_is_contiguous(ot_tensor handle, int32_t format) {
  return described([&] { return static_cast<int>(required(handle).is_contiguous(checked_format(format))); });
}

OT_API int ot_tensor_from_bytes(const void *data, int64_t bytes, const int64_t *sizes, int32_t dimensions,
                                int32_t dtype, ot_tensor *result) {
  return guarded([&] {
    auto tensor = at::empty(at::IntArrayRef(sizes, checked_count(dimensions)), checked_dtype(dtype));
    TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes, "a tensor of shape ", tensor.sizes(), " takes ",
                tensor.nbytes(), " bytes, not ", bytes);
    if (bytes > 0)
      std::memcpy(tensor.data_ptr(), data, bytes);
    *result = give(std::move(tensor));
  });
}

OT_API int ot_tensor_copy_bytes(ot_tensor handle, void *destination, int64_t bytes) {
  return guarded([&] {
    auto tensor = borrow(handle).detach().cpu().contiguous();
    TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes, "the tensor holds ", tensor.nbytes(), " bytes, not ",
                bytes);
    if (bytes > 0)
      std::memcpy(destination, tensor.data_ptr(), bytes);
  });
}
