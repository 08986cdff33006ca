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
  OT_DOUBLE_LIST = 10,
  OT_BOOL_LIST = 11,
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

// libtorch looks the numbers of its enumerations up in tables without asking whether they are there; these three ask.

// The type in the upper bits, the index and 1 in the lower eight, as Device in C# packs it.
inline c10::Device unpack_device(int64_t packed) {
  int64_t type = packed >> 8;
  TORCH_CHECK(type >= 0 && type < static_cast<int64_t>(c10::DeviceType::COMPILE_TIME_MAX_DEVICE_TYPES),
              "there is no kind of device ", type);
  return {static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>((packed & 0xff) - 1)};
}

inline at::ScalarType checked_dtype(int64_t number) {
  TORCH_CHECK(number >= 0 && number < static_cast<int64_t>(at::ScalarType::Undefined), "there is no element type ",
              number);
  return static_cast<at::ScalarType>(number);
}

inline at::MemoryFormat checked_format(int64_t number) {
  TORCH_CHECK(number >= 0 && number < static_cast<int64_t>(at::MemoryFormat::NumOptions), "there is no memory format ",
              number);
  return static_cast<at::MemoryFormat>(number);
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
