// ring_asio.cpp - objects that own their event loop, whose waiting handlers own the object.
// gordian: exit 23
// gordian: proved 2
// gordian: path Timed::timer -> captured self
// gordian: path Posted::io -> captured self
#include <boost/asio.hpp>
#include <memory>

struct Timed : std::enable_shared_from_this<Timed> {
  boost::asio::io_context io;
  boost::asio::steady_timer timer{io};
  int ticks = 0;
  void start() {
    timer.expires_after(std::chrono::hours(1));
    timer.async_wait([self = shared_from_this()](boost::system::error_code) { ++self->ticks; });
  }
};

struct Posted : std::enable_shared_from_this<Posted> {
  boost::asio::io_context io;
  int ticks = 0;
  void start() {
    boost::asio::post(io, [self = shared_from_this()] { ++self->ticks; });
  }
};

int main() {
  std::make_shared<Timed>()->start();
  std::make_shared<Posted>()->start();
}
