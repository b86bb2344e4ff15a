// operator_new.cpp - operator new and delete, all forms, interposed by symbol.
//
// The base forms, `new` and `delete`, plain and aligned, allocate. The others (arrays, nothrow, sized) hand on to the
// library that would be called without us. That of the C++ library calls the base forms through the symbol table, so
// every block passes here, and a program that replaces the base forms gets the others with them, as the standard says
// it does. An allocator's calls nothing of ours, so its blocks are noted here. Any other library's calls malloc(),
// which notes them.
//
// When memory runs out we ask the C++ library's own operator: it knows the new handler, and throws what
// must be thrown (the runtime itself has no exceptions). Its malloc comes back through our hooks.
#include "hooks/operator_new.h"

#include <dlfcn.h>

#include <cstddef>
#include <cstdint>
#include <new>

#include "hooks/allocator_below.h"
#include "hooks/track.h"
#include "process/module_of.h"
#include "process/own_module.h"
#include "process/program_malloc.h"

#define GORDIAN_EXPORT __attribute__((visibility("default")))

extern "C" {
// In the shim: does what operator new does when memory runs out, in the program's own C++ library.
__attribute__((weak)) void* gordian_new_failed(std::size_t size, std::size_t alignment);
// The C++ library's, which has the operators, too; null in a program without one.
__attribute__((weak)) void* __cxa_allocate_exception(std::size_t size) noexcept;
}

