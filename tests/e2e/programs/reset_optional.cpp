// reset_optional.cpp - the owner is in disguise, and a reset optional still holds its bits: no proof.
// gordian: exit 23
// gordian: cycle likely objects=1 of=Obj members=Obj::maybe
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>

struct Obj {
  std::optional<std::shared_ptr<Obj>> maybe;
};

std::uintptr_t packed[2];

[[gnu::noinline]] void hold(Obj& obj, const std::shared_ptr<Obj>& other) { obj.maybe = other; }
[[gnu::noinline]] void let_go(std::optional<std::shared_ptr<Obj>>& maybe) { maybe.reset(); }

int main() {
  alignas(std::shared_ptr<Obj>) unsigned char storage[sizeof(std::shared_ptr<Obj>)];
  auto* keeper = new (storage) std::shared_ptr<Obj>(std::make_shared<Obj>());
  hold(**keeper, *keeper);
  let_go((*keeper)->maybe);
  std::memcpy(packed, storage, sizeof packed);
  for (auto& word : packed) word = ~word;
  std::memset(storage, 0, sizeof storage);
}
