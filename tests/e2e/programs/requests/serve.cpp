// serve.cpp - a server that is asked twice while it runs on: serve PREFIX leak|clean|cache|wait
//
// "cache" keeps each session, and owns it.
// "wait" sends itself nothing: it serves once, and then does nothing for the time that check_every is to check in.
#include "requests.h"

#include <vector>

std::vector<std::shared_ptr<Session>> cache;

int main(int, char** argv) {
  const std::string prefix = argv[1];
  const std::string what = argv[2];
  const bool leaks = what != "clean" && what != "cache";
  serve(leaks);
  serve(false);
  if (what == "wait") {
    wait_for_report(prefix, 1);
    wait_for_report(prefix, 2);
    serve(leaks);
    serve(leaks);
    serve(false);
    wait_for_report(prefix, 4);  // whatever was to be said of 3 has been
  } else {
    kill(getpid(), SIGUSR1);
    wait_for_report(prefix, 1);
    for (int i = 0; i < 2; ++i) serve(leaks);
    for (int i = 0; i < 100 && what == "cache"; ++i) cache.push_back(std::make_shared<Session>());
    serve(false);
    kill(getpid(), SIGUSR1);
    wait_for_report(prefix, 2);
  }
  std::puts("served");
}
