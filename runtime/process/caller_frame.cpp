// caller_frame.cpp - see caller_frame.h.
#include "process/caller_frame.h"

#include <dlfcn.h>
#include <unwind.h>

#include "base/starts_with.h"
#include "process/modules.h"
#include "process/own_module.h"

namespace gordian::rt {
namespace {

constinit Address g_exit = 0;

struct Walk {
  CallerFrame caller;
  bool in_exit = false;      // the frame before was exit()
  Address last_own_next = 0; // stack pointer of the first frame after our outermost one
  std::uint64_t last_registers[kCalleeSaved] = {};
  bool was_own = false;
  bool interrupted = false;  // further out lies what a signal has interrupted, a hook of ours perhaps
};

struct OutermostWalk {
  CallerFrame frame;    // the last one that libc has called, as far as was seen
  CallerFrame current;  // the one that was visited last
  bool in_libc = true;
};

void read_registers(_Unwind_Context* context, std::uint64_t* registers) noexcept {
  for (unsigned i = 0; i < kCalleeSaved; ++i) registers[i] = _Unwind_GetGR(context, kCalleeSavedNumbers[i]);
}

// Called for each frame, innermost first. In libgcc's unwinder the CFA of the context is
// the stack pointer of this frame after the call it is in: what we look for.
_Unwind_Reason_Code visit(_Unwind_Context* context, void* argument) noexcept {
  auto& walk = *static_cast<Walk*>(argument);
  int is_next = 0;  // where the frame goes on at `pc`, it did not call the one before
  const Address pc = _Unwind_GetIPInfo(context, &is_next);
  if (walk.in_exit) {
    walk.caller.sp = _Unwind_GetCFA(context);
    read_registers(context, walk.caller.registers);
    walk.caller.found = true;
    return _URC_NORMAL_STOP;
  }
  const bool own = in_own_module(pc);
  walk.interrupted = walk.interrupted || (is_next != 0 && walk.last_own_next != 0);
  if (walk.was_own && !own && !walk.interrupted) {
    walk.last_own_next = _Unwind_GetCFA(context);
    read_registers(context, walk.last_registers);
  }
  walk.was_own = own;
  // One byte back: exit() does not return, so the return address may lie past its end.
  walk.in_exit = reinterpret_cast<Address>(_Unwind_FindEnclosingFunction(reinterpret_cast<void*>(pc - 1))) == g_exit &&
                 g_exit != 0;
  return _URC_NO_REASON;
}

struct NameWalk {
  const char* name;
  bool found;
};

_Unwind_Reason_Code visit_until_named(_Unwind_Context* context, void* argument) noexcept {
  auto& walk = *static_cast<NameWalk*>(argument);
  Dl_info function = {};
  const bool named = ::dladdr(reinterpret_cast<void*>(_Unwind_GetIP(context) - 1), &function) != 0 &&
                     function.dli_sname != nullptr;
  walk.found = named && starts_with(function.dli_sname, walk.name);
  return walk.found ? _URC_NORMAL_STOP : _URC_NO_REASON;
}

bool is_in_libc(Address pc) noexcept {
  dl_find_object module;
  dl_find_object libc;
  return g_exit != 0 && ::_dl_find_object(reinterpret_cast<void*>(pc), &module) == 0 &&
         ::_dl_find_object(reinterpret_cast<void*>(g_exit), &libc) == 0 && module.dlfo_map_start == libc.dlfo_map_start;
}

_Unwind_Reason_Code visit_outermost(_Unwind_Context* context, void* argument) noexcept {
  auto& walk = *static_cast<OutermostWalk*>(argument);
  const bool in_libc = is_in_libc(_Unwind_GetIP(context));
  if (in_libc && !walk.in_libc) {
    walk.frame = walk.current;
    walk.frame.found = true;
  }
  walk.in_libc = in_libc;
  walk.current.sp = _Unwind_GetCFA(context);
  read_registers(context, walk.current.registers);
  return _URC_NO_REASON;
}

_Unwind_Reason_Code visit_call(_Unwind_Context* context, void* argument) noexcept {
  auto& calls = *static_cast<PageArray<snapshot::CallRow>*>(argument);
  calls.push({_Unwind_GetCFA(context), _Unwind_GetIP(context)});
  return calls.failed() ? _URC_NORMAL_STOP : _URC_NO_REASON;
}

// An unwinder older than GCC 12's asks dl_iterate_phdr() where the tables of a frame are.
void walk_frames(_Unwind_Trace_Fn visit, void* argument) noexcept {
  const ModuleListGuard guard;
  if (guard.is_locked()) _Unwind_Backtrace(visit, argument);
}

}  // namespace

void list_calls(PageArray<snapshot::CallRow>& calls) noexcept { walk_frames(visit_call, &calls); }

bool is_called_by(const char* name) noexcept {
  NameWalk walk = {name, false};
  walk_frames(visit_until_named, &walk);
  return walk.found;
}

CallerFrame find_outermost_frame() noexcept {
  OutermostWalk walk;
  walk_frames(visit_outermost, &walk);
  return walk.frame;
}

void find_exit_function() noexcept { g_exit = reinterpret_cast<Address>(::dlsym(RTLD_NEXT, "exit")); }

CallerFrame find_caller_frame() noexcept {
  Walk walk;
  walk_frames(visit, &walk);
  // Not through exit(): quick_exit() and the API are our own functions, and whoever
  // called the outermost of them is the frame we want.
  if (!walk.caller.found && walk.last_own_next != 0) {
    walk.caller.sp = walk.last_own_next;
    __builtin_memcpy(walk.caller.registers, walk.last_registers, sizeof walk.last_registers);
    walk.caller.found = true;
  }
  if (!walk.caller.found) walk.caller.sp = reinterpret_cast<Address>(__builtin_frame_address(0));
  return walk.caller;
}

}  // namespace gordian::rt
