// lost_pointers_into_nodes.cpp - an owner is lost; what it holds in containers behind a unique_ptr has raw pointers to its own
// places there: no cycles.
// gordian: orphan proved instances=1 of=Registry<Hashed>
// gordian: orphan proved instances=1 of=Registry<Listed>
#include <list>
#include <memory>
#include <unordered_map>

template <class Private>
struct Entry {
  typename Private::Place* place = nullptr;
};
struct Listed {
  using Place = std::shared_ptr<Entry<Listed>>;
  std::list<Place> entries;
  long more = 1;
  Place* add(const Place& entry) { return &entries.emplace_back(entry); }
};
struct Hashed {
  using Place = std::pair<const long, std::shared_ptr<Entry<Hashed>>>;
  std::unordered_map<long, std::shared_ptr<Entry<Hashed>>> entries;
  long more = 1;
  Place* add(const std::shared_ptr<Entry<Hashed>>& entry) { return &*entries.emplace(entries.size(), entry).first; }
};
template <class Private>
struct Registry {
  std::unique_ptr<Private> d = std::make_unique<Private>();
};

template <class Private>
void lose() {
  auto* const lost = new std::shared_ptr<Registry<Private>>(std::make_shared<Registry<Private>>());
  for (int i = 0; i < 3; ++i) {
    auto entry = std::make_shared<Entry<Private>>();
    entry->place = (*lost)->d->add(entry);
  }
}

int main() {
  lose<Listed>();
  lose<Hashed>();
}
