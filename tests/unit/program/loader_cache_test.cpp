// loader_cache_test.cpp - program/elf/loader_cache.h.
#include "program/elf/loader_cache.h"

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "catch.h"

using namespace gordian;

namespace {

struct Row {
  std::string name;
  std::string path;
  std::uint64_t processor = 0;
};

void append(std::string& bytes, const void* data, std::size_t size) {
  bytes.append(static_cast<const char*>(data), size);
}

// As ldconfig writes it.
std::string cache_of(const std::vector<Row>& rows) {
  std::string strings;
  std::string table;
  const std::size_t strings_at = 48 + rows.size() * 24;
  const auto place = [&](const std::string& text) {
    const auto at = static_cast<std::uint32_t>(strings_at + strings.size());
    strings += text + '\0';
    return at;
  };
  for (const Row& row : rows) {
    const std::uint32_t head[4] = {0x0303, place(row.name), place(row.path), 0};
    append(table, head, sizeof head);
    append(table, &row.processor, sizeof row.processor);
  }
  std::string bytes = "glibc-ld.so.cache1.1";
  const std::uint32_t counts[7] = {static_cast<std::uint32_t>(rows.size()),
                                   static_cast<std::uint32_t>(strings.size())};
  append(bytes, counts, sizeof counts);
  return bytes + table + strings;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a library is found by its name, in the loader's order") {
  const LoaderCache cache(
      cache_of({{"liba.so", "/one/liba.so"}, {"libb.so", "/libb.so"}, {"liba.so", "/two/liba.so"}}));
  CHECK(cache.find("liba.so") == Paths{"/one/liba.so", "/two/liba.so"});
  CHECK(cache.find("libb.so") == Paths{"/libb.so"});
  CHECK(cache.find("lib").empty());
  CHECK(cache.find("").empty());
}

TEST_CASE("a library for some processors only is left out") {
  const LoaderCache cache(cache_of({{"liba.so", "/hwcaps/liba.so", 1}, {"liba.so", "/liba.so"}}));
  CHECK(cache.find("liba.so") == Paths{"/liba.so"});
}

TEST_CASE("a cache behind one in the older format is read") {
  const LoaderCache cache("ld.so-1.7.0 and what belongs to it" + cache_of({{"liba.so", "/liba.so"}}));
  CHECK(cache.find("liba.so") == Paths{"/liba.so"});
}

TEST_CASE("what is no cache, or is cut or damaged anywhere, is read without harm") {
  CHECK(LoaderCache("").find("liba.so").empty());
  CHECK(LoaderCache("no cache").find("liba.so").empty());
  const std::string whole = cache_of({{"liba.so", "/liba.so"}, {"libb.so", "/libb.so"}});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK_NOTHROW(LoaderCache(std::string_view(whole).substr(0, size)));
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = '\xff';
    CHECK_NOTHROW(LoaderCache(bytes).find("libb.so"));
  }
  CHECK(LoaderCache(std::string_view(whole).substr(0, whole.size() - 1)).find("libb.so").empty());
}

TEST_CASE("this machine's cache knows libc") {
  std::ifstream in("/etc/ld.so.cache", std::ios::binary);
  if (!in) {
    WARN("there is no /etc/ld.so.cache here");
    return;
  }
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const LoaderCache cache(bytes.str());
  const auto& paths = cache.find("libc.so.6");
  REQUIRE_FALSE(paths.empty());
  CHECK(std::filesystem::exists(paths.front()));
}
