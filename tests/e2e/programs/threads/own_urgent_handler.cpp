// own_urgent_handler.cpp - the program has a handler for the signal that gordian pauses threads by: it gets each of its own and no
// other, and masks and errno are as ever.
// gordian: exit 23
// gordian: cycle proved objects=2 instances=1 of=Lost members=Lost::other
#include <gordian/gordian.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "rings.h"

std::atomic<int> g_taken{0};
std::atomic<bool> g_done{false};

void on_urgent(int, siginfo_t* info, void*) {
  demand(info->si_code == SI_QUEUE && info->si_value.sival_int == 11, "it is one that the program sent");
  ++g_taken;
}

void* send_urgent(void*) {
  int sent = 0;
  Keeper* const keeper = make_keeper();
  while (!g_done) {
    sigval value = {};
    value.sival_int = 11;
    const int before = g_taken;
    demand(sigqueue(getpid(), SIGURG, value) == 0, "it can be sent");
    ++sent;
    while (g_taken == before) sched_yield();  // taken by whichever thread
  }
  demand(g_taken == sent, "each was taken");
  let_go(keeper);
  return nullptr;
}

void* stay_as_it_is(void*) {
  sigset_t mask;
  sigset_t now;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR2);
  pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  while (!g_done) {
    errno = 77;
    for (volatile int i = 0; i < 1000; i = i + 1) {}
    demand(errno == 77, "errno stays");
    pthread_sigmask(SIG_SETMASK, nullptr, &now);
    demand(sigismember(&now, SIGUSR2) == 1 && sigismember(&now, SIGURG) == 0, "the mask stays");
  }
  return nullptr;
}

int main() {
  struct sigaction action = {};
  action.sa_sigaction = on_urgent;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGURG, &action, nullptr);
  pthread_t threads[3];
  for (int i = 0; i < 3; ++i) pthread_create(&threads[i], nullptr, i == 0 ? send_urgent : stay_as_it_is, nullptr);
  for (int i = 0; i < 15; ++i) demand(gordian_check() == 0, "the ring is owned");
  struct sigaction now = {};
  sigaction(SIGURG, nullptr, &now);
  demand(now.sa_sigaction == on_urgent, "the handler is the program's");
  g_done = true;
  for (const pthread_t thread : threads) pthread_join(thread, nullptr);
  lose_ring();
}
