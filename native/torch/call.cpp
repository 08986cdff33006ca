// Any operator by name, through the boxed dispatcher: a new operator needs no new C++.
#include "bridge.h"

#include <vector>

#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/version.h>

namespace {

using outpaint::borrow;
using outpaint::give;
using outpaint::guarded;

c10::IValue tensor_list(const ot_value &value, const c10::TypePtr &type) {
  auto *handles = static_cast<ot_tensor const *>(value.pointer);
  // index() and its kin take a list of optional tensors: an undefined tensor stands for ":".
  if (type->kind() == c10::TypeKind::ListType &&
      type->castRaw<c10::ListType>()->getElementType()->kind() == c10::TypeKind::OptionalType) {
    c10::List<c10::optional<at::Tensor>> list;
    for (int32_t i = 0; i < value.length; i++)
      list.push_back(handles[i] ? c10::optional<at::Tensor>(borrow(handles[i])) : c10::nullopt);
    return list;
  }
  c10::List<at::Tensor> list;
  list.reserve(value.length);
  for (int32_t i = 0; i < value.length; i++)
    list.push_back(borrow(handles[i]));
  return list;
}

c10::IValue to_ivalue(const ot_value &value, const c10::Argument &argument) {
  switch (value.kind) {
  case OT_TENSOR:
    return borrow(static_cast<ot_tensor>(const_cast<void *>(value.pointer)));
  case OT_INT:
    if (argument.type()->kind() == c10::TypeKind::FloatType)
      return static_cast<double>(value.integer);
    return value.integer;
  case OT_DOUBLE:
    return value.real;
  case OT_BOOL:
    return value.integer != 0;
  case OT_INT_LIST: {
    auto *items = static_cast<const int64_t *>(value.pointer);
    return c10::List<int64_t>(c10::ArrayRef<int64_t>(items, value.length));
  }
  case OT_TENSOR_LIST:
    return tensor_list(value, argument.type());
  case OT_STRING:
    return std::string(static_cast<const char *>(value.pointer), value.length);
  case OT_DEVICE:
    return c10::Device(static_cast<c10::DeviceType>(value.integer >> 8),
                       static_cast<c10::DeviceIndex>((value.integer & 0xff) - 1));
  case OT_DEFAULT:
    TORCH_CHECK(argument.default_value().has_value(), "argument '", argument.name(), "' has no default");
    return *argument.default_value();
  default:
    // Optional[Tensor] takes None; a plain Tensor argument takes an undefined tensor.
    if (argument.type()->kind() == c10::TypeKind::TensorType)
      return at::Tensor();
    return {};
  }
}

ot_value tensor_value(at::Tensor tensor) {
  ot_value value{};
  value.kind = tensor.defined() ? OT_TENSOR : OT_NONE;
  value.pointer = give(std::move(tensor));
  return value;
}

void append(std::vector<ot_value> &results, c10::IValue &&item) {
  ot_value value{};
  if (item.isTensor()) {
    value = tensor_value(std::move(item).toTensor());
  } else if (item.isTensorList()) {
    for (at::Tensor tensor : item.toTensorVector())
      results.push_back(tensor_value(std::move(tensor)));
    return;
  } else if (item.isInt()) {
    value.kind = OT_INT;
    value.integer = item.toInt();
  } else if (item.isDouble()) {
    value.kind = OT_DOUBLE;
    value.real = item.toDouble();
  } else if (item.isBool()) {
    value.kind = OT_BOOL;
    value.integer = item.toBool();
  } else if (item.isScalar()) {
    value.kind = OT_DOUBLE;
    value.real = item.toScalar().toDouble();
  } else {
    TORCH_CHECK(item.isNone(), "this bridge has no result of type ", item.tagKind());
  }
  results.push_back(value);
}

} // namespace

// A handle that lives as long as the process, or null with an error when there is no such operator.
OT_API const void *ot_operator_find(const char *name, const char *overload) {
  const c10::OperatorHandle *found = nullptr;
  guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(handle.has_value(), "libtorch ", TORCH_VERSION, " has no operator ", name, ".", overload);
    found = new c10::OperatorHandle(*handle);
  });
  return found;
}

// Trailing arguments that are left out take the schema's defaults. The results stay valid until this thread's next
// call; the tensors in them belong to the caller. Lists of tensors come back flattened.
OT_API int ot_operator_call(const void *op, const ot_value *arguments, int32_t count, const ot_value **results,
                            int32_t *result_count) {
  thread_local std::vector<ot_value> returned;
  return guarded([&] {
    auto &handle = *static_cast<const c10::OperatorHandle *>(op);
    auto &declared = handle.schema().arguments();
    TORCH_CHECK(count <= static_cast<int32_t>(declared.size()), handle.schema().name(), " takes ", declared.size(),
                " arguments, not ", count);
    std::vector<c10::IValue> stack;
    stack.reserve(declared.size());
    const ot_value missing{OT_DEFAULT, 0, {0}};
    for (size_t i = 0; i < declared.size(); i++)
      stack.push_back(to_ivalue(static_cast<int32_t>(i) < count ? arguments[i] : missing, declared[i]));
    handle.callBoxed(&stack);
    returned.clear();
    for (auto &item : stack)
      append(returned, std::move(item));
    *results = returned.data();
    *result_count = static_cast<int32_t>(returned.size());
  });
}
