// library.h - loads the library that was built of the same source, and unloads it for good.
#pragma once

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <string>

// `name` is "" or, where the source makes several libraries, ".2" and so on.
inline std::string library_path(const char* program, const char* name = "") {
  return std::string(program) + name + ".so";
}

inline void* load(const std::string& path) {
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) std::printf("%s\n", dlerror());
  return library;
}

template <class Function>
Function* find(void* library, const char* name) {
  return reinterpret_cast<Function*>(dlsym(library, name));
}

inline bool is_loaded(const std::string& path) {
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_NOLOAD);
  if (library != nullptr) dlclose(library);
  return library != nullptr;
}

inline void unload(void* library, const std::string& path) {
  if (dlclose(library) != 0) std::printf("%s\n", dlerror());
  if (is_loaded(path)) std::printf("%s is still there\n", path.c_str());
}