namespace {

using gordian::rt::Address;
using gordian::rt::Contents;
using gordian::rt::g_below;
using gordian::rt::in_own_module;
using gordian::rt::module_of;
using gordian::rt::padded;
using gordian::rt::track_block;
using gordian::rt::untrack_block;
using Alignment = std::align_val_t;
using Quiet = const std::nothrow_t&;

enum Form : unsigned {
  kNew, kNewArray, kNewQuiet, kNewArrayQuiet,
  kNewAligned, kNewArrayAligned, kNewAlignedQuiet, kNewArrayAlignedQuiet,
  kDelete, kDeleteArray, kDeleteQuiet, kDeleteArrayQuiet, kDeleteSized, kDeleteArraySized,
  kDeleteAligned, kDeleteArrayAligned, kDeleteAlignedQuiet, kDeleteArrayAlignedQuiet,
  kDeleteSizedAligned, kDeleteArraySizedAligned,
  kForms
};
constexpr const char* kNames[kForms] = {
    "_Znwm", "_Znam", "_ZnwmRKSt9nothrow_t", "_ZnamRKSt9nothrow_t",
    "_ZnwmSt11align_val_t", "_ZnamSt11align_val_t",
    "_ZnwmSt11align_val_tRKSt9nothrow_t", "_ZnamSt11align_val_tRKSt9nothrow_t",
    "_ZdlPv", "_ZdaPv", "_ZdlPvRKSt9nothrow_t", "_ZdaPvRKSt9nothrow_t", "_ZdlPvm", "_ZdaPvm",
    "_ZdlPvSt11align_val_t", "_ZdaPvSt11align_val_t",
    "_ZdlPvSt11align_val_tRKSt9nothrow_t", "_ZdaPvSt11align_val_tRKSt9nothrow_t",
    "_ZdlPvmSt11align_val_t", "_ZdaPvmSt11align_val_t",
};

enum class Library : unsigned char { none, cxx, allocator, other };

struct Operators {
  void* behind[kForms];     // what would be called without us; null in a program without a C++ library
  Library library[kForms];  // whose it is
  void* first[kForms];      // of base forms: what a call by symbol reaches, us or the program's own
  // malloc and its kin by symbol, where these are not ours: the allocator is a part of the program.
  decltype(g_below.malloc) malloc;
  decltype(g_below.aligned_alloc) aligned_alloc;
  decltype(g_below.free) free;
};
constinit Operators g_operators = {};

template <class Result, class... Arguments>
__attribute__((always_inline)) inline Result call(void* function, Arguments... arguments) {
  return reinterpret_cast<Result (*)(Arguments...)>(function)(arguments...);
}

// The C++ library's, also where only a part of the program sees it: a plugin's, in a program without.
void* next(Form form) noexcept {
  if (void* const found = ::dlsym(RTLD_NEXT, kNames[form])) return found;
  for (const char* library : {"libstdc++.so.6", "libc++abi.so.1"}) {  // it stays: its functions are in use
    void* const handle = ::dlopen(library, RTLD_LAZY | RTLD_NOLOAD);
    void* const found = handle != nullptr ? ::dlsym(handle, kNames[form]) : nullptr;
    if (found != nullptr) return found;
  }
  return nullptr;
}

void* allocate(std::size_t size) noexcept {
  if (size == 0) size = 1;
  if (__builtin_expect(g_operators.malloc != nullptr, 0)) return g_operators.malloc(size);
  return g_below.malloc(size);
}

// As the C++ library does: aligned_alloc() wants whole multiples.
void* allocate(std::size_t size, Alignment alignment) noexcept {
  std::size_t to = static_cast<std::size_t>(alignment);
  if (to < sizeof(void*)) to = sizeof(void*);
  if (size == 0) size = 1;
  if (size > SIZE_MAX - to) return nullptr;
  size = (size + to - 1) & ~(to - 1);
  return g_operators.aligned_alloc != nullptr ? g_operators.aligned_alloc(to, size) : g_below.aligned_alloc(to, size);
}

void release(void* block) noexcept {
  untrack_block(block);
  if (__builtin_expect(g_operators.free != nullptr, 0)) return g_operators.free(block);
  g_below.free(block);
}

// A program with a C++ library of its own (-static-libstdc++) shows none to dlsym. Then the
// shim throws for us; without the shim such a program does not call us.
void* out_of_memory(std::size_t size) {
  if (void* const library_new = next(kNew)) return call<void*>(library_new, size);
  if (gordian_new_failed == nullptr) __builtin_trap();
  return gordian_new_failed(size, 0);
}
void* out_of_memory(std::size_t size, Alignment alignment) {
  if (void* const library_new = next(kNewAligned)) return call<void*>(library_new, size, alignment);
  if (gordian_new_failed == nullptr) __builtin_trap();
  return gordian_new_failed(size, static_cast<std::size_t>(alignment));
}

// A form that another library than the C++ library has.
bool is_others(Form form) noexcept { return g_operators.library[form] > Library::cxx; }

template <Form kForm, class... Rest>
__attribute__((always_inline)) inline void* make_behind(void* function, std::size_t size, Rest... rest) {
  if (g_operators.library[kForm] != Library::allocator) return call<void*>(function, size, rest...);
  return track_block<Contents::chance>(call<void*>(function, padded(size), rest...), size);
}

// Where no library has the form (a C++ library that is a part of the program has given it away to us, or only a plugin
// has one) `own` does what the C++ library would.
template <Form kForm, class Own, class... Rest>
__attribute__((always_inline)) inline void* make(Own&& own, std::size_t size, Rest... rest) {
  void* const function = g_operators.behind[kForm];
  return function != nullptr ? make_behind<kForm>(function, size, rest...) : own();
}

template <Form kForm, class... Rest>
__attribute__((always_inline)) inline void drop_behind(void* p, Rest... rest) {
  if (g_operators.library[kForm] == Library::allocator) untrack_block(p);
  call<void>(g_operators.behind[kForm], p, rest...);
}
// Likewise. And an allocator would believe a size, while its block is longer: `own` takes it then.
template <Form kForm, class Own, class... Rest>
__attribute__((always_inline)) inline void drop(Own&& own, void* p, Rest... rest) {
  if (g_operators.behind[kForm] == nullptr || g_operators.library[kForm] == Library::allocator) return own();
  call<void>(g_operators.behind[kForm], p, rest...);
}

void* first_new(std::size_t size) { return call<void*>(g_operators.first[kNew], size); }
void* first_new(std::size_t size, Alignment to) { return call<void*>(g_operators.first[kNewAligned], size, to); }
void first_delete(void* p) noexcept { call<void>(g_operators.first[kDelete], p); }
void first_delete(void* p, Alignment to) noexcept { call<void>(g_operators.first[kDeleteAligned], p, to); }

// Nothrow, where no library has it: nobody else can catch what the base form throws.
template <Form kForm, Form kBase, class... Alignments>
__attribute__((always_inline)) inline void* make_quietly(Quiet quiet, std::size_t size, Alignments... to) {
  if (!in_own_module(reinterpret_cast<Address>(g_operators.first[kBase]))) return first_new(size, to...);
  void* p = track_block<Contents::chance>(allocate(size, to...), size);
  if (p != nullptr) return p;
  void* const of_plugin = next(kForm);
  return of_plugin != nullptr ? call<void*>(of_plugin, size, to..., &quiet) : nullptr;
}

}  // namespace

namespace gordian::rt {

void find_operators() noexcept {
  find_allocator_below();
  if (!program_malloc().ours) {
    g_operators.malloc = reinterpret_cast<decltype(g_operators.malloc)>(program_malloc().code);
    g_operators.aligned_alloc =
        reinterpret_cast<decltype(g_operators.aligned_alloc)>(::dlsym(RTLD_DEFAULT, "aligned_alloc"));
    g_operators.free = reinterpret_cast<decltype(g_operators.free)>(::dlsym(RTLD_DEFAULT, "free"));
  }
  for (const Form form : {kNew, kNewAligned, kDelete, kDeleteAligned}) {
    g_operators.first[form] = ::dlsym(RTLD_DEFAULT, kNames[form]);
  }
  if (__cxa_allocate_exception == nullptr) return;
  const void* const cxx_library = module_of(reinterpret_cast<const void*>(__cxa_allocate_exception));
  const void* const allocator = module_of(::dlsym(RTLD_NEXT, "malloc"));
  for (unsigned form = 0; form < kForms; ++form) {
    void* const found = ::dlsym(RTLD_NEXT, kNames[form]);
    const void* const module = module_of(found);
    g_operators.behind[form] = found;
    g_operators.library[form] = module == nullptr        ? Library::none
                                : module == cxx_library ? Library::cxx
                                : module == allocator   ? Library::allocator
                                                        : Library::other;
  }
  ::dlerror();  // an old C++ library may not have all of them
}

}  // namespace gordian::rt

