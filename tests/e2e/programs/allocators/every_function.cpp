// every_function.cpp - calls each allocation function with what is usual, with edges, and with what must fail, and prints
// results and errno: the same words with gordian and without (tested by e2e.allocators).
//
// With the argument "portable" it leaves out what allocators differ in, or do not have: how long a block really is, pvalloc(),
// and what new does when memory runs out. With the argument "limited" it asks for more than `ulimit -v` allows.
#include <malloc.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory_resource>
#include <new>
#include <string>
#include <vector>

namespace {

// What the compiler does not see through: it would leave out pairs of allocations, and warn of sizes.
template <class T>
T hidden(T value) {
  T volatile opaque = value;
  return opaque;
}

int g_handler_calls = 0;
bool g_portable = false;

std::size_t alignment_of(const void* p, std::size_t most) {
  std::size_t alignment = 16;
  while (alignment < most && reinterpret_cast<std::uintptr_t>(p) % (alignment * 2) == 0) alignment *= 2;
  return alignment;
}

// A line of what a call did: null or how the block is aligned, as far as that was asked for, usable size, errno. Each of
// its bytes is written: in a block that is too short malloc's own data breaks, and a later line does.
void* told(const char* call, std::size_t a, std::size_t b, void* p, std::size_t size, std::size_t alignment = 16) {
  const int error = errno;
  std::printf("%s(%zu, %zu): %s", call, a, b, p == nullptr ? "null" : "block");
  if (p != nullptr) {
    const std::size_t usable = malloc_usable_size(p);
    std::printf(" aligned %s", alignment_of(p, alignment) >= alignment ? "well" : "badly");
    // A larger one's depends on where its pages happen to be.
    if (!g_portable && alignment <= 4096) std::printf(" usable %zu", usable - usable % 16);
    if (size <= usable) std::memset(p, 0x5a, size);
    else std::printf(" SHORT");
  }
  std::printf(" errno %d\n", error);
  errno = 0;
  return p;
}

const std::size_t kSizes[] = {0, 1, 7, 8, 15, 16, 17, 24, 25, 32, 100, 1000, 1032, 4096, 65536, 131072, 1 << 20, 3 << 20};
const std::size_t kTooLarge[] = {PTRDIFF_MAX, std::size_t{PTRDIFF_MAX} + 1, SIZE_MAX - 4096, SIZE_MAX - 16, SIZE_MAX};

void plain_functions() {
  for (const std::size_t size : kSizes) {
    std::free(told("malloc", size, 0, std::malloc(hidden(size)), size));
    auto* zeroed = static_cast<char*>(std::calloc(hidden(size), 3));
    for (std::size_t i = 0; i < size * 3; ++i) {
      if (zeroed[i] != 0) std::printf("calloc: byte %zu is not zero\n", i);
    }
    std::free(told("calloc", size, 3, zeroed, size * 3));
    std::free(told("valloc", size, 0, valloc(hidden(size)), size, 4096));
    if (!g_portable) std::free(told("pvalloc", size, 0, pvalloc(hidden(size)), size, 4096));
    std::free(told("reallocarray", size, 2, reallocarray(nullptr, hidden(size), 2), size * 2));
  }
  for (const std::size_t size : kTooLarge) {
    std::free(told("malloc", size, 0, std::malloc(hidden(size)), size));
    std::free(told("calloc", size, 1, std::calloc(hidden(size), 1), size));
    std::free(told("calloc", size, 16, std::calloc(hidden(size), 16), size));
    std::free(told("valloc", size, 0, valloc(hidden(size)), size));
    if (!g_portable) std::free(told("pvalloc", size, 0, pvalloc(hidden(size)), size));
    std::free(told("reallocarray", size, 16, reallocarray(nullptr, hidden(size), 16), size));
    std::free(told("memalign", 64, size, memalign(64, hidden(size)), size));
    std::free(told("aligned_alloc", 4096, size, aligned_alloc(4096, hidden(size)), size));
    void* p = &p;
    const int result = posix_memalign(&p, 64, hidden(size));
    std::printf("posix_memalign(64, %zu): %d, pointer %s, errno %d\n", size, result, p == &p ? "kept" : "changed", errno);
  }
  std::free(told("calloc", std::size_t{1} << 32, std::size_t{1} << 32,
                 std::calloc(hidden(std::size_t{1} << 32), hidden(std::size_t{1} << 32)), 0));
  errno = 77;
  std::free(nullptr);
  std::free(std::malloc(hidden(10)));
  std::printf("free(nullptr) and free(): errno %d\n", errno);
  errno = 0;
}

void aligned_functions() {
  for (std::size_t alignment = 1; alignment <= 1 << 20; alignment *= 2) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{100}, alignment, alignment + 1}) {
      std::free(told("memalign", alignment, size, memalign(hidden(alignment), hidden(size)), size, alignment));
      std::free(told("aligned_alloc", alignment, size, aligned_alloc(hidden(alignment), hidden(size)), size, alignment));
    }
    void* p = nullptr;
    const int result = posix_memalign(&p, hidden(alignment), 100);
    std::printf("%d ", result);
    std::free(told("posix_memalign", alignment, 100, p, 100, result == 0 ? alignment : 16));
    void* q = operator new(hidden(alignment), std::align_val_t(alignment));
    told("new aligned", alignment, alignment, q, alignment, alignment);
    operator delete(q, std::align_val_t(alignment));
  }
  for (const std::size_t alignment : {0, 3, 12, 24, 48, 100, 4097}) {  // no powers of two
    void* p = &p;
    const int result = posix_memalign(&p, hidden(alignment), 100);
    std::printf("posix_memalign(%zu): %d, pointer %s, errno %d\n", alignment, result, p == &p ? "kept" : "changed", errno);
    std::free(told("memalign", alignment, 100, memalign(hidden(alignment), 100), 100));
    std::free(told("aligned_alloc", alignment, 100, aligned_alloc(hidden(alignment), 100), 100));
  }
  const std::size_t too_large = std::size_t{1} << 63;
  std::free(told("memalign", too_large, 1, memalign(hidden(too_large), 1), 1));
  std::free(told("aligned_alloc", too_large, 1, aligned_alloc(hidden(too_large), 1), 1));
}

