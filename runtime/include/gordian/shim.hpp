// shim.hpp - tells gordian's runtime of every shared_ptr control block and weak handle.
//
// Force-included (-include gordian/shim.hpp) by linking gordian::runtime or by
// pkg-config's --cflags; no source changes. It gives libstdc++'s control block and weak
// handle explicit specialisations that do exactly what the library's own do, and tell
// the runtime. Copies of shared_ptr are not touched: they cost nothing. With
// -DGORDIAN_TRACK_STRONG=1 they are hooked as well, and a report says where each
// surviving reference was taken.
//
// g++ and clang++ with libstdc++, C++11 to C++23. Anything else (C, assembly, libc++)
// passes through unchanged. Without the runtime the hooks do nothing: all they call are
// weak symbols.
//
// Every specialisation is always_inline. At -O0 an ordinary inline function is one weak
// symbol for the whole program, and the linker would pick the library's version from
// some object file without the shim, or ours for code that must not have it. Inlined,
// each object file keeps what it was compiled with, so both kinds may be mixed.
#ifndef GORDIAN_SHIM_HPP
#define GORDIAN_SHIM_HPP

#if defined(__cplusplus) && __cplusplus >= 201103L && !defined(__ASSEMBLER__)
#include <memory>
#include <new>
#include <stdlib.h>
#if defined(__GLIBCXX__) && defined(__linux__) && defined(__LP64__) && (defined(__x86_64__) || defined(__aarch64__))
#define GORDIAN_SHIM_ACTIVE 1
#endif
#endif

#ifdef GORDIAN_SHIM_ACTIVE

extern "C" {
__attribute__((weak)) void gordian_shim_started(void) noexcept;
__attribute__((weak)) void gordian_object_born(const void* control) noexcept;
__attribute__((weak)) void gordian_object_died(const void* control) noexcept;
__attribute__((weak)) void gordian_weak_taken(const void* handle) noexcept;
__attribute__((weak)) void gordian_weak_moved(const void* from, const void* to) noexcept;
__attribute__((weak)) void gordian_weak_dropped(const void* handle) noexcept;
__attribute__((weak)) void gordian_weak_swapped(const void* one, const void* other) noexcept;
__attribute__((weak)) void gordian_strong_taken(const void* handle) noexcept;
__attribute__((weak)) void gordian_strong_dropped(const void* handle) noexcept;
__attribute__((weak)) void gordian_strong_swapped(const void* one, const void* other) noexcept;
}

#define GORDIAN_HOOK inline __attribute__((__always_inline__))
// `arguments` with its parentheses: C++11 has no empty variadic macro argument.
#define GORDIAN_TELL(function, arguments)       \
  do {                                          \
    if (function != nullptr) function arguments; \
  } while (false)

namespace {
// Before the constructors of this file: its first shared_ptr is announced like the rest.
__attribute__((constructor(101), used)) void gordian_shim_start() {
  GORDIAN_TELL(gordian_shim_started, ());
}
}  // namespace

// Called when the runtime's operator new has found no memory and the C++ library is part of the
// program (-static-libstdc++), where no one else can find it: asks the new handler, or throws.
extern "C" inline __attribute__((used, visibility("default"))) void* gordian_new_failed(
    std::size_t __size, std::size_t __alignment) {
  for (;;) {
    const std::new_handler __handler = std::get_new_handler();
    if (__handler == nullptr) std::__throw_bad_alloc();
    __handler();
    void* const __p = __alignment != 0 ? ::aligned_alloc(__alignment, __size) : ::malloc(__size);
    if (__p != nullptr) return __p;
  }
}

