// lost_hash_iterators.cpp - an owner is lost; what it holds in a hash table behind a unique_ptr knows its own place there: no cycles.
// gordian: orphan proved instances=1 of=Registry
#include <memory>
#include <unordered_map>

struct Entry;
using Entries = std::unordered_map<int, std::shared_ptr<Entry>>;
struct Entry {
  Entries::iterator place;
};
struct Private {
  Entries entries;
  long more = 1;
};
struct Registry {
  std::unique_ptr<Private> d = std::make_unique<Private>();
};

int main() {
  auto* const lost = new std::shared_ptr<Registry>(std::make_shared<Registry>());
  for (int i = 0; i < 3; ++i) {
    auto entry = std::make_shared<Entry>();
    entry->place = (*lost)->d->entries.emplace(i, entry).first;
  }
}
