// loader_cache.cpp - any bytes as /etc/ld.so.cache.
#include "program/elf/loader_cache.h"

#include "fuzz.h"

using namespace gordian;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const LoaderCache cache(fuzz::as_text(data, size));
  for (const char* name : {"libc.so.6", "libfoo.so.1", ""}) {
    for (const std::string& path : cache.find(name)) fuzz::require(path.size() <= size);
  }
  return 0;
}