void reallocations() {
  for (const std::size_t from : kSizes) {
    for (const std::size_t to : kSizes) {
      auto* p = static_cast<char*>(std::malloc(hidden(from)));
      std::memset(p, 0x33, from);
      auto* moved = static_cast<char*>(std::realloc(p, hidden(to)));
      for (std::size_t i = 0; moved != nullptr && i < from && i < to; ++i) {
        if (moved[i] != 0x33) std::printf("realloc: byte %zu is lost\n", i);
      }
      std::free(told("realloc", from, to, moved, to));
    }
  }
  char* kept = static_cast<char*>(std::malloc(hidden(100)));
  std::strcpy(kept, "kept");
  for (const std::size_t size : kTooLarge) {
    void* failed = std::realloc(hidden(kept), hidden(size));
    std::printf("realloc(%zu): %s, errno %d, %s\n", size, failed == nullptr ? "null" : "block", errno, hidden(kept));
    failed = reallocarray(hidden(kept), hidden(size), 16);
    std::printf("reallocarray(%zu): %s, errno %d, %s\n", size, failed == nullptr ? "null" : "block", errno, hidden(kept));
    errno = 0;
  }
  std::printf("realloc(block, 0): %s\n", std::realloc(hidden(kept), hidden(std::size_t{0})) == nullptr ? "null" : "block");
  std::free(told("realloc", 0, 10, std::realloc(nullptr, hidden(std::size_t{10})), 10));
  std::free(told("realloc", 0, 0, std::realloc(nullptr, hidden(std::size_t{0})), 0));
  std::free(told("reallocarray", 0, 0, reallocarray(std::malloc(hidden(100)), 0, hidden(std::size_t{0})), 0));
}

template <class Make>
void thrown_by(const char* what, Make&& make) {
  g_handler_calls = 0;
  const char* outcome = "null";
  try {
    if (make() != nullptr) outcome = "block";
  } catch (const std::bad_array_new_length&) {
    outcome = "bad_array_new_length";
  } catch (const std::bad_alloc&) {
    outcome = "bad_alloc";
  }
  std::printf("%s: %s, the handler was called %d times, errno %d\n", what, outcome, g_handler_calls, errno);
  errno = 0;
}

void handler() {
  if (++g_handler_calls == 3) std::set_new_handler(nullptr);
}
void throwing_handler() {
  ++g_handler_calls;
  throw std::bad_alloc();
}

