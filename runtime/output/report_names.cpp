// report_names.cpp - see report_names.h.
#include "output/report_names.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <new>

#include "base/kernel.h"
#include "base/memory.h"
#include "base/own_descriptor.h"
#include "base/say.h"
#include "base/starts_with.h"
#include "start/fork.h"

namespace gordian::rt {
namespace {

constexpr unsigned kMostTurns = 1000;

using Path = char (Options::*)[kLongestPath];
constexpr Path kPaths[] = {&Options::text,     &Options::json,   &Options::sarif, &Options::junit,
                           &Options::markdown, &Options::github, &Options::html,  &Options::snapshot};

constinit unsigned g_turn = 0;     // 1: %p is the id alone, 2: the id and "-2"; 0: nothing is written yet
constinit bool g_adds_id = false;  // to names that have none
constinit std::uint32_t g_claimed_by = 0;  // the check; 0: nothing is claimed
struct Claims {
  int fds[sizeof kPaths / sizeof kPaths[0]];  // -1: none; in the order of for_each_own_file()
};
constexpr Claims no_claims() {
  Claims claims = {};
  for (int& fd : claims.fds) fd = -1;
  return claims;
}
constinit Claims g_claims = no_claims();
constinit pid_t g_first_process = 0;
constinit std::atomic<bool>* g_plain_taken = nullptr;  // shared with children; null where no name is without an id

// Calls visit(path) for all that the process may write.
template <class Visit>
void for_each_path(Visit&& visit) noexcept {
  for (const Path path : kPaths) {
    if ((g_options.*path)[0] != '\0') visit(g_options.*path);
  }
}

bool has_id(const char* path) noexcept { return strstr(path, "%p") != nullptr; }
// A device or a descriptor, which all processes write to as it comes.
bool is_shared(const char* path) noexcept {
  return strcmp(path, "-") == 0 || starts_with(path, "/dev/") || starts_with(path, "/proc/");
}

// Where the id belongs in a name that has none: in front of the ending.
const char* place_of_id(const char* path) noexcept {
  const char* const slash = strrchr(path, '/');
  const char* const name = slash != nullptr ? slash + 1 : path;
  const char* const ending = strrchr(name, '.');
  return ending != nullptr && ending != name ? ending : name + strlen(name);
}

void append_id(Line& line, unsigned turn) noexcept {
  line << static_cast<int>(kernel::getpid());
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

// What says that a name is taken until its report is there: a file beside it, locked by this process. The lock is not inherited,
// so the file says nothing once the process is gone or has become another program, whatever children it has. It is not the
// report itself: who waits for that finds it whole.
Line claim_of(const char* name) noexcept {
  Line line;
  line << name << ".claimed";
  return line;
}

// Whether nobody else has claimed the name: `fd` has. -1 where it cannot be claimed, and then it is nobody's.
bool claim(const char* name, int& fd) noexcept {
  constexpr int kNothingPlanted = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  fd = own_descriptor(kernel::open(claim_of(name).text(), O_WRONLY | O_CREAT | O_CLOEXEC | kNothingPlanted, 0600));
  if (fd < 0) return true;
  struct flock whole = {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (kernel::try_lock(fd, &whole) != 0 && (errno == EAGAIN || errno == EACCES)) return false;
  struct stat status;
  return kernel::fstat(fd, &status) != 0 || status.st_nlink != 0;  // else its owner has removed it, and there may be another
}

void drop(std::uint32_t check, unsigned turn) noexcept {
  std::size_t at = 0;
  for_each_own_file(check, turn, [&](const char* name) {
    const int fd = g_claims.fds[at++];
    if (fd < 0) return;
    kernel::unlink(claim_of(name).text());
    close_own(fd);
  });
  g_claims = no_claims();
}

// False where a file is there already, or another process is about to write it. What cannot be written is told when it is.
bool claim_all(std::uint32_t check, unsigned turn) noexcept {
  std::size_t claimed = 0;
  bool free = true;
  for_each_own_file(check, turn, [&](const char* name) {
    if (!free) return;
    int& fd = g_claims.fds[claimed++];
    free = claim(name, fd);
    if (!free) {
      close_own(fd);
      fd = -1;
      return;
    }
    struct stat status;
    free = kernel::lstat(name, &status) != 0;  // only now: who had claimed it before may have written it
  });
  if (!free) drop(check, turn);
  return free;
}

// One that is not ours to signal is there, too. Process 1 is in a namespace of its own, and sees no other.
bool is_first_process_there() noexcept {
  return kernel::call(SYS_kill, g_first_process, 0) == 0 || errno == EPERM || kernel::getpid() == 1;
}

bool takes_plain_names() noexcept {
  if (g_plain_taken == nullptr) return true;
  if (is_forked() && is_first_process_there()) return false;
  return !g_plain_taken->exchange(true);
}

}  // namespace

void note_first_process() noexcept {
  g_first_process = kernel::getpid();
  bool plain = false;
  for_each_path([&plain](const char* path) { plain = plain || (!has_id(path) && !is_shared(path)); });
  if (!plain) return;
  void* const page = kernel_mmap(nullptr, page_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS);
  if (page != MAP_FAILED) g_plain_taken = new (page) std::atomic<bool>(false);
}

void forget_names() noexcept {
  g_turn = 0;
  g_adds_id = false;
  g_claimed_by = 0;
  g_claims = no_claims();  // the files are the parent's
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
    if (claim_all(check, turn)) break;
  }
  g_claimed_by = check;
}

bool expand_name(const char* path, std::uint32_t check, char (&out)[kLongestPath]) noexcept {
  return expand(path, check, g_turn, out);
}

void drop_claims() noexcept {
  if (g_claimed_by == 0) return;
  drop(g_claimed_by, g_turn);
  g_claimed_by = 0;
}

}  // namespace gordian::rt
