// guesses.h - what untyped blocks are, where only one answer fits all of them together.
#pragma once

#include <vector>

#include "analysis/heap_index.h"
#include "analysis/typing.h"

namespace gordian {

// By block: the class of what is an object that counts its handles itself, although neither a
// vptr nor a typed word says so; none where nothing fits, or too much. Empty when there is none.
std::vector<TypeId> guess_counted(const HeapIndex& index, const Typing& typing, TypeModel& types);

}  // namespace gordian
