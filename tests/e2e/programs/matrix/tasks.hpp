// tasks.hpp - tasks, futures and exceptions that hold a handle, and containers in what may be empty.
//
// REF is std::shared_ptr, or std::weak_ptr for the silent twin.
#pragma once

#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

struct Packaged {
  std::packaged_task<int(int)> task;
  void put(const std::shared_ptr<Packaged>& self) {
    task = std::packaged_task<int(int)>([target = REF<Packaged>(self)](int n) { return n; });
  }
  void clear() { task = {}; }
};
struct Deferred {
  std::future<int> later;
  void put(const std::shared_ptr<Deferred>& self) {
    later = std::async(std::launch::deferred, [target = REF<Deferred>(self)] { return 1; });
  }
  void clear() { later = {}; }
};
struct Exception {
  struct Broken {
    int code;
    REF<Exception> where;
  };
  std::exception_ptr error;
  void put(const std::shared_ptr<Exception>& self) {
    try {
      throw Broken{1, self};
    } catch (...) {
      error = std::current_exception();
    }
  }
  void clear() { error = nullptr; }
};
struct OptionalVector {
  std::optional<std::vector<REF<OptionalVector>>> kids;
  void put(const std::shared_ptr<OptionalVector>& self) {
    kids = {REF<OptionalVector>(), self, self};
    kids->pop_back();
  }
  void clear() { kids.reset(); }
};
struct VariantVector {
  std::variant<int, std::vector<REF<VariantVector>>> kids;
  void put(const std::shared_ptr<VariantVector>& self) {
    auto& vector = kids.emplace<1>();
    vector = {REF<VariantVector>(), self, self};
    vector.pop_back();
  }
  void clear() { kids = 0; }
};

// Calls `visit(std::shared_ptr<T>)` with a new object of each class that has put itself into itself.
template <class Visit>
void each_holder(Visit visit) {
  const auto make = [&](auto object) {
    object->put(object);
    visit(object);
  };
  make(std::make_shared<Packaged>());
  make(std::make_shared<Deferred>());
  make(std::make_shared<Exception>());
  make(std::make_shared<OptionalVector>());
  make(std::make_shared<VariantVector>());
}
