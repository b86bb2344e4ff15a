// lost_observed_in_holders.cpp - an owner is lost; what it holds in a std::any, a std::function, a vector of its own and a deque
// observes it by raw pointers: no cycles.
// gordian: orphan proved instances=1 of=Queue::Holder
// gordian: orphan proved instances=1 of=Function::Holder
// gordian: orphan proved instances=1 of=Vector::Holder
// gordian: orphan proved instances=1 of=Any::Holder
#include <any>
#include <cstdlib>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <new>
#include <utility>

template <class Observer>
struct Node {
  std::shared_ptr<Observer> observer;
  long number = 1;
};

struct Any {
  Node<Any>* seen = nullptr;
  struct Part {
    std::any node;
  };
  struct Holder {
    Part* part = new Part;
  };
  void fill(Holder& holder, std::shared_ptr<Any> self) {
    holder.part->node = Node<Any>{std::move(self), 1};
    seen = std::any_cast<Node<Any>>(&holder.part->node);
  }
};
struct Function {
  struct Call {
    std::shared_ptr<Function> observer;
    long number = 1;
    void operator()() const {}
  };
  Call* seen = nullptr;
  struct Part {
    std::function<void()> call;
  };
  struct Holder {
    Part* part = new Part;
  };
  void fill(Holder& holder, std::shared_ptr<Function> self) {
    holder.part->call = Call{std::move(self), 1};
    seen = holder.part->call.target<Call>();
  }
};
struct Vector {
  using Handle = std::unique_ptr<Node<Vector>>;
  Node<Vector>* seen = nullptr;
  struct Holder {
    Handle* all = nullptr;
  };
  void fill(Holder& holder, std::shared_ptr<Vector> self) {
    holder.all = static_cast<Handle*>(std::malloc(3 * sizeof(Handle)));
    for (int i = 0; i < 3; ++i) new (holder.all + i) Handle;
    holder.all[1].reset(new Node<Vector>{std::move(self), 1});
    seen = holder.all[1].get();
  }
};
struct Queue {
  struct Entry {
    std::list<int> numbers;
    std::shared_ptr<Queue> observer;
  };
  Entry* seen = nullptr;
  struct Holder {
    std::deque<Entry> all;
  };
  void fill(Holder& holder, std::shared_ptr<Queue> self) {
    holder.all.push_back({{1, 2}, std::move(self)});
    seen = &holder.all.back();
  }
};

// The observer is made first, and so looked at first.
template <class Observer>
void lose() {
  auto observer = std::make_shared<Observer>();
  auto* const lost = new std::shared_ptr<typename Observer::Holder>(std::make_shared<typename Observer::Holder>());
  Observer* const raw = observer.get();
  raw->fill(**lost, std::move(observer));
  asm volatile("" : : "r"(lost) : "memory");  // used
}

int main() {
  lose<Any>();
  lose<Function>();
  lose<Vector>();
  lose<Queue>();
}
