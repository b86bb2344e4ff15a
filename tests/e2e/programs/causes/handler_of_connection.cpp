// handler_of_connection.cpp - a session owns its connection, which stores a handler that was bound to the session.
// gordian: exit 23
// gordian: prints 2 sessions, 3 lines
// gordian: cycle proved objects=2 instances=2 retained=1 of=Connection,Session cut=Connection::on_line_
// gordian: path Connection::on_line_ -> bound argument 1
// gordian: says cut Connection::on_line_:
// gordian: says std::weak_ptr<Session>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class Connection {
 public:
  using LineHandler = std::function<void(const std::string&)>;
  explicit Connection(int fd) : fd_(fd) {}
  void on_line(LineHandler handler) { on_line_ = std::move(handler); }
  void receive(const std::string& line) {
    if (on_line_) on_line_(line);
  }
  void send(const std::string& text) { sent_ += text; }
  int fd() const { return fd_; }

 private:
  int fd_;
  std::string sent_;
  LineHandler on_line_;
};

struct Account {
  std::string user;
};

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<Connection> connection, int* lines)
      : connection_(std::move(connection)), account_(std::make_shared<Account>()), lines_(lines) {}
  void start() {
#ifdef FIXED
    connection_->on_line([weak = weak_from_this()](const std::string& line) {
      if (const auto session = weak.lock()) session->handle(line);
    });
#else
    connection_->on_line(std::bind(&Session::handle, shared_from_this(), std::placeholders::_1));
#endif
  }

 private:
  void handle(const std::string& line) {
    ++*lines_;
    if (account_->user.empty()) account_->user = line;
    connection_->send("ok " + account_->user + "\n");
  }

  std::shared_ptr<Connection> connection_;
  std::shared_ptr<Account> account_;
  int* lines_;
};

class Server {
 public:
  void accept(int fd) {
    auto connection = std::make_shared<Connection>(fd);
    auto session = std::make_shared<Session>(connection, &lines_);
    session->start();
    sessions_.push_back(session);
    connections_.push_back(connection);
  }
  void line(int fd, const std::string& text) {
    for (const auto& weak : connections_) {
      const auto connection = weak.lock();
      if (connection && connection->fd() == fd) connection->receive(text);
    }
  }
  void print() const { std::printf("%zu sessions, %d lines\n", sessions_.size(), lines_); }

 private:
  std::vector<std::shared_ptr<Session>> sessions_;
  std::vector<std::weak_ptr<Connection>> connections_;
  int lines_ = 0;
};

int main() {
  Server server;
  server.accept(3);
  server.accept(4);
  server.line(3, "ann");
  server.line(3, "list");
  server.line(4, "bob");
  server.print();
}
