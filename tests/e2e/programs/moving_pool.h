// moving_pool.h - what two programs here share: a worker that blocks all signals, as workers do, and moves tasks between two queues.
#pragma once

#include <csignal>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

struct Session {
  std::shared_ptr<Session> peer;
};
struct Task {
  std::shared_ptr<Session> session;
};
struct Pool {
  std::mutex mutex;
  std::deque<std::unique_ptr<Task>> waiting, done;
};

inline std::shared_ptr<Session> make_pair_of_sessions() {
  auto session = std::make_shared<Session>();
  session->peer = std::make_shared<Session>();
  session->peer->peer = session;
  return session;
}

inline void work_forever(Pool& pool, std::promise<void>& ready) {
  for (unsigned rounds = 0;; ++rounds) {
    const std::lock_guard lock(pool.mutex);
    if (pool.waiting.empty()) pool.waiting.swap(pool.done);
    auto task = std::move(pool.waiting.front());
    pool.waiting.pop_front();
    pool.done.push_back(std::move(task));
    if (rounds == 1000) ready.set_value();
  }
}

inline void start_worker() {
  static Pool& pool = *new Pool;  // not taken apart while the worker runs
  static std::promise<void> ready;
  for (int i = 0; i < 200; ++i) pool.waiting.push_back(std::make_unique<Task>(Task{make_pair_of_sessions()}));
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread([] { work_forever(pool, ready); }).detach();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ready.get_future().wait();
}
