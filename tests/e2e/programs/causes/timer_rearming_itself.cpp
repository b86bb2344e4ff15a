// timer_rearming_itself.cpp - a probe owns a timer, whose handler arms the timer again and owns the probe. The
// timer is made first; the loop only points at timers that wait.
// gordian: exit 23
// gordian: prints 3 probes of db, 3 of web
// gordian: cycle proved objects=2 instances=2 of=Timer,Probe members=Timer::handler_,Probe::timer_ cut=Timer::handler_
// gordian: path Timer::handler_ -> captured self
// gordian: says cut Timer::handler_: capture weak_from_this() (or a std::weak_ptr) instead
#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class Timer;

class EventLoop {
 public:
  void add(Timer* timer) { waiting_.push_back(timer); }
  void remove(Timer* timer) {
    waiting_.erase(std::remove(waiting_.begin(), waiting_.end(), timer), waiting_.end());
  }
  void run_for(int rounds);

 private:
  std::vector<Timer*> waiting_;
};

class Timer {
 public:
  explicit Timer(EventLoop& loop) : loop_(loop) {}
  ~Timer() { loop_.remove(this); }
  void async_wait(std::function<void()> handler) {
    handler_ = std::move(handler);
    loop_.add(this);
  }
  void expire() {
    const auto handler = std::move(handler_);
    handler_ = nullptr;
    handler();
  }

 private:
  EventLoop& loop_;
  std::function<void()> handler_;
};

void EventLoop::run_for(int rounds) {
  for (; rounds > 0; --rounds) {
    std::vector<Timer*> due;
    due.swap(waiting_);
    for (Timer* timer : due) timer->expire();
  }
}

class Probe : public std::enable_shared_from_this<Probe> {
 public:
  Probe(std::shared_ptr<Timer> timer, std::string host) : timer_(std::move(timer)), host_(std::move(host)) {}
  void schedule() {
#ifdef FIXED
    timer_->async_wait([weak = weak_from_this()] {
      const auto self = weak.lock();
      if (!self) return;
#else
    timer_->async_wait([self = shared_from_this()] {
#endif
      self->send();
      self->schedule();
    });
  }
  int sent() const { return sent_; }

 private:
  void send() { ++sent_; }

  std::shared_ptr<Timer> timer_;
  std::string host_;
  int sent_ = 0;
};

int main() {
  EventLoop loop;
  auto first = std::make_shared<Timer>(loop), second = std::make_shared<Timer>(loop);
  auto db = std::make_shared<Probe>(first, "db");
  auto web = std::make_shared<Probe>(second, "web");
  db->schedule();
  web->schedule();
  loop.run_for(3);
  std::printf("%d probes of db, %d of web\n", db->sent(), web->sent());
}
