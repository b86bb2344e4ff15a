// owned_word_buffers.cpp - the same, but that one captures what sees the button, one was reset, and one is owned by another's.
// gordian: silent
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "word_buffers.h"

void (*volatile leave)(int) = std::exit;

template <class Buffer>
struct Page {
  using Own = Button<Buffer>;
  std::shared_ptr<Own> watched = std::make_shared<Own>();
  std::shared_ptr<Own> reset = std::make_shared<Own>();
  std::shared_ptr<Own> owner = std::make_shared<Own>();
  Page() {
    watched->on_click.set([seen = std::weak_ptr<Own>(watched)] { ++seen.lock()->clicks; });
    reset->on_click.set([self = reset] { ++self->clicks; });
    reset->on_click.reset();
    auto owned = std::make_shared<Own>();
    owner->on_click.set([owned] { ++owned->clicks; });
    owned->on_click.set([owned] { ++owned->clicks; });
  }
};

template <class Buffer>
void keep() {
  [[maybe_unused]] static auto* const page = new Page<Buffer>;
}

int main() {
  keep<void*[2]>();
  keep<std::uint64_t[3]>();
  keep<std::max_align_t>();
  keep<std::max_align_t[1]>();
  auto local = std::make_shared<Button<void*[2]>>();
  local->on_click.set([local] { ++local->clicks; });
  local->on_click.reset();
  leave(0);
}