namespace std _GLIBCXX_VISIBILITY(default) {
_GLIBCXX_BEGIN_NAMESPACE_VERSION

// Every control block is born and dies here: make_shared, allocate_shared, new, deleters.
template <>
GORDIAN_HOOK _Sp_counted_base<_S_atomic>::_Sp_counted_base() noexcept : _M_use_count(1), _M_weak_count(1) {
  GORDIAN_TELL(gordian_object_born, (this));
}
template <>
GORDIAN_HOOK _Sp_counted_base<_S_atomic>::~_Sp_counted_base() noexcept {
  GORDIAN_TELL(gordian_object_died, (this));
}

// Every weak handle passes here: weak_ptr and enable_shared_from_this. The address of the
// handle is that of its one word, which holds the control block's address.
template <>
GORDIAN_HOOK __weak_count<_S_atomic>::__weak_count(const __shared_count<_S_atomic>& __r) noexcept
    : _M_pi(__r._M_pi) {
  if (_M_pi != nullptr) {
    _M_pi->_M_weak_add_ref();
    GORDIAN_TELL(gordian_weak_taken, (this));
  }
}
template <>
GORDIAN_HOOK __weak_count<_S_atomic>::__weak_count(const __weak_count& __r) noexcept : _M_pi(__r._M_pi) {
  if (_M_pi != nullptr) {
    _M_pi->_M_weak_add_ref();
    GORDIAN_TELL(gordian_weak_taken, (this));
  }
}
template <>
GORDIAN_HOOK __weak_count<_S_atomic>::__weak_count(__weak_count&& __r) noexcept : _M_pi(__r._M_pi) {
  __r._M_pi = nullptr;
  if (_M_pi != nullptr) GORDIAN_TELL(gordian_weak_moved, (&__r, this));
}
template <>
GORDIAN_HOOK __weak_count<_S_atomic>::~__weak_count() noexcept {
  if (_M_pi != nullptr) {
    GORDIAN_TELL(gordian_weak_dropped, (this));
    _M_pi->_M_weak_release();
  }
}
template <>
GORDIAN_HOOK __weak_count<_S_atomic>& __weak_count<_S_atomic>::operator=(
    const __shared_count<_S_atomic>& __r) noexcept {
  auto* __tmp = __r._M_pi;
  if (__tmp != nullptr) __tmp->_M_weak_add_ref();
  if (_M_pi != nullptr) {
    GORDIAN_TELL(gordian_weak_dropped, (this));
    _M_pi->_M_weak_release();
  }
  _M_pi = __tmp;
  if (_M_pi != nullptr) GORDIAN_TELL(gordian_weak_taken, (this));
  return *this;
}
template <>
GORDIAN_HOOK __weak_count<_S_atomic>& __weak_count<_S_atomic>::operator=(const __weak_count& __r) noexcept {
  auto* __tmp = __r._M_pi;
  if (__tmp != nullptr) __tmp->_M_weak_add_ref();
  if (_M_pi != nullptr) {
    GORDIAN_TELL(gordian_weak_dropped, (this));
    _M_pi->_M_weak_release();
  }
  _M_pi = __tmp;
  if (_M_pi != nullptr) GORDIAN_TELL(gordian_weak_taken, (this));
  return *this;
}
template <>
GORDIAN_HOOK __weak_count<_S_atomic>& __weak_count<_S_atomic>::operator=(__weak_count&& __r) noexcept {
  if (_M_pi != nullptr) {
    GORDIAN_TELL(gordian_weak_dropped, (this));
    _M_pi->_M_weak_release();
  }
  _M_pi = __r._M_pi;
  __r._M_pi = nullptr;
  if (_M_pi != nullptr) GORDIAN_TELL(gordian_weak_moved, (&__r, this));
  return *this;
}
template <>
GORDIAN_HOOK void __weak_count<_S_atomic>::_M_swap(__weak_count& __r) noexcept {
  auto* __tmp = __r._M_pi;
  __r._M_pi = _M_pi;
  _M_pi = __tmp;
  GORDIAN_TELL(gordian_weak_swapped, (this, &__r));
}

#if defined(GORDIAN_TRACK_STRONG) && GORDIAN_TRACK_STRONG
// The first handle of an object is made by a constructor template, which cannot be hooked;
// its place is logged when it first moves, and the allocation's stack says where it was made.
template <>
GORDIAN_HOOK __shared_count<_S_atomic>::__shared_count(const __shared_count& __r) noexcept : _M_pi(__r._M_pi) {
  if (_M_pi != nullptr) {
    _M_pi->_M_add_ref_copy();
    GORDIAN_TELL(gordian_strong_taken, (this));
  }
}
template <>
GORDIAN_HOOK __shared_count<_S_atomic>::~__shared_count() noexcept {
  if (_M_pi != nullptr) {
    GORDIAN_TELL(gordian_strong_dropped, (this));
    _M_pi->_M_release();
  }
}
template <>
GORDIAN_HOOK __shared_count<_S_atomic>& __shared_count<_S_atomic>::operator=(const __shared_count& __r) noexcept {
  auto* __tmp = __r._M_pi;
  if (__tmp != _M_pi) {
    if (__tmp != nullptr) __tmp->_M_add_ref_copy();
    if (_M_pi != nullptr) {
      GORDIAN_TELL(gordian_strong_dropped, (this));
      _M_pi->_M_release();
    }
    _M_pi = __tmp;
    if (_M_pi != nullptr) GORDIAN_TELL(gordian_strong_taken, (this));
  }
  return *this;
}
template <>
GORDIAN_HOOK void __shared_count<_S_atomic>::_M_swap(__shared_count& __r) noexcept {
  auto* __tmp = __r._M_pi;
  __r._M_pi = _M_pi;
  _M_pi = __tmp;
  GORDIAN_TELL(gordian_strong_swapped, (this, &__r));
}
#endif  // GORDIAN_TRACK_STRONG

_GLIBCXX_END_NAMESPACE_VERSION
}  // namespace std

#undef GORDIAN_HOOK
#undef GORDIAN_TELL
#endif  // GORDIAN_SHIM_ACTIVE
#endif  // GORDIAN_SHIM_HPP
