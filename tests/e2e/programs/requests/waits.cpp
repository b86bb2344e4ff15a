// waits.cpp - threads that wait, each in another call, while signals come: each ends as it would without them.
//
// waits PREFIX. Somebody else sends the signals, for all threads wait; and then ends what is waited for.
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "requests.h"

int ends[2];  // of a pipe
sem_t semaphore;
std::condition_variable came;
std::mutex mutex;

int with_errno(long result) { return result < 0 ? -errno : static_cast<int>(result); }

int wait_in(int call) {
  char byte;
  pollfd one = {ends[0], POLLIN, 0};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[0], &set);
  epoll_event event = {EPOLLIN, {}};
  const timespec some = {0, 400000000};
  switch (call) {
    case 0: return with_errno(read(ends[0], &byte, 1));
    case 1: return with_errno(poll(&one, 1, 60000));
    case 2: return with_errno(select(ends[0] + 1, &set, nullptr, nullptr, nullptr));
    case 3: {
      const int epoll = epoll_create1(0);
      epoll_ctl(epoll, EPOLL_CTL_ADD, ends[0], &event);
      return with_errno(epoll_wait(epoll, &event, 1, -1));
    }
    case 4: return with_errno(nanosleep(&some, nullptr));
    case 5: return with_errno(clock_nanosleep(CLOCK_MONOTONIC, 0, &some, nullptr));
    case 6: return with_errno(sem_wait(&semaphore));
    default: {
      std::unique_lock<std::mutex> lock(mutex);
      return came.wait_for(lock, std::chrono::milliseconds(400)) == std::cv_status::timeout ? 0 : 1;
    }
  }
}

int main(int, char** argv) {
  constexpr int kCalls = 8;
  std::vector<int> results(kCalls, -1000);
  if (pipe(ends) != 0 || sem_init(&semaphore, 0, 0) != 0) return 2;
  const std::string prefix = argv[1];
  const pid_t helper = in_child([&](pid_t parent) {
    for (int i = 1; i <= 3; ++i) {
      pause_ms(30);
      kill(parent, SIGUSR1);
      wait_for_report(prefix, i);
    }
    if (write(ends[1], "12345678", 8) != 8) _exit(2);
  });
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::thread> threads;
  for (int i = 1; i < kCalls; ++i) threads.emplace_back([&results, i] { results[i] = wait_in(i); });
  results[0] = wait_in(0);  // the kernel prefers this thread
  sem_post(&semaphore);
  for (auto& thread : threads) thread.join();
  waitpid(helper, nullptr, 0);
  const auto took = std::chrono::steady_clock::now() - start;
  for (const int result : results) std::printf("%d ", result);
  std::printf("%s\n", took > std::chrono::milliseconds(400) ? "slept" : "cut short");
}
