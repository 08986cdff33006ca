// Process-wide state: errors, threads, random numbers, devices, the allocator.
#include "handles.h"

#include <mutex>
#include <string>

#include <malloc.h>

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Generator.h>
#include <torch/version.h>

using outpaint::borrow;
using outpaint::give;
using outpaint::guarded;
using outpaint::unpack_device;

namespace outpaint {

std::string &last_error() {
  thread_local std::string message;
  return message;
}

} // namespace outpaint

namespace {

at::Generator generator(int64_t device) { return at::globalContext().defaultGenerator(unpack_device(device)); }

} // namespace

OT_API const char *ot_last_error() { return outpaint::last_error().c_str(); }

OT_API const char *ot_version() { return TORCH_VERSION; }

OT_API int ot_has_cuda() { return at::globalContext().hasCUDA(); }

OT_API int32_t ot_get_threads() { return at::get_num_threads(); }

OT_API int ot_set_threads(int32_t count) {
  return guarded([&] { at::set_num_threads(count); });
}

OT_API int ot_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

OT_API int ot_get_rng_state(int64_t device, ot_tensor *result) {
  return guarded([&] {
    auto source = generator(device);
    std::lock_guard<std::mutex> lock(source.mutex());
    *result = give(source.get_state());
  });
}

OT_API int ot_set_rng_state(int64_t device, ot_tensor state) {
  return guarded([&] {
    auto target = generator(device);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_state(borrow(state));
  });
}

OT_API void ot_keep_freed_memory() {
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
}

OT_API void ot_prefer_speed() {
  auto &context = at::globalContext();
  context.setAllowTF32CuBLAS(true);
  context.setAllowTF32CuDNN(true);
  context.setBenchmarkCuDNN(true);
  context.setFlushDenormal(true);
}
