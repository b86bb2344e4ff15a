// own.hpp - a project's own smart pointers: own::Ref with a count in a base class, and Plain, whose
// objects have a member `n`.
#pragma once

namespace own {

class Counted {
 public:
  void ref() { ++references_; }
  bool unref() { return --references_ == 0; }

 private:
  unsigned references_ = 0;
};

// Named first through the alias by a class template, such a base has no name in g++'s debug info.
template <class T>
class CountedBy {
 public:
  CountedBy() {}
  void ref() { ++references_; }
  bool unref() { return --references_ == 0; }

 private:
  int references_ = 0;
};
template <class>
using CountedAlias = CountedBy<int>;
template <class T>
struct Unused : CountedAlias<T> {};

template <class T>
class RefBase {
 protected:
  T* object_ = nullptr;
};

template <class T>
class Ref : RefBase<T> {
 public:
  Ref() = default;
  explicit Ref(T* object) { take(object); }
  Ref(const Ref& other) : RefBase<T>() { take(other.object_); }
  Ref& operator=(const Ref& other) {
    T* const before = this->object_;
    take(other.object_);
    drop(before);
    return *this;
  }
  ~Ref() { drop(this->object_); }
  T* operator->() const { return this->object_; }
  T* get() const { return this->object_; }

 private:
  void take(T* object) {
    this->object_ = object;
    if (object != nullptr) object->ref();
  }
  static void drop(T* object) {
    if (object != nullptr && object->unref()) delete object;
  }
};

}  // namespace own

template <class T>
struct Plain {
  T* p = nullptr;
  Plain() = default;
  explicit Plain(T* object) : p(object) { ++p->n; }
  Plain(const Plain&) = delete;
  Plain& operator=(const Plain& other) {
    if (other.p != nullptr) ++other.p->n;
    if (p != nullptr && --p->n == 0) delete p;
    p = other.p;
    return *this;
  }
  ~Plain() {
    if (p != nullptr && --p->n == 0) delete p;
  }
};
