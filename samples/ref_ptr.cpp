// ref_ptr.cpp - a project's own smart pointer, told to gordian by two members; a connection owns its session.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: cycle proved objects=2 of=Session,Connection members=Session::connection,Connection::session
#include <gordian/intrusive.hpp>

#include <atomic>

class Counted {
 public:
  void ref() { ++refs_; }
  void unref() {
    if (--refs_ == 0) delete this;
  }

 protected:
  virtual ~Counted() = default;

 private:
  gordian::counted<std::atomic<int>> refs_{0};  // in place of std::atomic<int>
};

template <class T>
class RefPtr {
 public:
  RefPtr() = default;
  explicit RefPtr(T* object) : object_(object) {
    if (object != nullptr) object->ref();
  }
  RefPtr(const RefPtr& other) : RefPtr(other.get()) {}
  RefPtr(RefPtr&& other) noexcept = default;
  RefPtr& operator=(RefPtr other) noexcept {
    swap(object_, other.object_);
    return *this;
  }
  ~RefPtr() {
    if (object_ != nullptr) object_->unref();
  }
  T* get() const { return object_; }
  T* operator->() const { return object_; }

 private:
  gordian::handle<T> object_;  // in place of T*
};

struct Connection;
struct Session : Counted {
  RefPtr<Connection> connection;
};
struct Connection : Counted {
  RefPtr<Session> session;
};

int main() {
  const RefPtr<Session> session(new Session);
  session->connection = RefPtr<Connection>(new Connection);
  session->connection->session = session;
}
