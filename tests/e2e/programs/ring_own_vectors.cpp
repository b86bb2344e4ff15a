// ring_own_vectors.cpp - rings through vectors that the program has written itself: behind the first element nothing but the counts
// tells what an array holds.
// gordian: exit 23
// gordian: says cut Kid<Entries>::parent
// gordian: says cut Entries::Entry::kid
// gordian: cycle likely objects=4 instances=1 of=Entries,Kid<Entries> members=Entries::all,Kid<Entries>::parent
// gordian: cycle likely objects=4 instances=1 of=Handles,Kid<Handles> members=Handles::all,Kid<Handles>::parent
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

template <class Value>
class Vector {
 public:
  ~Vector() { clear(); }
  void push_back(Value value) {
    if (size_ == room_) grow();
    new (first_ + size_++) Value(std::move(value));
  }

 private:
  void grow() {
    room_ = 2 * room_ + 2;
    auto* const first = static_cast<Value*>(std::malloc(room_ * sizeof(Value)));
    for (std::size_t i = 0; i < size_; ++i) new (first + i) Value(std::move(first_[i]));
    clear();
    first_ = first;
  }
  void clear() {
    for (std::size_t i = 0; i < size_; ++i) first_[i].~Value();
    std::free(first_);
  }
  Value* first_ = nullptr;
  std::size_t size_ = 0, room_ = 0;
};

template <class Parent>
struct Kid {
  std::shared_ptr<Parent> parent;
};
struct Handles {
  Vector<std::shared_ptr<Kid<Handles>>> all;
  void add(std::shared_ptr<Kid<Handles>> kid) { all.push_back(std::move(kid)); }
};
struct Entries {
  struct Entry {
    std::weak_ptr<Kid<Entries>> seen;
    std::shared_ptr<Kid<Entries>> kid;
  };
  Vector<Entry> all;
  void add(const std::shared_ptr<Kid<Entries>>& kid) { all.push_back({kid, kid}); }
};

template <class Parent>
void leak() {
  auto parent = std::make_shared<Parent>();
  for (int i = 0; i < 3; ++i) {
    auto kid = std::make_shared<Kid<Parent>>();
    kid->parent = parent;
    parent->add(std::move(kid));
  }
}

int main() {
  leak<Handles>();
  leak<Entries>();
}
