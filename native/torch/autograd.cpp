// Gradients, and the thread-local modes around them.
#include "handles.h"

#include <utility>
#include <vector>

#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

using outpaint::borrow;
using outpaint::borrow_optional;
using outpaint::checked_count;
using outpaint::checked_dtype;
using outpaint::described;
using outpaint::give;
using outpaint::guarded;
using outpaint::required;

namespace {

std::vector<at::Tensor> borrow_all(ot_tensor const *handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  for (int32_t i = 0; i < checked_count(count); i++)
    tensors.push_back(borrow(handles[i]));
  return tensors;
}

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
using at::autocast::get_autocast_dtype;
using at::autocast::is_autocast_enabled;
using at::autocast::set_autocast_dtype;
using at::autocast::set_autocast_enabled;
#else
// Older ones have these four functions once per kind of device.
bool is_autocast_enabled(c10::DeviceType type) {
  return type == c10::DeviceType::CPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
}

at::ScalarType get_autocast_dtype(c10::DeviceType type) {
  return type == c10::DeviceType::CPU ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype();
}

void set_autocast_enabled(c10::DeviceType type, bool enabled) {
  type == c10::DeviceType::CPU ? at::autocast::set_cpu_enabled(enabled) : at::autocast::set_enabled(enabled);
}

void set_autocast_dtype(c10::DeviceType type, at::ScalarType dtype) {
  type == c10::DeviceType::CPU ? at::autocast::set_autocast_cpu_dtype(dtype)
                               : at::autocast::set_autocast_gpu_dtype(dtype);
}
#endif

constexpr int32_t autocast_off = -1;

// The type first: it may be refused, and then nothing must have changed.
void set_autocast(c10::DeviceType type, int32_t dtype) {
  if (dtype != autocast_off)
    set_autocast_dtype(type, checked_dtype(dtype));
  set_autocast_enabled(type, dtype != autocast_off);
}

} // namespace

OT_API int ot_tensor_requires_grad(ot_tensor handle) {
  return described([&] { return static_cast<int>(required(handle).requires_grad()); });
}

OT_API int ot_tensor_set_requires_grad(ot_tensor handle, int enabled) {
  return guarded([&] { borrow(handle).requires_grad_(enabled != 0); });
}

OT_API int ot_tensor_grad(ot_tensor handle, ot_tensor *result) {
  return guarded([&] { *result = give(borrow(handle).grad()); });
}

OT_API int ot_tensor_set_grad(ot_tensor handle, ot_tensor grad) {
  return guarded([&] { borrow(handle).mutable_grad() = borrow_optional(grad); });
}

OT_API int ot_tensor_set_data(ot_tensor handle, ot_tensor data) {
  return guarded([&] { borrow(handle).set_data(borrow(data)); });
}

OT_API int ot_backward(ot_tensor output, int retain_graph) {
  return guarded([&] { torch::autograd::backward({borrow(output)}, /*grad_tensors=*/{}, retain_graph != 0); });
}

OT_API int ot_grad(ot_tensor output, ot_tensor const *inputs, int32_t input_count, int create_graph,
                   ot_tensor *results) {
  return guarded([&] {
    auto found = torch::autograd::grad({borrow(output)}, borrow_all(inputs, input_count), /*grad_outputs=*/{},
                                       /*retain_graph=*/create_graph != 0, create_graph != 0, /*allow_unused=*/true);
    for (size_t i = 0; i < found.size(); i++)
      results[i] = give(std::move(found[i]));
  });
}

// Autocast keeps the weights that it has cast. Those cast while nothing was recorded must not serve afterwards: they
// would cut the weights off from the graph without a word. Hence the cache is dropped where recording starts again.

OT_API int ot_grad_mode(int enabled) {
  bool before = c10::GradMode::is_enabled();
  c10::GradMode::set_enabled(enabled != 0);
  if (enabled && !before)
    at::autocast::clear_cache();
  return before;
}

OT_API void *ot_inference_enter() { return new c10::InferenceMode(true); }

OT_API void ot_inference_exit(void *guard) {
  if (guard == nullptr)
    return;
  delete static_cast<c10::InferenceMode *>(guard);
  at::autocast::clear_cache();
}

OT_API int ot_autocast_enter(int32_t device_type, int32_t dtype, int32_t *outer) {
  return guarded([&] {
    auto type = static_cast<c10::DeviceType>(device_type);
    *outer = is_autocast_enabled(type) ? static_cast<int32_t>(get_autocast_dtype(type)) : autocast_off;
    set_autocast(type, dtype);
    at::autocast::increment_nesting();
  });
}

OT_API int ot_autocast_exit(int32_t device_type, int32_t outer) {
  return guarded([&] {
    set_autocast(static_cast<c10::DeviceType>(device_type), outer);
    if (at::autocast::decrement_nesting() == 0)
      at::autocast::clear_cache();
  });
}
