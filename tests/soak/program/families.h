// families.h - what each family of nodes is held by, and the nodes' base classes.
#pragma once

#include <gordian/intrusive.hpp>

#include <atomic>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <boost/smart_ptr/make_shared.hpp>
#include <boost/smart_ptr/shared_ptr.hpp>
#include <boost/smart_ptr/weak_ptr.hpp>
#include <cstddef>
#include <memory>

namespace soak {

inline constexpr int kMostNodes = 64;

// Which nodes of the graph at hand have not been destroyed.
extern std::atomic<bool> alive[kMostNodes + 1];

// The part of a node that handles to any class can point at. Not polymorphic: what a node is, its control block says.
struct Solid {
  int number = 0;  // in the graph
  ~Solid() { alive[number] = false; }
};
using Handle = std::shared_ptr<Solid>;
using BoostHandle = boost::shared_ptr<Solid>;

struct Shape {
  virtual ~Shape() = default;
};

struct Intrusive : boost::intrusive_ref_counter<Intrusive>, Solid {
  virtual ~Intrusive() = default;
};
using IntrusiveHandle = boost::intrusive_ptr<Intrusive>;

// A count and a handle as a project has its own, both telling gordian of themselves.
struct Announced : Solid {
  virtual ~Announced() = default;
  gordian::counted<std::atomic<int>> count{0};
};

class AnnouncedRef {
 public:
  AnnouncedRef() = default;
  explicit AnnouncedRef(Announced* object) : object_(object) {
    if (object != nullptr) ++object->count;
  }
  AnnouncedRef(const AnnouncedRef& other) : AnnouncedRef(other.get()) {}
  AnnouncedRef(AnnouncedRef&& other) noexcept = default;
  AnnouncedRef& operator=(AnnouncedRef other) noexcept {
    swap(object_, other.object_);
    return *this;
  }
  ~AnnouncedRef() {
    if (object_ != nullptr && --object_->count == 0) delete object_;
  }
  Announced* get() const { return object_; }

 private:
  gordian::handle<Announced> object_;
};

// Likewise, known from a families file alone.
struct NamedCount {
  std::atomic<int> count_{0};
};
struct Named : NamedCount, Solid {
  virtual ~Named() = default;
};
class NamedRef {
 public:
  NamedRef() = default;
  explicit NamedRef(Named* object) : object_(object) {
    if (object != nullptr) ++object->count_;
  }
  NamedRef(const NamedRef& other) : NamedRef(other.object_) {}
  NamedRef(NamedRef&& other) noexcept : object_(other.object_) { other.object_ = nullptr; }
  NamedRef& operator=(NamedRef other) noexcept {
    Named* const mine = object_;
    object_ = other.object_;
    other.object_ = mine;
    return *this;
  }
  ~NamedRef() {
    if (object_ != nullptr && --object_->count_ == 0) delete object_;
  }
  Named* get() const { return object_; }

 private:
  Named* object_ = nullptr;
};

// A node that has been made, by the handle of its family.
struct Made {
  void* object = nullptr;  // the whole node
  Handle standard;
  BoostHandle boosted;
  IntrusiveHandle intrusive;
  AnnouncedRef announced;
  NamedRef named;
};

}  // namespace soak
