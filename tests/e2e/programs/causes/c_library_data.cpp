// c_library_data.cpp - a library in C keeps a void* for its callback. The session that uses it puts a shared_ptr to itself there, so
// as not to be gone when it is called, and takes it back in its destructor.
// gordian: exit 23
// gordian: prints session 7 was called
// gordian: cycle likely objects=1 instances=1 of=Session members=Session::source_
// gordian: says Session::source_ -> source::data -> +0x0
// gordian: says cut source::data: let what it leads to hold std::weak_ptr<Session> instead
#include <cstdio>
#include <cstdlib>
#include <memory>

// The library's.
struct source {
  int descriptor;
  void (*call)(void* data);
  void* data;
};
source* source_new(int descriptor) {
  auto* made = static_cast<source*>(std::calloc(1, sizeof(source)));
  made->descriptor = descriptor;
  return made;
}
void source_set_callback(source* s, void (*call)(void*), void* data) {
  s->call = call;
  s->data = data;
}
void source_dispatch(source* s) { s->call(s->data); }
void source_free(source* s) { std::free(s); }

class Session : public std::enable_shared_from_this<Session> {
 public:
#ifdef FIXED
  using Kept = std::weak_ptr<Session>;
  static std::shared_ptr<Session> locked(const Kept& kept) { return kept.lock(); }
#else
  using Kept = std::shared_ptr<Session>;
  static std::shared_ptr<Session> locked(const Kept& kept) { return kept; }
#endif

  explicit Session(int descriptor) : source_(source_new(descriptor)) {}
  ~Session() {
    delete static_cast<Kept*>(source_->data);
    source_free(source_);
  }
  void start() { source_set_callback(source_, on_event, new Kept(shared_from_this())); }
  void dispatch() { source_dispatch(source_); }

 private:
  static void on_event(void* data) {
    if (const auto session = locked(*static_cast<Kept*>(data))) std::printf("session %d was called\n", session->source_->descriptor);
  }

  source* source_;
};

int main() {
  auto session = std::make_shared<Session>(7);
  session->start();
  session->dispatch();
}
