// From what C# passes to what libtorch takes, and from what libtorch throws to what C# gets.
#pragma once

#include "bridge.h"

#include <exception>
#include <string>

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>
#include <c10/core/MemoryFormat.h>
#include <c10/core/ScalarType.h>
#include <c10/core/TensorImpl.h>
#include <c10/core/UndefinedTensorImpl.h>
#include <c10/util/Exception.h>
#include <c10/util/intrusive_ptr.h>

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

// The same for a description that is never negative.
template <typename F> auto described(F &&body) noexcept -> decltype(body()) {
  decltype(body()) value = -1;
  guarded([&] { value = body(); });
  return value;
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

// Lengths go to libtorch as unsigned numbers.
inline int32_t checked_count(int32_t count) {
  TORCH_CHECK(count >= 0, "a length of ", count);
  return count;
}

// The tensor of a handle that must not be null, without a reference of its own.
inline c10::TensorImpl &required(ot_tensor handle) {
  TORCH_CHECK(handle != nullptr, "there is no tensor");
  return *handle;
}

// A new reference to the handle's tensor; an undefined tensor for a null handle.
inline at::Tensor borrow_optional(ot_tensor handle) {
  if (handle == nullptr)
    return {};
  return at::Tensor(
      c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::unsafe_reclaim_from_nonowning(handle));
}

// The same of a handle that must not be null.
inline at::Tensor borrow(ot_tensor handle) { return borrow_optional(&required(handle)); }

// Gives the reference away; null for an undefined tensor.
inline ot_tensor give(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

} // namespace outpaint
