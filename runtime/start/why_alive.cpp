// why_alive.cpp - see why_alive.h. The snapshot is of the whole heap: what holds an object is owned itself.
#include "start/why_alive.h"

#include <new>

#include "start/check.h"
#include "tables/live.h"

namespace gordian::rt {
namespace {

// Of who has asked; stays when the thread ends.
thread_local PageArray<char>* t_text __attribute__((tls_model("initial-exec"))) = nullptr;

PageArray<char>* text_of_thread() noexcept {
  if (t_text == nullptr) {
    void* const room = map_pages(sizeof(PageArray<char>));
    if (room != nullptr) t_text = new (room) PageArray<char>;
  }
  return t_text;
}

}  // namespace

const char* why_alive(Address object) noexcept {
  if (find_block(object) == 0) return "";
  PageArray<char>* const text = text_of_thread();
  if (text == nullptr) return "";
  text->clear();
  CheckRequest request{snapshot::kNoExitStatus};
  request.text = text;
  request.asked = object;
  if (run_check(request) == Verdict::unknown) text->clear();
  text->push('\0');
  return text->size() > 1 && !text->failed() ? text->data() : "";
}

}  // namespace gordian::rt
