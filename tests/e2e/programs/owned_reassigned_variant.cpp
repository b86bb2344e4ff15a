// owned_reassigned_variant.cpp - the owner is in disguise; a variant has a number over half of what it held.
// gordian: no cycle
#include <cstdint>
#include <cstring>
#include <memory>
#include <variant>

struct Obj {
  std::variant<int, std::shared_ptr<Obj>> either;
};

std::uintptr_t packed[2];

[[gnu::noinline]] void hold(Obj& obj, const std::shared_ptr<Obj>& other) { obj.either = other; }
[[gnu::noinline]] void let_go(std::variant<int, std::shared_ptr<Obj>>& either) { either = 7; }

int main() {
  alignas(std::shared_ptr<Obj>) unsigned char storage[sizeof(std::shared_ptr<Obj>)];
  auto* keeper = new (storage) std::shared_ptr<Obj>(std::make_shared<Obj>());
  hold(**keeper, *keeper);
  let_go((*keeper)->either);
  std::memcpy(packed, storage, sizeof packed);
  for (auto& word : packed) word = ~word;
  std::memset(storage, 0, sizeof storage);
}
