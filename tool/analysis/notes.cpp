// notes.cpp - our own doubts as sentences.
#include "analysis/notes.h"

namespace gordian {
namespace {

// "1 object is", "2 objects are".
std::string counted(std::uint64_t n, const std::string& one, const std::string& many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

}  // namespace

std::vector<std::string> notes_on(const Heap& heap) {
  std::vector<std::string> notes;
  const Ownership& ownership = heap.ownership;
  const std::uint64_t missing = ownership.held_by_unknown - ownership.undecided - ownership.inconsistent;
  if (missing != 0) {
    notes.push_back(
        counted(missing, "object is", "objects are") +
        " held by owners that gordian could not locate (a register, a local variable the optimiser "
        "keeps nowhere, a pointer packed into bits); " +
        (missing == 1 ? "it counts" : "they count") + " as owned");
  }
  if (ownership.undecided != 0) {
    notes.push_back(counted(ownership.undecided, "object has", "objects have") +
                    " more possible references than owners, and nothing tells them apart; " +
                    (ownership.undecided == 1 ? "it counts" : "they count") +
                    " as owned (debug info, or compiling with the shim, settles it)");
  }
  if (ownership.inconsistent != 0) {
    notes.push_back(counted(ownership.inconsistent, "object has", "objects have") +
                    " more strong references in memory than its count says; " +
                    (ownership.inconsistent == 1 ? "it counts" : "they count") + " as owned");
  }
  return notes;
}

}  // namespace gordian
