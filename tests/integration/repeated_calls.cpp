// repeated_calls.cpp - the same calls again and again, for instructions.sh, which counts what one takes, and memory.sh.
//
//   repeated_calls MODE COUNT   each twenty frames deep:
//     linked   malloc and free as in a program with the shim: no stack is captured
//     same     malloc and free, captured from one place
//     moving   likewise, from two places in turn whose innermost five frames differ
#include <cstdlib>
#include <cstring>

extern "C" __attribute__((weak)) void gordian_shim_started() noexcept;

namespace {

__attribute__((noinline)) void allocate() {
  void* block = std::malloc(32);
  asm volatile("" : : "r"(block) : "memory");
  std::free(block);
}

template <int Place>
__attribute__((noinline)) void descend(int frames) {
  if (frames > 0) {
    descend<Place>(frames - 1);
  } else {
    allocate();
  }
  asm volatile("" : : "i"(Place));  // no tail call, no two functions made one
}

void run(const char* mode, long count) {
  const bool moving = std::strcmp(mode, "moving") == 0;
  for (long i = 0; i < count; ++i) {
    if (moving) {
      i % 2 == 0 ? descend<0>(3) : descend<1>(3);
    } else {
      allocate();
    }
  }
}

__attribute__((noinline)) void go_deep(int frames, const char* mode, long count) {
  if (frames > 0) {
    go_deep(frames - 1, mode, count);
  } else {
    run(mode, count);
  }
  asm volatile("");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  if (std::strcmp(argv[1], "linked") == 0 && &gordian_shim_started != nullptr) gordian_shim_started();
  go_deep(15, argv[1], std::atol(argv[2]));
}
