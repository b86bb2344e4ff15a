// recognise.cpp - see recognise.h. Each step needs the one before; a snapshot that has nothing for a
// step is not copied.
#include "analysis/recognise.h"

#include <optional>
#include <utility>

#include "analysis/allocation_headers.h"
#include "analysis/arenas.h"
#include "analysis/counted.h"
#include "analysis/guesses.h"

namespace gordian {
namespace {

// Objects that were found type others, which may then be found to be such. Two or three rounds see to
// all; so many happen only where each object is known by the one before and by nothing else.
constexpr int kMostRounds = 64;

}  // namespace

RecognisedHeap recognise(const Snapshot& snapshot, TypeModel& types) {
  std::unique_ptr<const Snapshot> changed;
  if (auto cut = without_allocation_headers(snapshot)) changed = std::make_unique<Snapshot>(std::move(*cut));
  if (auto split = split_arenas(changed ? *changed : snapshot, types)) changed = std::make_unique<Snapshot>(std::move(*split));
  HeapIndex index(changed ? *changed : snapshot);
  Typing typing = spread_types(index, types);
  if (auto guesses = guess_counted(index, typing, types); !guesses.empty()) {
    typing = spread_types(index, types, {{}, std::move(guesses)});
  }
  KnownTypes known;
  for (int round = 0; round < kMostRounds; ++round) {
    auto counted = find_counted(index, typing, types, known.objects);
    if (!counted) break;
    auto with_counted = std::make_unique<const Snapshot>(std::move(counted->snapshot));
    index = HeapIndex(*with_counted);
    known.objects = std::move(counted->types);
    typing = spread_types(index, types, known);
    changed = std::move(with_counted);
  }
  return {std::move(changed), std::move(index), std::move(typing)};
}

}  // namespace gordian
