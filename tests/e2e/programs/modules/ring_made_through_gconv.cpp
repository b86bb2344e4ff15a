// ring_made_through_gconv.cpp - libc loads and unloads modules for character sets by itself. Two call the program from the same
// byte, one after the other, with frames that differ in size.
// gordian: exit 23
// gordian: options unwinder=both
// gordian: cycle proved objects=1 instances=2 of=Obj members=Obj::self
// gordian: prints called from one place
#include <gconv.h>
#include <iconv.h>
#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

// What a module calls, and from where.
extern "C" __attribute__((visibility("default"))) void make();

#ifdef GORDIAN_LIBRARY
extern "C" int gconv_init(__gconv_step* step) {
  char room[GORDIAN_LIBRARY * 1024];
  asm volatile("" : : "r"(room) : "memory");
  make();
  asm volatile("" : : "r"(room) : "memory");
  step->__min_needed_from = step->__max_needed_from = 4;
  step->__min_needed_to = step->__max_needed_to = 1;
  step->__stateful = 0;
  return __GCONV_OK;
}

extern "C" int gconv(__gconv_step*, __gconv_step_data*, const unsigned char**, const unsigned char*, unsigned char**, size_t*, int,
                     int) {
  return __GCONV_EMPTY_INPUT;
}
#else
struct Obj {
  std::shared_ptr<Obj> self;
};

void* places[2];
int made = 0;
std::shared_ptr<Obj> owners[2];

extern "C" void make() {
  auto obj = std::make_shared<Obj>();  // (made here)
#ifdef FIXED
  owners[made] = obj;
#else
  obj->self = obj;
#endif
  places[made++] = __builtin_return_address(0);
}

void convert(const char* to) {
  const iconv_t conversion = iconv_open(to, "UTF-8");
  if (conversion == iconv_t(-1)) std::printf("no conversion to %s\n", to);
  iconv_close(conversion);
}

int main(int, char** argv) {
  std::string directory = std::string(argv[0]) + ".list.XXXXXX";
  if (mkdtemp(directory.data()) == nullptr) return 1;
  const std::string list = directory + "/gconv-modules";
  std::FILE* file = std::fopen(list.c_str(), "w");
  std::fprintf(file, "module INTERNAL FIRST// %s 1\nmodule INTERNAL SECOND// %s 1\n", (std::string(argv[0]) + ".so").c_str(),
               (std::string(argv[0]) + ".2.so").c_str());
  std::fclose(file);
  setenv("GCONV_PATH", directory.c_str(), 1);
  convert("FIRST");
  for (int i = 0; i < 5; ++i) convert("UTF-16");  // a module that is not used is unloaded when others have come and gone
  convert("SECOND");
  unlink(list.c_str());
  rmdir(directory.c_str());
  if (made == 2 && places[0] == places[1]) std::printf("called from one place\n");
}
#endif