void forms_of_new() {
  for (const std::size_t size : kSizes) {
    operator delete(told("new", size, 0, operator new(hidden(size)), size));
    operator delete(operator new(hidden(size)), size);
    operator delete[](told("new[]", size, 0, operator new[](hidden(size)), size));
    operator delete[](operator new[](hidden(size)), size);
    operator delete(told("new nothrow", size, 0, operator new(hidden(size), std::nothrow), size), std::nothrow);
    operator delete[](told("new[] nothrow", size, 0, operator new[](hidden(size), std::nothrow), size), std::nothrow);
    const auto to = std::align_val_t(256);
    operator delete[](told("new[] aligned", size, 256, operator new[](hidden(size), to), size, 256), to);
    operator delete[](operator new[](hidden(size), to), size, to);
    operator delete(operator new(hidden(size), to), size, to);
    void* p = operator new(hidden(size), to, std::nothrow);
    operator delete(told("new aligned nothrow", size, 256, p, size, 256), to, std::nothrow);
    p = operator new[](hidden(size), to, std::nothrow);
    operator delete[](told("new[] aligned nothrow", size, 256, p, size, 256), to, std::nothrow);
  }
}

void forms_of_new_failing(const std::vector<std::size_t>& too_large) {
  for (const std::new_handler which : {std::new_handler{nullptr}, std::new_handler{handler}, std::new_handler{throwing_handler}}) {
    for (const std::size_t size : too_large) {
      const auto to = std::align_val_t(64);
      const auto with_handler = [&](const char* what, auto&& make) {
        std::set_new_handler(which);
        thrown_by(what, make);
      };
      with_handler("new", [&] { return operator new(hidden(size)); });
      with_handler("new[]", [&] { return operator new[](hidden(size)); });
      with_handler("new nothrow", [&] { return operator new(hidden(size), std::nothrow); });
      with_handler("new[] nothrow", [&] { return operator new[](hidden(size), std::nothrow); });
      with_handler("new aligned", [&] { return operator new(hidden(size), to); });
      with_handler("new[] aligned", [&] { return operator new[](hidden(size), to); });
      with_handler("new aligned nothrow", [&] { return operator new(hidden(size), to, std::nothrow); });
      with_handler("new[] aligned nothrow", [&] { return operator new[](hidden(size), to, std::nothrow); });
      with_handler("new of an array", [&] { return static_cast<void*>(new long[hidden(size)]); });
    }
  }
  std::set_new_handler(nullptr);
}

void mapping(const char* what, void* mapped) {
  std::printf("%s: %s, errno %d\n", what, mapped == MAP_FAILED ? "failed" : "mapped", errno);
  errno = 0;
}

void unmapping(const char* what, void* at, std::size_t size) {
  const int result = munmap(at, size);
  std::printf("%s: %d, errno %d\n", what, result, errno);
  errno = 0;
}

void mappings() {
  constexpr std::size_t kPage = 4096;
  constexpr int kAnonymous = MAP_PRIVATE | MAP_ANONYMOUS;
  const auto map = [](void* at, std::size_t size, int flags, int file, off_t offset) {
    return mmap(at, size, PROT_READ | PROT_WRITE, flags, file, offset);
  };
  mapping("mmap of nothing", map(nullptr, 0, kAnonymous, -1, 0));
  mapping("mmap of no file", map(nullptr, kPage, MAP_PRIVATE, -1, 0));
  mapping("mmap between pages", map(nullptr, kPage, kAnonymous, -1, 100));
  mapping("mmap at no page", map(reinterpret_cast<void*>(1), kPage, kAnonymous | MAP_FIXED, -1, 0));
  mapping("mmap of too much", map(nullptr, hidden(std::size_t{1} << 60), kAnonymous, -1, 0));
  auto* pages = static_cast<char*>(map(nullptr, 8 * kPage, kAnonymous, -1, 0));
  mapping("mmap of eight", pages);
  mapping("mmap over it", map(pages, kPage, kAnonymous | MAP_FIXED_NOREPLACE, -1, 0));
  mapping("mmap in it", map(pages + kPage, kPage, kAnonymous | MAP_FIXED, -1, 0));
  std::strcpy(pages + 3 * kPage, "kept");
  unmapping("munmap at no page", pages + 1, kPage);
  unmapping("munmap of nothing", pages, 0);
  unmapping("munmap of one", pages, kPage);
  mapping("mremap of what is gone", mremap(pages, kPage, 2 * kPage, MREMAP_MAYMOVE));
  mapping("mremap, wrong flags", mremap(pages + 2 * kPage, kPage, 2 * kPage, 64));
  auto* moved = static_cast<char*>(mremap(pages + 2 * kPage, 2 * kPage, 100 * kPage, MREMAP_MAYMOVE));
  mapping("mremap", moved);
  std::printf("%s\n", moved + kPage);
  unmapping("munmap of the moved", moved, 100 * kPage);
  unmapping("munmap of the rest", pages, 8 * kPage);
}

