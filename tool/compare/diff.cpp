// diff.cpp - two tables, key by key.
#include "compare/diff.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

namespace gordian {
namespace {

ChangedFinding changed(Change change, const ReportedFinding* before, const ReportedFinding* after) {
  ChangedFinding result;
  result.change = change;
  result.finding = after != nullptr ? *after : *before;
  if (before != nullptr) {
    result.old_instances = before->instances;
    result.old_bytes = before->bytes;
  }
  if (after != nullptr) {
    result.new_instances = after->instances;
    result.new_bytes = after->bytes;
  }
  return result;
}

bool is_told_before(const ChangedFinding& a, const ChangedFinding& b) {
  const auto key = [](const ChangedFinding& changed) {
    const auto& finding = changed.finding;
    return std::tuple(changed.change, ~finding.bytes, finding.kind, std::string_view(finding.id));
  };
  return key(a) < key(b);
}

}  // namespace

void add_to_table(FindingTable& table, ReportedFinding finding) {
  finding.seen_by.clear();
  finding.seen_by_omitted = 0;
  const auto [at, is_new] = table.try_emplace(FindingKey{finding.kind, finding.id}, finding);
  if (!is_new) add_finding(at->second, finding);
}

Diff diff_of(const FindingTable& before, const FindingTable& after) {
  Diff diff;
  for (const auto& [key, now] : after) {
    if (now.suppressed_by) {
      ++diff.suppressed;
      continue;
    }
    const auto found = before.find(key);
    const auto* const then = found == before.end() ? nullptr : &found->second;
    if (then == nullptr) {
      diff.changes.push_back(changed(Change::appeared, nullptr, &now));
    } else if (then->instances == now.instances) {
      ++diff.unchanged;
    } else {
      const auto change = then->instances < now.instances ? Change::more : Change::fewer;
      diff.changes.push_back(changed(change, then, &now));
    }
  }
  for (const auto& [key, then] : before) {
    if (after.count(key) == 0) diff.changes.push_back(changed(Change::gone, &then, nullptr));
  }
  std::sort(diff.changes.begin(), diff.changes.end(), is_told_before);
  return diff;
}

bool fails(const ChangedFinding& changed, DiffFailOn fail_on) {
  if (!can_fail(changed.finding.kind, changed.finding.evidence)) return false;
  const bool appeared = changed.change == Change::appeared;
  const bool more = changed.change == Change::more;
  switch (fail_on) {
    case DiffFailOn::appeared:
      return appeared;
    case DiffFailOn::more:
      return more;
    case DiffFailOn::any:
      return appeared || more;
    case DiffFailOn::none:
      return false;
  }
  return false;
}

const char* word(Change change) {
  switch (change) {
    case Change::appeared:
      return "new";
    case Change::more:
      return "more";
    case Change::fewer:
      return "fewer";
    case Change::gone:
      return "gone";
  }
  return "";
}

}  // namespace gordian
