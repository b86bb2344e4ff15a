// sanitizer_blocks.cpp - see sanitizer_blocks.h.
#include "hooks/sanitizer_blocks.h"


#include "hooks/track.h"
#include "process/program_malloc.h"
#include "process/sanitizer.h"

namespace gordian::rt {
namespace {

// In a scope AddressSanitizer has filled what it hands out, as far as ours would clear it.
void made(const volatile void* block, std::size_t size) {
  track_block<Contents::known>(const_cast<void*>(block), size);
}
void freed(const volatile void* block) { untrack_block(const_cast<void*>(block)); }

#define GORDIAN_REFUSAL(name, flag)                                                                             \
  "this program was built with " name " (-fsanitize=" flag "), which does not tell gordian of every block. "    \
  "Nothing was checked; build it once without, or with -fsanitize=address,undefined"

const char* refusal_of(Sanitizer which) noexcept {
  switch (which) {
    case Sanitizer::leak: return GORDIAN_REFUSAL("LeakSanitizer", "leak");
    case Sanitizer::thread: return GORDIAN_REFUSAL("ThreadSanitizer", "thread");
    case Sanitizer::memory: return GORDIAN_REFUSAL("MemorySanitizer", "memory");
    case Sanitizer::hwaddress: return GORDIAN_REFUSAL("HWAddressSanitizer", "hwaddress");
    case Sanitizer::none:
    case Sanitizer::address: break;
  }
  return nullptr;
}

}  // namespace

void follow_sanitizer() noexcept {
  const Sanitizer which = sanitizer();
  if (which == Sanitizer::none) return;
  start_sanitizer();
  g_state.refusal = refusal_of(which);
  if (which == Sanitizer::address) {
    if (program_malloc().ours) {
      g_state.refusal = "gordian was loaded before AddressSanitizer, and each sees but some of the blocks. "
                        "Nothing was checked; link gordian behind it, and preload neither";
    } else if (listen_to_sanitizer(made, freed)) {
      g_state.listens = true;
    }
  }
  if (g_state.refusal != nullptr) stop_tracking();
}

}  // namespace gordian::rt
