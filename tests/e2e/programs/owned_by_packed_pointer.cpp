// owned_by_packed_pointer.cpp - a reference whose bits are disguised: counted, but not to be located.
// gordian: silent
#include <cstdint>
#include <cstring>
#include <memory>

struct Obj {
  std::shared_ptr<Obj> other;
};

Obj* seen;
std::uintptr_t packed[2];

int main() {
  alignas(std::shared_ptr<Obj>) unsigned char storage[sizeof(std::shared_ptr<Obj>)];
  auto* keeper = new (storage) std::shared_ptr<Obj>(std::make_shared<Obj>());
  (*keeper)->other = std::make_shared<Obj>();
  (*keeper)->other->other = *keeper;
  seen = keeper->get();
  std::memcpy(packed, storage, sizeof packed);
  for (auto& word : packed) word = ~word;
  std::memset(storage, 0, sizeof storage);
}
