// ring_async.cpp - a loader keeps the future of what it does in a thread of its own, and that has the loader, also when it is done.
// gordian: exit 23
// gordian: prints loaded 5
// gordian: cycle proved instances=1
// gordian: says capture weak_from_this() (or a std::weak_ptr) instead of self
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <future>
#include <memory>
#include <string>

struct Loader : std::enable_shared_from_this<Loader> {
  std::string name = "atlas";
  std::shared_future<int> result;

  int load() const { return static_cast<int>(name.size()); }
  void start() {
#ifdef FIXED
    result = std::async(std::launch::async, [weak = weak_from_this()] {
      const auto self = weak.lock();
      return self ? self->load() : 0;
    });
#else
    result = std::async(std::launch::async, [self = shared_from_this()] { return self->load(); });
#endif
  }
};

// libc++ lets go of its thread, and what a running thread has on its stack is owned.
void wait_for_threads() {
#ifdef _LIBCPP_VERSION
  struct stat tasks = {};
  while (stat("/proc/self/task", &tasks) == 0 && tasks.st_nlink > 2 + 1) usleep(1000);
#endif
}

int main() {
  auto loader = std::make_shared<Loader>();
  loader->start();
  std::printf("loaded %d\n", loader->result.get());
  wait_for_threads();
}
