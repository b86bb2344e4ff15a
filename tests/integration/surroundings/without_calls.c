// without_calls.c - runs a program to which the kernel refuses some system calls, as a container's filter does.
//
//   without_calls CALL[=ERRNO]... -- PROGRAM [ARGUMENTS]
//
// ERRNO is a number; EPERM without one.
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { kWrong = 99, kMostCalls = 32 };

static const struct {
  const char* name;
  unsigned number;
} kCalls[] = {
    {"ptrace", SYS_ptrace},
    {"process_vm_readv", SYS_process_vm_readv},
    {"process_vm_writev", SYS_process_vm_writev},
    {"perf_event_open", SYS_perf_event_open},
    {"kcmp", SYS_kcmp},
    {"prctl", SYS_prctl},
    {"unshare", SYS_unshare},
    {"clone", SYS_clone},
    {"clone3", SYS_clone3},
    {"tgkill", SYS_tgkill},
    {"getdents64", SYS_getdents64},
};

// The call's number; ends the process where the name is none of them.
static unsigned number_of(const char* name, size_t size) {
  for (size_t i = 0; i < sizeof kCalls / sizeof kCalls[0]; ++i) {
    if (strlen(kCalls[i].name) == size && memcmp(kCalls[i].name, name, size) == 0) return kCalls[i].number;
  }
  fprintf(stderr, "without_calls: unknown call %s\n", name);
  exit(kWrong);
}

int main(int argc, char** argv) {
  struct sock_filter filter[2 * kMostCalls + 2];
  unsigned short used = 0;
  filter[used++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  int at = 1;
  for (; at < argc && at <= kMostCalls && strcmp(argv[at], "--") != 0; ++at) {
    const size_t size = strcspn(argv[at], "=");
    const unsigned error = argv[at][size] == '=' ? (unsigned)atoi(argv[at] + size + 1) : EPERM;
    filter[used++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number_of(argv[at], size), 0, 1);
    filter[used++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error);
  }
  filter[used++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  const struct sock_fprog program = {used, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    perror("without_calls: seccomp");
    return kWrong;
  }
  if (at + 1 < argc) execv(argv[at + 1], argv + at + 1);
  perror("without_calls: exec");
  return kWrong;
}
