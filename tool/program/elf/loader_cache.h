// loader_cache.h - /etc/ld.so.cache: where the system's libraries are, by name.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gordian {

class LoaderCache {
 public:
  // `bytes`: what is in the file. Knows nothing where they make no sense.
  explicit LoaderCache(std::string_view bytes);

  // Paths of the libraries of that name, in the loader's order; of each machine and word size that the
  // system has libraries for. Those for some processors only (glibc-hwcaps) are left out.
  const std::vector<std::string>& find(const std::string& name) const;

 private:
  std::unordered_map<std::string, std::vector<std::string>> paths_;
};

}  // namespace gordian
