// preload.h - what `gordian run` left in the environment, and how it is taken out again.
//
//   GORDIAN_RUN=named:key=value:key=value     options; "named:" stands there until the program
//                                             that the user named has started
//   GORDIAN_FOLLOW=GLOB                       with --follow only
//   LD_PRELOAD=<this library>[:<what the user had there>]
//
// Without --follow the program, and whatever it starts, gets the environment it would have had
// without us, byte for byte. With --follow all three stay, so that its children are loaded
// into as well.
//
// Context: called by our constructor before anything else of the process runs. The array
// is the one that becomes `environ`, and is edited in place: there is no memory to get yet.
#pragma once

namespace gordian::rt {

struct RunOrders {
  const char* options = nullptr;  // as in GORDIAN_OPTIONS; null: not started by `gordian run`
  const char* follow = nullptr;   // the glob; null: children are not followed
  bool named = false;             // this is the program that the user named
};

// The strings stay where they are, whatever the functions below do to the environment.
RunOrders read_run_orders(char** environment) noexcept;

// Takes GORDIAN_RUN out, and `library` (our own path, as the loader was given it) from the
// front of LD_PRELOAD.
void restore_environment(char** environment, const char* library) noexcept;

// For --follow: leaves everything, but what starts from here on is not the named program.
void mark_named_started(char** environment) noexcept;

// Whether `glob` names the program at `path`: its file name, or the whole path when there
// is a '/' in the glob. A '*' matches '/' too.
bool glob_names(const char* glob, const char* path) noexcept;

}  // namespace gordian::rt
