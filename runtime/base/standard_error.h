// standard_error.h - where messages go: descriptor 2, unless it has become a file or a connection of the program's.
#pragma once

namespace gordian::rt {

// To be called before the program can have changed it.
void note_standard_error() noexcept;

// STDERR_FILENO, or -1: who closes it gets its number for the next thing that is opened, and no text of ours belongs there. What
// was put there to take in what is printed (a log, a pipe) does get it; where that cannot be told from a file of the
// program's, it is taken for such a log, as every other message of the program would end there, too.
int standard_error() noexcept;

}  // namespace gordian::rt
