// graphs.cpp - builds the graphs that a file describes and has each of them checked.
//
//   graphs FILE       one after the other: each is built, checked by gordian_check(), let go of and taken apart
//   graphs FILE exit  the file's one graph is built, and the check at exit is its check
//
// FILE is numbers between words (description() in graph.cpp): "node CLASS THREAD", "edge NODE KIND NODE CUT",
// "root ROOT NODE" and "check". Standard output has for each graph where its nodes lie ("node N ADDRESS"), which of them
// live when it is checked ("alive ..."), and which do when all owners have let go ("left ..."): what C++ itself says has
// leaked.
#include <fcntl.h>
#include <gordian/gordian.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include "classes.h"
#include "roots.h"

std::atomic<bool> soak::alive[soak::kMostNodes + 1];

namespace soak {
namespace {

// The description lies in memory that no check looks at.
const char* at = nullptr;

struct NodeRow {
  int of_class, thread;
};
struct EdgeRow {
  int from, kind, to, cut;
};
struct RootRow {
  int root, node;
};
NodeRow nodes[kMostNodes];
EdgeRow edges[512];
RootRow roots[128];
int node_count, edge_count, root_count;
std::uintptr_t hidden_nodes[kMostNodes];  // their addresses, each bit the other way

[[noreturn]] void fail(const char* why) {
  dprintf(2, "graphs: %s\n", why);
  _exit(99);
}

int number() {
  char* end = nullptr;
  const long value = strtol(at, &end, 10);
  if (end == at) fail("a number is missing");
  at = end;
  return static_cast<int>(value);
}

bool word(const char* expected) {
  while (*at == ' ' || *at == '\n') ++at;
  const std::size_t length = strlen(expected);
  if (strncmp(at, expected, length) != 0) return false;
  at += length;
  return true;
}

// The next graph; false behind the last.
bool read_graph() {
  node_count = edge_count = root_count = 0;
  for (;;) {
    if (word("node")) {
      nodes[node_count++] = {number(), number()};
    } else if (word("edge")) {
      edges[edge_count++] = {number(), number(), number(), number()};
    } else if (word("root")) {
      roots[root_count++] = {number(), number()};
    } else {
      if (!word("check") && *at != 0) fail("what is that");
      return node_count != 0;
    }
  }
}

// What is printed is put together without the heap, as nothing of it may lie in a block.
char line[1 << 14];
std::size_t line_length;
__attribute__((format(printf, 1, 2))) void say(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  line_length += static_cast<std::size_t>(vsnprintf(line + line_length, sizeof line - line_length, format, arguments));
  va_end(arguments);
}
void say_living(const char* which) {
  say("%s", which);
  for (int i = 0; i < node_count; ++i) {
    if (alive[i]) say(" %d", i);
  }
  say("\n");
}
void write_line() {
  if (write(1, line, line_length) != static_cast<ssize_t>(line_length)) fail("cannot write");
  memset(line, 0, line_length);
  line_length = 0;
}

// Every node is made by its thread, all references by the last one; then nobody but the graph and its roots holds any.
void make_nodes(int thread, std::vector<Made>& all) {
  scrub();
  for (int i = 0; i < node_count; ++i) {
    if (nodes[i].thread != thread) continue;
    alive[i] = true;
    all[static_cast<std::size_t>(i)] = kClasses[nodes[i].of_class].make(i);
    hidden_nodes[i] = ~reinterpret_cast<std::uintptr_t>(all[static_cast<std::size_t>(i)].object);
  }
}
void refer(const std::vector<Made>& all) {
  for (int i = 0; i < edge_count; ++i) {
    const EdgeRow& edge = edges[i];
    const Operations& of_class = kClasses[nodes[edge.from].of_class];
    const Made& from = all[static_cast<std::size_t>(edge.from)];
    const Made& to = all[static_cast<std::size_t>(edge.to)];
    if (edge.cut == 0) {
      of_class.put(from.object, edge.kind, to);
    } else if (to.standard) {
      of_class.weaken(from.object, to);
    }
  }
  for (int i = 0; i < root_count; ++i) {
    hold(static_cast<Root>(roots[i].root), all[static_cast<std::size_t>(roots[i].node)]);
  }
}
void build() {
  auto all = std::make_unique<std::vector<Made>>(static_cast<std::size_t>(node_count));
  for (const int thread : {0, 1}) std::thread([&] { make_nodes(thread, *all); }).join();
  std::thread([&] {
    scrub();
    refer(*all);
  }).join();
}

void say_nodes() {
  for (int i = 0; i < node_count; ++i) say("node %d 0x%" PRIxPTR "\n", i, ~hidden_nodes[i]);
  say_living("alive");
}

__attribute__((noinline)) void build_and_say(FrameHandles& frame) {
  build();
  begin_holding(frame);
  say_nodes();
  write_line();
}

__attribute__((noinline)) void take_apart() {
  release_owners();
  say_living("left");
  release_lost();
  for (int i = 0; i < node_count; ++i) {
    if (alive[i]) kClasses[nodes[i].of_class].clear(reinterpret_cast<void*>(~hidden_nodes[i]));
  }
  for (int i = 0; i < node_count; ++i) {
    if (alive[i]) fail("a node outlived its graph");
  }
  write_line();
}

__attribute__((noinline)) void check_graph(bool at_exit) {
  FrameHandles frame;
  build_and_say(frame);
  asm volatile("" : : "r"(&frame) : "memory");
  scrub();
  if (at_exit) exit(0);
  if (gordian_check() < 0) fail("gordian could not tell");
  asm volatile("" : : "r"(&frame) : "memory");
}

void read_description(const char* path) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (file < 0 || fstat(file, &status) != 0 || status.st_size == 0) fail("cannot read the description");
  // One byte more, a zero, ends the text also where it fills its last page.
  const auto length = static_cast<std::size_t>(status.st_size);
  void* const text = mmap(nullptr, length + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (text == MAP_FAILED || read(file, text, length) != status.st_size) fail("cannot read the description");
  at = static_cast<const char*>(text);
  close(file);
}

}  // namespace
}  // namespace soak

int main(int count, char** arguments) {
  using namespace soak;
  if (count < 2) fail("usage: graphs FILE [exit]");
  read_description(arguments[1]);
  unsetenv("GLIBC_TUNABLES");  // libc has read it: the tool's memory need not be overwritten, too
  while (read_graph()) {
    check_graph(count > 2);
    take_apart();
    scrub();  // memory comes again: an address that is left where the frame of the next check lies would own
  }
  _exit(0);
}
