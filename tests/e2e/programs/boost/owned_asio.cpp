// owned_asio.cpp - the twin: an event loop that is still there when the program ends owns its handlers.
// gordian: silent
#include <boost/asio.hpp>
#include <memory>

struct Client : std::enable_shared_from_this<Client> {
  explicit Client(boost::asio::io_context& loop) : io(loop) {}
  boost::asio::io_context& io;
  int ticks = 0;
  void start() {
    boost::asio::post(io, [self = shared_from_this()] { ++self->ticks; });
  }
};

boost::asio::io_context* volatile loop;  // volatile: else nobody reads it, and the compiler keeps it nowhere

int main() {
  loop = new boost::asio::io_context;
  std::make_shared<Client>(*loop)->start();
}