// The base forms.
GORDIAN_EXPORT void* operator new(std::size_t size) {
  if (__builtin_expect(is_others(kNew), 0)) return make_behind<kNew>(g_operators.behind[kNew], size);
  void* p = track_block<Contents::chance>(allocate(size), size);
  return p != nullptr ? p : out_of_memory(size);
}
GORDIAN_EXPORT void* operator new(std::size_t size, Alignment to) {
  if (__builtin_expect(is_others(kNewAligned), 0)) {
    return make_behind<kNewAligned>(g_operators.behind[kNewAligned], size, to);
  }
  void* p = track_block<Contents::chance>(allocate(size, to), size);
  return p != nullptr ? p : out_of_memory(size, to);
}
GORDIAN_EXPORT void operator delete(void* p) noexcept {
  if (__builtin_expect(is_others(kDelete), 0)) return drop_behind<kDelete>(p);
  release(p);
}
GORDIAN_EXPORT void operator delete(void* p, Alignment to) noexcept {
  if (__builtin_expect(is_others(kDeleteAligned), 0)) return drop_behind<kDeleteAligned>(p, to);
  release(p);
}

// Arrays.
GORDIAN_EXPORT void* operator new[](std::size_t size) {
  return make<kNewArray>([=] { return first_new(size); }, size);
}
GORDIAN_EXPORT void* operator new[](std::size_t size, Alignment to) {
  return make<kNewArrayAligned>([=] { return first_new(size, to); }, size, to);
}
GORDIAN_EXPORT void operator delete[](void* p) noexcept {
  if (g_operators.behind[kDeleteArray] == nullptr) return first_delete(p);
  drop_behind<kDeleteArray>(p);
}
GORDIAN_EXPORT void operator delete[](void* p, Alignment to) noexcept {
  if (g_operators.behind[kDeleteArrayAligned] == nullptr) return first_delete(p, to);
  drop_behind<kDeleteArrayAligned>(p, to);
}

// Nothrow.
GORDIAN_EXPORT void* operator new(std::size_t size, Quiet quiet) noexcept {
  return make<kNewQuiet>([&] { return make_quietly<kNewQuiet, kNew>(quiet, size); }, size, &quiet);
}
GORDIAN_EXPORT void* operator new[](std::size_t size, Quiet quiet) noexcept {
  return make<kNewArrayQuiet>([&] { return make_quietly<kNewArrayQuiet, kNew>(quiet, size); }, size, &quiet);
}
GORDIAN_EXPORT void* operator new(std::size_t size, Alignment to, Quiet quiet) noexcept {
  return make<kNewAlignedQuiet>([&] { return make_quietly<kNewAlignedQuiet, kNewAligned>(quiet, size, to); }, size, to,
                                &quiet);
}
GORDIAN_EXPORT void* operator new[](std::size_t size, Alignment to, Quiet quiet) noexcept {
  const auto own = [&] { return make_quietly<kNewArrayAlignedQuiet, kNewAligned>(quiet, size, to); };
  return make<kNewArrayAlignedQuiet>(own, size, to, &quiet);
}
GORDIAN_EXPORT void operator delete(void* p, Quiet quiet) noexcept {
  drop<kDeleteQuiet>([=] { first_delete(p); }, p, &quiet);
}
GORDIAN_EXPORT void operator delete[](void* p, Quiet quiet) noexcept {
  drop<kDeleteArrayQuiet>([=] { operator delete[](p); }, p, &quiet);
}
GORDIAN_EXPORT void operator delete(void* p, Alignment to, Quiet quiet) noexcept {
  drop<kDeleteAlignedQuiet>([=] { first_delete(p, to); }, p, to, &quiet);
}
GORDIAN_EXPORT void operator delete[](void* p, Alignment to, Quiet quiet) noexcept {
  drop<kDeleteArrayAlignedQuiet>([=] { operator delete[](p, to); }, p, to, &quiet);
}

// Sized.
GORDIAN_EXPORT void operator delete(void* p, std::size_t size) noexcept {
  drop<kDeleteSized>([=] { first_delete(p); }, p, size);
}
GORDIAN_EXPORT void operator delete[](void* p, std::size_t size) noexcept {
  drop<kDeleteArraySized>([=] { operator delete[](p); }, p, size);
}
GORDIAN_EXPORT void operator delete(void* p, std::size_t size, Alignment to) noexcept {
  drop<kDeleteSizedAligned>([=] { first_delete(p, to); }, p, size, to);
}
GORDIAN_EXPORT void operator delete[](void* p, std::size_t size, Alignment to) noexcept {
  drop<kDeleteArraySizedAligned>([=] { operator delete[](p, to); }, p, size, to);
}
