// system_call_aarch64_test.cpp - machine/system_call.h, on what a handler would see. No emulator tells of the program's calls,
// so no other test there comes this far.
#include "machine/system_call.h"

#include <sys/syscall.h>

#include "catch.h"

using namespace gordian::rt;

namespace {

constexpr std::uint32_t kCode[] = {0xd503201f, 0xd4000001, 0xd503201f};  // nop; svc #0; nop

// A thread that leaves poll() with EINTR, and what the kernel has told of it before.
struct Interrupted {
  Interrupted() {
    before.number = SYS_ppoll;
    before.sp = 0x7000;
    before.pc = reinterpret_cast<Address>(kCode + 2);
    for (unsigned i = 0; i < kCallArguments; ++i) before.arguments[i] = context.uc_mcontext.regs[i] = 100 + i;
    context.uc_mcontext.regs[0] = static_cast<std::uint64_t>(-EINTR);
    context.uc_mcontext.regs[8] = SYS_ppoll;
    context.uc_mcontext.sp = before.sp;
    context.uc_mcontext.pc = before.pc;
  }
  WaitingCall before;
  ucontext_t context{};
};

}  // namespace

TEST_CASE("a call that a signal has ended is made again with its first argument") {
  Interrupted thread;
  call_again(thread.before, thread.context);
  CHECK(thread.context.uc_mcontext.pc == reinterpret_cast<Address>(kCode + 1));
  CHECK(thread.context.uc_mcontext.regs[0] == 100);
  CHECK(thread.context.uc_mcontext.regs[8] == SYS_ppoll);
}

TEST_CASE("a call that has ended otherwise, or is not the one that was told of, is left alone") {
  Interrupted ended;
  ended.context.uc_mcontext.regs[0] = 1;
  Interrupted other_call;
  other_call.context.uc_mcontext.regs[8] = SYS_close;
  Interrupted other_argument;
  other_argument.context.uc_mcontext.regs[1] = 7;
  Interrupted other_place;
  other_place.before.pc += 4;
  Interrupted no_call;
  no_call.before.pc = no_call.context.uc_mcontext.pc = reinterpret_cast<Address>(kCode + 3);
  Interrupted not_told;
  not_told.before.number = -1;
  for (Interrupted* thread : {&ended, &other_call, &other_argument, &other_place, &no_call, &not_told}) {
    const mcontext_t was = thread->context.uc_mcontext;
    call_again(thread->before, thread->context);
    CHECK(thread->context.uc_mcontext.pc == was.pc);
    CHECK(thread->context.uc_mcontext.regs[0] == was.regs[0]);
  }
}
