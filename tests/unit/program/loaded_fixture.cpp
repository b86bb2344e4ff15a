// loaded_fixture.cpp - see loaded_fixture.h.
#include "loaded_fixture.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "catch.h"

namespace gordian {
namespace {

std::string hex(const unsigned char* bytes, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "0123456789abcdef"[bytes[i] >> 4];
    text += "0123456789abcdef"[bytes[i] & 15];
  }
  return text;
}

std::string build_id_in(const unsigned char* note, std::size_t size) {
  while (size >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) head;
    std::memcpy(&head, note, sizeof head);
    const std::size_t name = (head.n_namesz + 3u) & ~3u;
    const std::size_t text = (head.n_descsz + 3u) & ~3u;
    if (head.n_type == NT_GNU_BUILD_ID) {
      return hex(note + sizeof head + name, head.n_descsz);
    }
    const std::size_t whole = std::min(size, sizeof head + name + text);
    note += whole;
    size -= whole;
  }
  return {};
}

int add_module(dl_phdr_info* info, std::size_t, void* out) {
  Module module;
  module.bias = info->dlpi_addr;
  module.low = ~std::uint64_t{0};
  module.path = info->dlpi_name;
  if (module.path.empty()) {
    module.path = std::filesystem::read_symlink("/proc/self/exe").string();
  }
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    const std::uint64_t start = info->dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD) {
      module.low = std::min(module.low, start);
      module.high = std::max(module.high, start + segment.p_memsz);
    } else if (segment.p_type == PT_NOTE && module.build_id.empty()) {
      module.build_id = build_id_in(reinterpret_cast<const unsigned char*>(start), segment.p_memsz);
    }
  }
  static_cast<std::vector<Module>*>(out)->push_back(module);
  return 0;
}

}  // namespace

std::vector<Module> modules_of_this_process() {
  std::vector<Module> modules;
  dl_iterate_phdr(add_module, &modules);
  std::sort(modules.begin(), modules.end(), [](const Module& a, const Module& b) { return a.low < b.low; });
  return modules;
}

LoadedFixture::LoadedFixture(const std::string& path)
    : path_(path), library_(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)) {
  const char* error = library_ == nullptr ? dlerror() : nullptr;
  INFO((error != nullptr ? error : ""));
  REQUIRE(library_ != nullptr);
  snapshot_.modules = modules_of_this_process();
  // The other builds that earlier tests have loaded have classes of the same names.
  std::erase_if(snapshot_.modules, [&](const Module& module) {
    return module.path.find("libzoo-") != std::string::npos && module.path != path_;
  });
}

Module& LoadedFixture::module() {
  for (Module& module : snapshot_.modules) {
    if (module.path == path_) {
      return module;
    }
  }
  FAIL("the fixture is not among the modules");
  return snapshot_.modules.front();
}

std::uint32_t LoadedFixture::add_vtable(const void* object) {
  REQUIRE(object != nullptr);
  REQUIRE(program_ == nullptr);
  const std::uintptr_t* words = nullptr;
  std::memcpy(&words, object, sizeof words);
  Vtable vtable;
  vtable.address = reinterpret_cast<std::uint64_t>(words);
  for (std::uint32_t i = 0; i < snapshot::kVtableFunctions; ++i) {
    Dl_info info;
    const bool code = words[i] > 4096 && dladdr(reinterpret_cast<void*>(words[i]), &info) != 0;
    vtable.functions.push_back(code ? words[i] : 0);
    if (!code) {
      break;
    }
  }
  if (words[-1] != 0) {
    const char* name = nullptr;
    std::memcpy(&name, reinterpret_cast<const void*>(words[-1] + 8), sizeof name);
    vtable.mangled_name = name;
  }
  snapshot_.vtables.push_back(vtable);
  return static_cast<std::uint32_t>(snapshot_.vtables.size() - 1);
}

std::uint32_t LoadedFixture::control(const std::string& name) {
  const auto get = reinterpret_cast<const void* (*)(const char*)>(dlsym(library_, "fixture_control"));
  return add_vtable(get(name.c_str()));
}

std::uint32_t LoadedFixture::object(const std::string& name) {
  const auto get = reinterpret_cast<const void* (*)(const char*)>(dlsym(library_, "fixture_object"));
  return add_vtable(get(name.c_str()));
}

std::uint64_t LoadedFixture::offset(const std::string& member) const {
  return reinterpret_cast<unsigned long (*)(const char*)>(dlsym(library_, "fixture_offset"))(member.c_str());
}

std::uint64_t LoadedFixture::frame(const std::string& name) const {
  const auto get = reinterpret_cast<const void* (*)(const char*)>(dlsym(library_, "fixture_frame"));
  return reinterpret_cast<std::uint64_t>(get(name.c_str()));
}

std::uint64_t LoadedFixture::variable(const std::string& name) const {
  const auto get = reinterpret_cast<const void* (*)(const char*)>(dlsym(library_, "fixture_variable"));
  return reinterpret_cast<std::uint64_t>(get(name.c_str()));
}

std::uint64_t LoadedFixture::counted_offset(const std::string& member) const {
  const auto get =
      reinterpret_cast<unsigned long (*)(const char*)>(dlsym(library_, "fixture_counted_offset"));
  const std::uint64_t offset = get(member.c_str());
  REQUIRE(offset < 4096);
  return offset;
}

std::vector<std::uint64_t> LoadedFixture::made(const std::string& name, const std::string& how) const {
  using Made = int (*)(const char*, const char*, const void**, int);
  const void* frames[16];
  const int count =
      reinterpret_cast<Made>(dlsym(library_, "fixture_made"))(name.c_str(), how.c_str(), frames, 16);
  std::vector<std::uint64_t> stack;
  for (int i = 0; i < count; ++i) stack.push_back(reinterpret_cast<std::uint64_t>(frames[i]));
  return stack;
}

Program& LoadedFixture::program() {
  if (!program_) {
    program_ = std::make_unique<Program>(snapshot_, families_);
  }
  return *program_;
}

std::vector<std::string> fixture_builds() {
  std::vector<std::string> builds;
  for (const char* build : {"g++-O0", "g++-O2", "g++-O3-lto", "g++-dwarf4", "g++-split", "g++-separate",
                            "g++-compressed", "clang++-O0", "clang++-O2", "clang++-dwarf4"}) {
    if (std::filesystem::exists(fixture_path(build))) {
      builds.emplace_back(build);
    }
  }
  return builds;
}

std::string fixture_path(const std::string& build) {
  return std::string(FIXTURE_FOLDER) + "/libzoo-" + build + ".so";
}

int marked_line(const std::string& file, const std::string& mark) {
  std::ifstream in(std::string(FIXTURE_SOURCES) + "/" + file);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.ends_with("// MARK " + mark)) {
      return number;
    }
  }
  FAIL("no line of " << file << " is marked " << mark);
  return 0;
}

}  // namespace gordian
