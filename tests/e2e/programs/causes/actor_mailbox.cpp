// actor_mailbox.cpp - two actors are stopped while each has mail from the other, and mail owns its sender.
// gordian: exit 23
// gordian: prints 2 to ping, 1 to pong
// gordian: prints 2 to ping, 1 to pong
// gordian: cycle proved objects=2 instances=2 of=Actor members=Actor::mailbox_
// gordian: says cut Message::sender: make it std::weak_ptr<Actor>.
#include <cstdio>
#include <deque>
#include <memory>
#include <string>
#include <vector>

class Actor;

struct Message {
#ifdef FIXED
  std::weak_ptr<Actor> sender;
#else
  std::shared_ptr<Actor> sender;
#endif
  std::string text;
  std::vector<int> payload;
};

class Actor : public std::enable_shared_from_this<Actor> {
 public:
  explicit Actor(std::string name) : name_(std::move(name)) {}
  void tell(Message message) { mailbox_.push_back(std::move(message)); }
  void send(Actor& to, std::string text) { to.tell({shared_from_this(), std::move(text), {1, 2, 3}}); }
  void receive() {
    if (mailbox_.empty()) return;
    const Message message = std::move(mailbox_.front());
    mailbox_.pop_front();
#ifdef FIXED
    const auto sender = message.sender.lock();
#else
    const auto sender = message.sender;
#endif
    if (sender && message.text == "ping") send(*sender, "pong");
  }
  std::size_t waiting() const { return mailbox_.size(); }

 private:
  std::string name_;
  std::deque<Message> mailbox_;
};

class ActorSystem {
 public:
  std::shared_ptr<Actor> start(std::string name) {
    actors_.push_back(std::make_shared<Actor>(std::move(name)));
    return actors_.back();
  }
  void run_once() {
    for (const auto& actor : actors_) actor->receive();
  }

 private:
  std::vector<std::shared_ptr<Actor>> actors_;
};

void play() {
  ActorSystem system;
  const auto ping = system.start("ping"), pong = system.start("pong");
  ping->send(*pong, "ping");
  ping->send(*pong, "ping");
  system.run_once();
  pong->send(*ping, "late");
  std::printf("%zu to ping, %zu to pong\n", ping->waiting(), pong->waiting());
}

int main() {
  play();
  play();
}
