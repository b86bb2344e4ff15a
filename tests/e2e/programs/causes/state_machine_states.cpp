// state_machine_states.cpp - a door owns its states, and each state the door. The first state is made before the door,
// which is given it; transitions only see what they lead to.
// gordian: exit 23
// gordian: prints open, opened 2 times
// gordian: prints closed, opened 0 times
// gordian: cycle proved objects=3 instances=1 retained=1 of=Door,Closed,Open members=Door::states_,Door::current_,DoorState::machine_ cut=DoorState::machine_
// gordian: cycle proved objects=3 instances=1 retained=1 of=Door,Closed,Open members=Door::states_,Door::current_,DoorState::machine_ cut=DoorState::machine_
// gordian: says cut DoorState::machine_: make it std::weak_ptr<Door>.
#include <cstdio>
#include <map>
#include <memory>
#include <string>

class Door;

class DoorState {
 public:
  virtual ~DoorState() = default;
  virtual const char* name() const = 0;
  virtual void enter(Door&) {}
  void enters(const std::string& event, const std::shared_ptr<DoorState>& to) { transitions_[event] = to; }
  void belongs_to(const std::shared_ptr<Door>& machine) { machine_ = machine; }
  void handle(const std::string& event);

 private:
#ifdef FIXED
  std::shared_ptr<Door> machine() const { return machine_.lock(); }
  std::weak_ptr<Door> machine_;
#else
  std::shared_ptr<Door> machine() const { return machine_; }
  std::shared_ptr<Door> machine_;
#endif
  std::map<std::string, std::weak_ptr<DoorState>> transitions_;
};

struct Log {
  int entries = 0;
};

class Door : public std::enable_shared_from_this<Door> {
 public:
  explicit Door(std::shared_ptr<DoorState> initial)
      : current_(std::move(initial)), log_(std::make_shared<Log>()) {}
  void add(const std::shared_ptr<DoorState>& state) {
    state->belongs_to(shared_from_this());
    states_[state->name()] = state;
  }
  void change(const std::shared_ptr<DoorState>& state) {
    current_ = state;
    ++log_->entries;
    current_->enter(*this);
  }
  void event(const std::string& name) { current_->handle(name); }
  void count() { ++opened_; }
  void print() const { std::printf("%s, opened %d times\n", current_->name(), opened_); }

 private:
  std::map<std::string, std::shared_ptr<DoorState>> states_;
  std::shared_ptr<DoorState> current_;
  std::shared_ptr<Log> log_;
  int opened_ = 0;
};

void DoorState::handle(const std::string& event) {
  if (const auto to = transitions_[event].lock()) machine()->change(to);
}

class Closed : public DoorState {
 public:
  const char* name() const override { return "closed"; }
};

class Open : public DoorState {
 public:
  const char* name() const override { return "open"; }
  void enter(Door& door) override { door.count(); }
};

std::shared_ptr<Door> make_door() {
  const auto closed = std::make_shared<Closed>();
  const auto open = std::make_shared<Open>();
  closed->enters("open", open);
  open->enters("close", closed);
  auto door = std::make_shared<Door>(closed);
  door->add(closed);
  door->add(open);
  return door;
}

int main() {
  const auto front = make_door(), back = make_door();
  for (const char* event : {"open", "close", "close", "open"}) front->event(event);
  front->print();
  back->print();
}
