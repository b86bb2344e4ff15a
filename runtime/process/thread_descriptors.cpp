// thread_descriptors.cpp - see thread_descriptors.h.
#include "process/thread_descriptors.h"

#include <dlfcn.h>

#include "machine/thread_area.h"

namespace gordian::rt {
namespace {

constexpr std::size_t kOffset = 2;

struct Answers {
  const std::uint32_t* size;
  const std::uint32_t* tid;
  const std::uint32_t* key_values;
  DescriptorLists lists;
};
constinit Answers g_answers = {};

const std::uint32_t* told(const char* name) noexcept {
  return static_cast<const std::uint32_t*>(::dlsym(RTLD_DEFAULT, name));
}

DescriptorLists find_lists() noexcept {
  const auto loader = reinterpret_cast<Address>(::dlsym(RTLD_DEFAULT, "_rtld_global"));
  const std::uint32_t* const used = told("_thread_db_rtld_global__dl_stack_used");
  const std::uint32_t* const user = told("_thread_db_rtld_global__dl_stack_user");
  const std::uint32_t* const next = told("_thread_db_list_t_next");
  const std::uint32_t* const node = told("_thread_db_pthread_list");
  if (loader == 0 || used == nullptr || user == nullptr || next == nullptr || node == nullptr) return {};
  return {{loader + used[kOffset], loader + user[kOffset]}, next[kOffset], node[kOffset]};
}

}  // namespace

void find_thread_descriptors() noexcept {
  g_answers = {told("_thread_db_sizeof_pthread"), told("_thread_db_pthread_tid"), told("_thread_db_pthread_specific"), find_lists()};
}

std::size_t descriptor_size() noexcept { return g_answers.size != nullptr ? *g_answers.size : kThreadDescriptor; }

std::size_t offset_of_key_values() noexcept {
  return g_answers.key_values != nullptr ? g_answers.key_values[kOffset] : kKeyValues;
}

bool find_offset_of_tid(std::size_t& offset) noexcept {
  const std::uint32_t* const tid = g_answers.tid;
  if (g_answers.size == nullptr || tid == nullptr || tid[0] != 8 * sizeof(int)) return false;
  offset = tid[kOffset];
  return true;
}

const DescriptorLists& descriptor_lists() noexcept { return g_answers.lists; }

}  // namespace gordian::rt
