// C ABI between the C# layer and libtorch: all that C# calls, and nothing that it does not.
//
// A tensor handle is a TensorImpl* that owns one reference. Every function that can fail returns 0 on success and
// -1 on failure (a pointer: null), with the text in ot_last_error(): no exception crosses this boundary. What returns
// something else says how it fails, or reads or sets a switch of libtorch, which does not throw. Pointers are not null
// and counts not negative, unless it says so; a tensor that is null all the same is an error.
#pragma once

#include <cstdint>

#define OT_API extern "C" __attribute__((visibility("default")))

namespace c10 {
struct TensorImpl;
}
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

// Why this thread's last call failed.
OT_API const char *ot_last_error();

// Operators

// A handle that lives as long as the process, or null with an error when there is no such operator.
OT_API const void *ot_operator_find(const char *name, const char *overload);

// Trailing arguments that are left out take the schema's defaults. The results stay valid until this thread's next
// call; the tensors in them belong to the caller. Lists of tensors come back flattened; what is not a tensor, or is an
// undefined one, comes back as null.
OT_API int ot_operator_call(const void *op, const ot_value *arguments, int32_t count, const ot_tensor **results,
                            int32_t *result_count);

// Tensors

// Null is none to release.
OT_API void ot_tensor_release(ot_tensor handle);

// Nested and some sparse tensors refuse to describe themselves. Descriptions are asked for so often that they are
// returned themselves, -1 standing for an error.
OT_API int64_t ot_tensor_dimensions(ot_tensor handle);
OT_API int64_t ot_tensor_size(ot_tensor handle, int64_t dimension); // from 0
OT_API int32_t ot_tensor_dtype(ot_tensor handle);
OT_API int ot_tensor_is_contiguous(ot_tensor handle, int32_t format);
OT_API int ot_tensor_requires_grad(ot_tensor handle);

// Packed as type * 256 + index + 1, so that "no index" (-1) stays non-negative; -1 for an error.
OT_API int64_t ot_tensor_device(ot_tensor handle);

// All sizes, for which the caller has room.
OT_API int ot_tensor_sizes(ot_tensor handle, int64_t *sizes);

// A copy of row-major bytes; data may be null where there are none.
OT_API int ot_tensor_from_bytes(const void *data, int64_t bytes, const int64_t *sizes, int32_t dimensions,
                                int32_t dtype, ot_tensor *result);

// Row-major bytes, whatever the tensor's strides and device; destination may be null where there are none.
OT_API int ot_tensor_copy_bytes(ot_tensor handle, void *destination, int64_t bytes);

// Points the handle's tensor at another one's storage, keeping its identity (to move a parameter between devices).
OT_API int ot_tensor_set_data(ot_tensor handle, ot_tensor data);

// Gradients

OT_API int ot_tensor_set_requires_grad(ot_tensor handle, int enabled);

// Null where there is none.
OT_API int ot_tensor_grad(ot_tensor handle, ot_tensor *result);

// Null for none.
OT_API int ot_tensor_set_grad(ot_tensor handle, ot_tensor grad);

// Both of a scalar. The graph is kept for a second pass where the first is to be differentiated, or on request.
OT_API int ot_backward(ot_tensor output, int retain_graph);
OT_API int ot_grad(ot_tensor output, ot_tensor const *inputs, int32_t input_count, int create_graph,
                   ot_tensor *results);

// Modes of this thread

// Returns the mode that was on before.
OT_API int ot_grad_mode(int enabled);

OT_API void *ot_inference_enter();

// Takes what the other returned.
OT_API void ot_inference_exit(void *guard);

// Autocast of this thread for one kind of device (c10::DeviceType), in an element type or off (-1); outer receives what
// was in force. Nested calls count; the outermost exit drops the cache of cast weights.
OT_API int ot_autocast_enter(int32_t device_type, int32_t dtype, int32_t *outer);
OT_API int ot_autocast_exit(int32_t device_type, int32_t outer);

// The process

OT_API const char *ot_version();

// False, too, where libtorch has CUDA but sees no GPU.
OT_API int ot_has_cuda();

OT_API int32_t ot_get_threads();
OT_API int ot_set_threads(int32_t count);

OT_API int ot_manual_seed(uint64_t seed);

// The random state of a device, packed as by ot_tensor_device.
OT_API int ot_get_rng_state(int64_t device, ot_tensor *result);
OT_API int ot_set_rng_state(int64_t device, ot_tensor state);

// Training frees and asks for the same large blocks at every step. By default glibc gives each back to the system, and
// the page faults cost more than the arithmetic of many layers; keep them instead. Only the main heap can hold
// such blocks; the launcher sets MALLOC_ARENA_MAX=1, so that every thread uses it.
OT_API void ot_keep_freed_memory();

// On a GPU: tensor cores for fp32 matrix products and convolutions, and cuDNN's autotuner. On the CPU: numbers below
// the normal range, which take a hundred times as long, count as zero on this thread and those it starts.
OT_API void ot_prefer_speed();