void the_rest() {
  const auto in_use = [] { return mallinfo2().uordblks; };
  const std::size_t before = in_use();
  void* const p = told("malloc", 5000, 0, std::malloc(hidden(std::size_t{5000})), 5000);
  if (!g_portable) std::printf("mallinfo2: %zu more in use\n", in_use() - before);
  std::free(p);
  std::printf("malloc_trim: %d, then %d\n", malloc_trim(0) >= 0, malloc_trim(0) >= 0);
  std::printf("mallopt: %d\n", mallopt(M_MMAP_THRESHOLD, 1 << 20));
  std::printf("malloc_usable_size(nullptr): %zu\n", malloc_usable_size(nullptr));
  std::free(told("strdup", 0, 0, strdup("copied"), 7));
  char* line = nullptr;
  std::printf("asprintf: %d\n", asprintf(&line, "%05d", 42));
  std::free(line);
  std::pmr::unsynchronized_pool_resource pool;
  std::pmr::monotonic_buffer_resource monotonic(&pool);
  std::pmr::vector<std::pmr::string> strings(&monotonic);
  for (int i = 0; i < 1000; ++i) strings.emplace_back(static_cast<std::size_t>(i), 'x');
  std::printf("pmr: %zu, %zu\n", strings.size(), strings.back().size());
}

// Sizes that only a limit makes too large, and all of what is left.
void exhausted() {
  constexpr std::size_t kGigabyte = std::size_t{1} << 30;
  auto* kept = static_cast<char*>(std::malloc(hidden(std::size_t{100})));
  std::strcpy(kept, "kept");
  for (const std::size_t size : {5 * kGigabyte, 100 * kGigabyte}) {
    told("malloc", size, 0, std::malloc(hidden(size)), 0);
    told("calloc", size / 16, 16, std::calloc(hidden(size / 16), 16), 0);
    told("reallocarray", size / 16, 16, reallocarray(nullptr, hidden(size / 16), 16), 0);
    told("memalign", 4096, size, memalign(4096, hidden(size)), 0);
    told("aligned_alloc", 64, size, aligned_alloc(64, hidden(size)), 0);
    told("valloc", size, 0, valloc(hidden(size)), 0);
    void* p = &p;
    const int result = posix_memalign(&p, 64, hidden(size));
    std::printf("posix_memalign(64, %zu): %d, pointer %s, errno %d\n", size, result, p == &p ? "kept" : "changed", errno);
    void* failed = std::realloc(hidden(kept), hidden(size));
    std::printf("realloc(%zu): %s, errno %d, %s\n", size, failed == nullptr ? "null" : "block", errno, hidden(kept));
    errno = 0;
    mapping("mmap", mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  }
  forms_of_new_failing({5 * kGigabyte});
  constexpr std::size_t kPiece = std::size_t{64} << 20;
  std::vector<void*> pieces;
  pieces.reserve(1000);
  for (void* piece = nullptr; (piece = std::malloc(hidden(kPiece))) != nullptr;) pieces.push_back(piece);
  std::printf("malloc until the end: %s, errno %d\n", pieces.size() > 8 ? "many" : "few", errno);
  errno = 0;
  for (void* const piece : pieces) std::free(piece);
  std::free(told("malloc", kPiece, 0, std::malloc(hidden(kPiece)), kPiece));
  std::free(kept);
}

}  // namespace

int main(int count, char** arguments) {
  if (count > 1 && std::strcmp(arguments[1], "limited") == 0) {
    exhausted();
    return 0;
  }
  g_portable = count > 1;
  plain_functions();
  aligned_functions();
  reallocations();
  forms_of_new();
  if (!g_portable) forms_of_new_failing({std::begin(kTooLarge), std::end(kTooLarge)});
  mappings();
  the_rest();
}
