// loader_cache.cpp - see loader_cache.h. The format is that of glibc's sysdeps/generic/dl-cache.h.
#include "program/elf/loader_cache.h"

#include <cstdint>
#include <cstring>

namespace gordian {
namespace {

constexpr std::string_view kMagic = "glibc-ld.so.cache1.1";

struct Header {
  char magic[20];
  std::uint32_t entries;
  std::uint32_t strings_size;
  std::uint32_t rest[5];
};
static_assert(sizeof(Header) == 48);

struct Entry {
  std::int32_t flags;
  std::uint32_t name;  // from the header's start
  std::uint32_t path;
  std::uint32_t os_version;
  std::uint64_t processor;  // 0: any
};
static_assert(sizeof(Entry) == 24);

// Up to the NUL; empty where there is none.
std::string_view string_at(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size()) return {};
  const std::size_t end = bytes.find('\0', at);
  return end == std::string_view::npos ? std::string_view() : bytes.substr(at, end - at);
}

}  // namespace

LoaderCache::LoaderCache(std::string_view bytes) {
  // The first of two caches may be one in an older format.
  const std::size_t start = bytes.find(kMagic);
  if (start == std::string_view::npos) return;
  bytes.remove_prefix(start);
  Header header;
  if (bytes.size() < sizeof header) return;
  std::memcpy(&header, bytes.data(), sizeof header);
  const std::size_t room = (bytes.size() - sizeof header) / sizeof(Entry);
  for (std::size_t i = 0; i < header.entries && i < room; ++i) {
    Entry entry;
    std::memcpy(&entry, bytes.data() + sizeof header + i * sizeof entry, sizeof entry);
    const std::string_view name = string_at(bytes, entry.name);
    const std::string_view path = string_at(bytes, entry.path);
    if (entry.processor == 0 && !name.empty() && !path.empty()) paths_[std::string(name)].emplace_back(path);
  }
}

const std::vector<std::string>& LoaderCache::find(const std::string& name) const {
  static const std::vector<std::string> kNone;
  const auto found = paths_.find(name);
  return found != paths_.end() ? found->second : kNone;
}

}  // namespace gordian
