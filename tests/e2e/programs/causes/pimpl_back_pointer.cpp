// pimpl_back_pointer.cpp - a socket owns its private part by a raw pointer, as old code does, and that owns the socket.
// gordian: exit 23
// gordian: prints 3 bytes, 5 bytes
// gordian: cycle proved objects=1 instances=2 retained=1 of=Socket cut=SocketPrivate::q
// gordian: path Socket::d_ -> SocketPrivate::q
// gordian: says cut SocketPrivate::q: make it a plain Socket* (or std::weak_ptr<Socket>). The object holds itself through it;
#include <cstdio>
#include <memory>
#include <string>

struct SocketPrivate;

struct Address {
  std::string host = "localhost";
};

class Socket : public std::enable_shared_from_this<Socket> {
 public:
  Socket();
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  void open();
  void write(const std::string& bytes);
  std::size_t written() const { return written_; }
  void add(std::size_t bytes) { written_ += bytes; }

 private:
  SocketPrivate* d_;
  std::shared_ptr<Address> address_ = std::make_shared<Address>();
  std::size_t written_ = 0;
};

struct SocketPrivate {
#ifdef FIXED
  Socket* q = nullptr;
  void opened_by(const std::shared_ptr<Socket>& socket) { q = socket.get(); }
#else
  std::shared_ptr<Socket> q;
  void opened_by(const std::shared_ptr<Socket>& socket) { q = socket; }
#endif
  std::string buffer;
  void flush() {
    q->add(buffer.size());
    buffer.clear();
  }
};

Socket::Socket() : d_(new SocketPrivate) {}
Socket::~Socket() {
  delete d_;
}
void Socket::open() {
  d_->opened_by(shared_from_this());
}
void Socket::write(const std::string& bytes) {
  d_->buffer += bytes;
  d_->flush();
}

int main() {
  auto client = std::make_shared<Socket>(), server = std::make_shared<Socket>();
  client->open();
  server->open();
  client->write("get");
  server->write("index");
  std::printf("%zu bytes, %zu bytes\n", client->written(), server->written());
}
