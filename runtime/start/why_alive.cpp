// why_alive.cpp - see why_alive.h. The snapshot is of the whole heap: what holds an object is owned itself.
#include "start/why_alive.h"

#include "start/check.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Lives for the whole process, like the tables.
alignas(PageArray<char>) constinit char g_text_storage[sizeof(PageArray<char>)] = {};

}  // namespace

const char* why_alive(Address object) noexcept {
  auto& text = *reinterpret_cast<PageArray<char>*>(g_text_storage);
  text.clear();
  if (find_block(object) == 0) return "";
  CheckRequest request{snapshot::kNoExitStatus};
  request.text = &text;
  request.asked = object;
  if (run_check(request) == Verdict::unknown) text.clear();
  text.push('\0');
  return text.size() > 1 && !text.failed() ? text.data() : "";
}

}  // namespace gordian::rt
