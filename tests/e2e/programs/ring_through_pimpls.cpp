// ring_through_pimpls.cpp - rings through raw pointers to what has a container in it, whose last node leads back to it:
// cycles, no orphans.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Back<Hashed>,Owner<Hashed> members=Back<Hashed>::owner,Owner<Hashed>::d
// gordian: cycle proved objects=2 instances=1 of=Back<Mapped>,Owner<Mapped> members=Back<Mapped>::owner,Owner<Mapped>::d
// gordian: cycle proved objects=2 instances=1 of=Back<Larger>,Owner<Larger> members=Back<Larger>::owner,Owner<Larger>::d
// gordian: cycle proved objects=2 instances=1 of=Back<Remembered>,Owner<Remembered> members=Back<Remembered>::owner,Owner<Remembered>::d
// gordian: cycle proved objects=2 instances=1 of=Back<Listed>,Owner<Listed> members=Back<Listed>::owner,Owner<Listed>::d
// gordian: cycle proved objects=2 instances=1 of=Back<First>,Owner<First> members=Back<First>::owner,Owner<First>::d
#include <list>
#include <map>
#include <memory>
#include <unordered_map>

#include "pimpl_ring.h"

template <class Private>
struct Made {
  static Private* make() { return new Private; }
};

// As large as a node of the list is.
struct First : Made<First> {
  std::list<std::shared_ptr<Back<First>>> held;
  int more = 1;
  void add(const std::shared_ptr<Back<First>>& back) { held.push_back(back); }
};
struct Listed : Made<Listed> {
  int less = 1;
  std::list<std::shared_ptr<Back<Listed>>> held;
  void add(const std::shared_ptr<Back<Listed>>& back) { held.push_back(back); }
};
struct Mapped : Made<Mapped> {
  std::map<int, std::shared_ptr<Back<Mapped>>> held;
  void add(const std::shared_ptr<Back<Mapped>>& back) { held[1] = back; }
};
// Of one bucket, which lies in the container.
struct Hashed : Made<Hashed> {
  std::unordered_map<int, std::shared_ptr<Back<Hashed>>> held;
  void add(const std::shared_ptr<Back<Hashed>>& back) { held[1] = back; }
};

// With a pointer into the list's node.
struct Remembered : Made<Remembered> {
  std::shared_ptr<Back<Remembered>>* newest = nullptr;
  std::list<std::shared_ptr<Back<Remembered>>> held;
  long more = 1;
  void add(const std::shared_ptr<Back<Remembered>>& back) { newest = &held.emplace_back(back); }
};

// More than its type says, and a list at the start.
struct Larger {
  std::list<std::shared_ptr<Back<Larger>>> held;
  void add(const std::shared_ptr<Back<Larger>>& back) { held.push_back(back); }
  static Larger* make();
};
struct Largest : Larger {
  long more[3] = {};
};
Larger* Larger::make() { return new Largest; }

int main() {
  leak<Larger>();
  leak<First>();
  leak<Listed>();
  leak<Mapped>();
  leak<Hashed>();
  leak<Remembered>();
}
