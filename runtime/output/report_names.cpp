// report_names.cpp - see report_names.h.
#include "output/report_names.h"

#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <new>

#include "base/memory.h"
#include "base/say.h"
#include "scan/roots.h"

namespace gordian::rt {
namespace {

constexpr unsigned kMostTurns = 1000;

constinit unsigned g_turn = 0;     // 1: %p is the id alone, 2: the id and "-2"; 0: nothing is written yet
constinit bool g_adds_id = false;  // to names that have none
constinit pid_t g_first_process = 0;
constinit std::atomic<bool>* g_plain_taken = nullptr;  // shared with children; null where no name is without an id

// Calls visit(path) for all that the process may write.
template <class Visit>
void for_each_path(Visit&& visit) noexcept {
  for (const char* path : {g_options.text, g_options.json, g_options.sarif, g_options.junit, g_options.markdown,
                           g_options.github, g_options.html, g_options.snapshot}) {
    if (path[0] != '\0') visit(path);
  }
}

bool has_id(const char* path) noexcept { return strstr(path, "%p") != nullptr; }
// A device or a descriptor, which all processes write to as it comes.
bool is_shared(const char* path) noexcept {
  return strcmp(path, "-") == 0 || strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0;
}

// Where the id belongs in a name that has none: in front of the ending.
const char* place_of_id(const char* path) noexcept {
  const char* const slash = strrchr(path, '/');
  const char* const name = slash != nullptr ? slash + 1 : path;
  const char* const ending = strrchr(name, '.');
  return ending != nullptr && ending != name ? ending : name + strlen(name);
}

void append_id(Line& line, unsigned turn) noexcept {
  line << static_cast<int>(::getpid());
  if (turn > 1) line << "-" << turn;
}

bool expand(const char* path, std::uint32_t check, unsigned turn, char (&out)[kLongestPath]) noexcept {
  Line line;
  const char* const missing = g_adds_id && !has_id(path) && !is_shared(path) ? place_of_id(path) : nullptr;
  for (const char* at = path;; ++at) {
    if (at == missing) {
      line << "-";
      append_id(line, turn);
    }
    if (*at == '\0') break;
    if (at[0] == '%' && at[1] == 'p') {
      append_id(line, turn);
      ++at;
    } else if (at[0] == '%' && at[1] == 'n') {
      line << check;
      ++at;
    } else {
      line.append(at, 1);
    }
  }
  if (line.size() >= kLongestPath - 2) return false;
  memcpy(out, line.text(), line.size() + 1);
  return true;
}

// Calls visit(name) for each file of this process's own.
template <class Visit>
void for_each_own_file(std::uint32_t check, unsigned turn, Visit&& visit) noexcept {
  for_each_path([&](const char* path) {
    char name[kLongestPath];
    const bool own = !is_shared(path) && (has_id(path) || g_adds_id);
    if (own && expand(path, check, turn, name)) visit(name);
  });
}

// Only the first `most` of them.
void drop(std::uint32_t check, unsigned turn, std::size_t most) noexcept {
  std::size_t seen = 0;
  for_each_own_file(check, turn, [&](const char* name) {
    if (seen++ >= most) return;
    const int fd = ::open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return;
    if (::lseek(fd, 0, SEEK_END) == 0) ::unlink(name);
    ::close(fd);
  });
}

// False where one of them is there already. What cannot be created is told when it is written.
bool claim(std::uint32_t check, unsigned turn) noexcept {
  std::size_t claimed = 0;
  bool free = true;
  for_each_own_file(check, turn, [&](const char* name) {
    if (!free) return;
    const int fd = ::open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    free = fd >= 0 || errno != EEXIST;
    if (fd >= 0) ::close(fd);
    if (free) ++claimed;
  });
  if (!free) drop(check, turn, claimed);
  return free;
}

// One that is not ours to signal is there, too. Process 1 is in a namespace of its own, and sees no other.
bool is_first_process_there() noexcept {
  return ::syscall(SYS_kill, g_first_process, 0) == 0 || errno == EPERM || ::getpid() == 1;
}

bool takes_plain_names() noexcept {
  if (g_plain_taken == nullptr) return true;
  if (is_forked() && is_first_process_there()) return false;
  return !g_plain_taken->exchange(true);
}

}  // namespace

void note_first_process() noexcept {
  g_first_process = ::getpid();
  bool plain = false;
  for_each_path([&plain](const char* path) { plain = plain || (!has_id(path) && !is_shared(path)); });
  if (!plain) return;
  void* const page = kernel_mmap(nullptr, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS);
  if (page != MAP_FAILED) g_plain_taken = new (page) std::atomic<bool>(false);
}

void forget_names() noexcept {
  g_turn = 0;
  g_adds_id = false;
}

bool writes_only_findings() noexcept {
  bool ids = false;
  for_each_path([&ids](const char* path) { ids = ids || has_id(path); });
  return !ids && g_plain_taken != nullptr && is_forked() && is_first_process_there();
}

void claim_names(std::uint32_t check) noexcept {
  if (g_turn != 0) return;
  g_adds_id = !takes_plain_names();
  for (unsigned turn = 1; turn <= kMostTurns; ++turn) {
    g_turn = turn;
    if (claim(check, turn)) return;
  }
}

bool expand_name(const char* path, std::uint32_t check, char (&out)[kLongestPath]) noexcept {
  return expand(path, check, g_turn, out);
}

void drop_empty_files(std::uint32_t check) noexcept { drop(check, g_turn, ~std::size_t{0}); }

}  // namespace gordian::rt
