// Any operator by name, through the boxed dispatcher: a new operator needs no new C++.
#include "handles.h"

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/jit_type.h>
#include <torch/version.h>

namespace {

using outpaint::borrow_optional;
using outpaint::checked_count;
using outpaint::checked_dtype;
using outpaint::checked_format;
using outpaint::give;
using outpaint::guarded;
using outpaint::unpack_device;

c10::IValue tensor_list(const ot_value &value, const c10::TypePtr &type) {
  auto *handles = static_cast<ot_tensor const *>(value.pointer);
  // index() and its kin take a list of optional tensors: None stands for ":".
  if (type->kind() == c10::TypeKind::ListType &&
      type->castRaw<c10::ListType>()->getElementType()->kind() == c10::TypeKind::OptionalType) {
    c10::impl::GenericList list(type->castRaw<c10::ListType>()->getElementType());
    for (int32_t i = 0; i < value.length; i++)
      list.push_back(handles[i] ? c10::IValue(borrow_optional(handles[i])) : c10::IValue());
    return list;
  }
  c10::List<at::Tensor> list;
  list.reserve(checked_count(value.length));
  for (int32_t i = 0; i < value.length; i++)
    list.push_back(borrow_optional(handles[i]));
  return list;
}

// Of the real type: the other one is int for an enumeration.
c10::TypeKind kind_of(const c10::Argument &argument) {
  const c10::Type *type = argument.real_type().get();
  if (type->kind() == c10::TypeKind::OptionalType)
    type = type->castRaw<c10::OptionalType>()->getElementType().get();
  return type->kind();
}

c10::IValue to_number(int64_t value, const c10::Argument &argument) {
  switch (kind_of(argument)) {
  case c10::TypeKind::FloatType:
    return static_cast<double>(value);
  case c10::TypeKind::ScalarTypeType:
    return checked_dtype(value);
  case c10::TypeKind::MemoryFormatType:
    return checked_format(value);
  default:
    return value;
  }
}

template <typename T> c10::List<T> list_of(const ot_value &value) {
  return c10::List<T>(c10::ArrayRef<T>(static_cast<const T *>(value.pointer), checked_count(value.length)));
}

c10::IValue to_ivalue(const ot_value &value, const c10::Argument &argument) {
  switch (value.kind) {
  case OT_TENSOR:
    return borrow_optional(static_cast<ot_tensor>(const_cast<void *>(value.pointer)));
  case OT_INT:
    return to_number(value.integer, argument);
  case OT_DOUBLE:
    return value.real;
  case OT_BOOL:
    return value.integer != 0;
  case OT_INT_LIST:
    return list_of<int64_t>(value);
  case OT_DOUBLE_LIST:
    return list_of<double>(value);
  case OT_BOOL_LIST:
    return list_of<bool>(value);
  case OT_TENSOR_LIST:
    return tensor_list(value, argument.type());
  case OT_STRING:
    return std::string(static_cast<const char *>(value.pointer), checked_count(value.length));
  case OT_DEVICE:
    return unpack_device(value.integer);
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

std::vector<c10::IValue> stack_of(const c10::FunctionSchema &schema, const ot_value *arguments, int32_t count) {
  auto &declared = schema.arguments();
  TORCH_CHECK(checked_count(count) <= static_cast<int32_t>(declared.size()), schema.name(), " takes ", declared.size(),
              " arguments, not ", count);
  std::vector<c10::IValue> stack;
  stack.reserve(declared.size());
  const ot_value missing{OT_DEFAULT, 0, {0}};
  for (size_t i = 0; i < declared.size(); i++)
    stack.push_back(to_ivalue(static_cast<int32_t>(i) < count ? arguments[i] : missing, declared[i]));
  return stack;
}

// Names the operator and the argument that it does not take; a call says neither of them.
void check_kinds(const c10::FunctionSchema &schema, std::vector<c10::IValue> stack) {
  for (size_t i = 0; i < stack.size(); i++)
    if (stack[i].isBool() && kind_of(schema.arguments()[i]) == c10::TypeKind::NumberType)
      stack[i] = 0; // a call takes it, the check does not
  schema.checkAndNormalizeInputs(stack);
}

// Nothing may throw between giving a tensor away and handing it to the caller, so every kind of result is taken.
void append(std::vector<ot_tensor> &results, c10::IValue &&item) {
  if (item.isTensorList())
    for (at::Tensor tensor : item.toTensorVector())
      results.push_back(give(std::move(tensor)));
  else
    results.push_back(item.isTensor() ? give(std::move(item).toTensor()) : nullptr);
}

} // namespace

OT_API const void *ot_operator_find(const char *name, const char *overload) {
  const c10::OperatorHandle *found = nullptr;
  guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(handle.has_value(), "libtorch ", TORCH_VERSION, " has no operator ", name, ".", overload);
    found = new c10::OperatorHandle(*handle);
  });
  return found;
}

OT_API int ot_operator_call(const void *op, const ot_value *arguments, int32_t count, const ot_tensor **results,
                            int32_t *result_count) {
  thread_local std::vector<ot_tensor> returned;
  return guarded([&] {
    auto &handle = *static_cast<const c10::OperatorHandle *>(op);
    auto &schema = handle.schema();
    auto stack = stack_of(schema, arguments, count);
    try {
      handle.callBoxed(&stack);
    } catch (const std::exception &) {
      // Checking every call would cost time.
      check_kinds(schema, stack_of(schema, arguments, count));
      throw;
    }
    returned.clear();
    for (auto &item : stack)
      append(returned, std::move(item));
    *results = returned.data();
    *result_count = static_cast<int32_t>(returned.size());
  });
}
