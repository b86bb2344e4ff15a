// ring_own_vectors.cpp - rings through vectors that the program has written itself, beside a registry that knows every kid. Where a
// class is as large as an array of its base's, the counts tell what that holds.
// gordian: exit 23
// gordian: says cut Kid<Entries>::parent
// gordian: says cut Entry<Entries>::kid
// gordian: says cut Entry<Rows>::kid
// gordian: cycle proved objects=4 instances=1 of=Entries,Kid<Entries> members=Entries::all,Kid<Entries>::parent
// gordian: cycle proved objects=4 instances=1 of=Handles,Kid<Handles> members=Handles::all,Kid<Handles>::parent
// gordian: cycle likely objects=4 instances=1 of=Kid<Rows>,Rows members=Kid<Rows>::parent,Rows::all
#include <cstddef>
#include <memory>
#include <unordered_map>
#include <utility>

#include "own_vector.h"

template <class Parent>
struct Kid {
  std::shared_ptr<Parent> parent;
};
struct Handles {
  Vector<std::shared_ptr<Kid<Handles>>> all;
  void add(std::shared_ptr<Kid<Handles>> kid) { all.push_back(std::move(kid)); }
};
template <class Parent>
struct Entry {
  std::weak_ptr<Kid<Parent>> seen;
  std::shared_ptr<Kid<Parent>> kid;
};
struct Entries {
  Vector<Entry<Entries>> all;
  void add(const std::shared_ptr<Kid<Entries>>& kid) { all.push_back({kid, kid}); }
};
struct Rows {
  Vector<Entry<Rows>> all;
  void add(const std::shared_ptr<Kid<Rows>>& kid) { all.push_back({kid, kid}); }
};
struct Row : Entry<Rows> {
  char name[5 * sizeof(Entry<Rows>)];  // as large as a vector's buffer
} row;

std::unordered_map<std::size_t, std::weak_ptr<void>> registry;

template <class Parent>
void leak(bool registered) {
  auto parent = std::make_shared<Parent>();
  for (int i = 0; i < 3; ++i) {
    auto kid = std::make_shared<Kid<Parent>>();
    kid->parent = parent;
    if (registered) registry.emplace(registry.size(), kid);
    parent->add(std::move(kid));
  }
}

int main() {
  leak<Handles>(true);
  leak<Entries>(true);
  leak<Rows>(false);
}
