// slots.h - what each word that looks like a handle is, and what the counts prove.
//
// The rules of evidence; see the essay in slots.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/typing.h"

namespace gordian {

// What a slot row counts as.
enum class SlotMeaning : std::uint8_t {
  dead,          // owns nothing: stale, or known to be no handle
  weak,          // a weak handle
  maybe_weak,    // a weak handle or a stale word; surely no strong handle
  strong,        // a strong handle
  maybe_strong,  // strong, weak or stale: nothing decides it
};

// What an object's counts say of its strong handles.
enum class CountVerdict : std::uint8_t {
  expired,       // there are none: only the control block is alive
  all_known,     // each was logged, or has a type that says so
  by_counting,   // all weak ones are known, and the other words are as many as strong ones are missing
  by_claim,      // likewise, but the type of one of these cannot say whether it is alive
  by_guess,      // every word is a handle, and types that may be another's say which ones are weak, with both counts right
  in_the_open,   // every word is a handle, yet which are strong is not known
  missing,       // fewer words than strong handles: somebody unseen holds it
  undecided,     // more words than handles: some are stale, and nothing says which
  inconsistent,  // more known handles than the counts allow: something is wrong with what we know
};

struct ObjectCount {
  CountVerdict verdict = CountVerdict::expired;
  bool possible_slots = false;  // any word, anywhere, that is or may be a strong handle
  bool weak_known = false;      // all weak handles are known
  std::uint32_t located_strong = 0;
};

struct SlotVerdicts {
  std::vector<SlotMeaning> meanings;  // by slot row
  std::vector<ObjectCount> objects;   // by object row
};

SlotVerdicts judge_slots(const HeapIndex& index, const Typing& typing);

// Every strong handle was found, and is known to be one.
inline bool all_located(const ObjectCount& count) {
  return count.verdict == CountVerdict::all_known || count.verdict == CountVerdict::by_counting ||
         count.verdict == CountVerdict::by_guess;
}

}  // namespace gordian
