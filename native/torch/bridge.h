// C ABI between the C# layer and libtorch.
//
// A tensor handle is a TensorImpl* that owns one reference. Every function that can fail returns 0 on success and
// -1 on failure (a pointer: null), with the text in ot_last_error(): no exception crosses this boundary. What returns
// something else says how it fails, or reads or sets a switch of libtorch, which does not throw.
#pragma once

#include <cstdint>
#include <string>

#include <ATen/ATen.h>

#define OT_API extern "C" __attribute__((visibility("default")))

typedef c10::TensorImpl *ot_tensor;

// What an operator takes. The numbers are shared with ArgumentKind in C#.
enum ot_kind : int32_t {
  OT_NONE = 0,
  OT_TENSOR = 1,
  OT_INT = 2,
  OT_DOUBLE = 3,
  OT_BOOL = 4,
  OT_INT_LIST = 5,
  OT_TENSOR_LIST = 6,
  OT_STRING = 7,
  OT_DEVICE = 8,
  OT_DEFAULT = 9,
};

struct ot_value {
  int32_t kind;
  int32_t length; // of a list or a string
  union {
    int64_t integer;
    double real;
    const void *pointer;
  };
};

namespace outpaint {

std::string &last_error();

// Runs body and turns whatever it throws into a return code and a message.
template <typename F> int guarded(F &&body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error &e) {
    last_error() = e.what_without_backtrace();
  } catch (const std::exception &e) {
    last_error() = e.what();
  } catch (...) {
    last_error() = "unknown error in libtorch";
  }
  return -1;
}

// The type in the upper bits, the index and 1 in the lower eight, as Device in C# packs it.
inline c10::Device unpack_device(int64_t packed) {
  return {static_cast<c10::DeviceType>(packed >> 8), static_cast<c10::DeviceIndex>((packed & 0xff) - 1)};
}

// A new reference to the handle's tensor; an undefined tensor for a null handle.
inline at::Tensor borrow(ot_tensor handle) {
  if (handle == nullptr)
    return {};
  return at::Tensor(
      c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::unsafe_reclaim_from_nonowning(handle));
}

// Gives the reference away; null for an undefined tensor.
inline ot_tensor give(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

} // namespace outpaint
