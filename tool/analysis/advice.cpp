// advice.cpp - the change that fits the kind of slot, and a reason that is true.
//
// Further kinds of advice (reset it in close(), a raw back pointer, narrow a capture) go
// into advice(), which has the member's path, its handle and what it refers to.
#include "analysis/advice.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace gordian {
namespace {

using snapshot::kNone;

// std::weak_ptr<T> for the handle type std::shared_ptr<T>, and boost's likewise; "" for any other.
std::string weak_form(std::string_view handle) {
  constexpr std::string_view kShared = "shared_ptr<";
  while (handle.starts_with("const ")) handle.remove_prefix(6);
  for (const std::string_view library : {"std::", "boost::"}) {
    const std::string_view rest =
        handle.starts_with(library) ? handle.substr(library.size()) : std::string_view();
    if (!rest.starts_with(kShared) || !rest.ends_with('>')) continue;
    return std::string(library) + "weak_ptr<" + std::string(rest.substr(kShared.size()));
  }
  constexpr std::string_view kQt = "QSharedPointer<";
  if (handle.starts_with(kQt)) return "QWeakPointer<" + std::string(handle.substr(kQt.size()));
  return {};
}

bool is_function_type(std::string_view type) {
  constexpr std::array<std::string_view, 3> kFunctions = {"std::function<", "std::move_only_function<",
                                                          "boost::function<"};
  return std::any_of(kFunctions.begin(), kFunctions.end(),
                     [&](std::string_view f) { return type.starts_with(f); });
}

std::string count_of(std::uint64_t n, const char* one, const char* many) {
  return std::to_string(n) + " " + (n == 1 ? one : many);
}

}  // namespace

std::string CutWriter::name(const Candidate& candidate) const {
  const MemberPath& path = paths_.path(candidate.path);
  if (path.member) return path.text;
  const bool known = candidate.holder_type != kNone;
  return path.text + " of " + (known ? heap_.typing.type_names[candidate.holder_type] : kUnknownType);
}

std::string CutWriter::plain_pointer_to(const Candidate& candidate) const {
  const std::string target =
      candidate.target_type != kNone ? heap_.typing.type_names[candidate.target_type] : kUnknownType;
  return target == kUnknownType ? "a plain pointer" : "a plain " + target + "*";
}

namespace {

// "shared_ptr" of std::shared_ptr<T>.
std::string_view short_name(std::string_view handle) {
  handle = handle.substr(0, handle.find('<'));
  const std::size_t colons = handle.rfind("::");
  return colons == std::string_view::npos ? handle : handle.substr(colons + 2);
}

// A handle that is a member, or lies in one: in a container, or in a tuple, an optional, a struct.
std::string advice_for_member(const Word& handle, const MemberPath& path, bool no_name,
                              const std::string& weak) {
  const bool own_field = !handle.member.empty() && !handle.member.starts_with("std::");
  const bool same_member = handle.member == *path.member;
  const bool is_member = own_field && !no_name && handle.declared == handle.type;
  if (is_member && same_member) return "make it " + weak;
  const bool element = path.text.find('[') != std::string::npos;
  for (const char* result : {"std::future<", "std::shared_future<", "std::promise<", "std::packaged_task<"}) {
    if (handle.declared.starts_with(result)) return "let go of " + handle.member + " when it is done";
  }
  if (own_field && !(same_member && element)) {
    if (is_member || handle.declared.empty())
      return "make " + (same_member ? std::string("it") : handle.member) + " " + weak;
    return "make the " + std::string(short_name(handle.type)) + " in " + handle.member + (weak.starts_with("a ") ? " " : " a ") + weak;
  }
  if (no_name || element || !same_member) return "hold " + weak + " in it";
  return "make it " + weak;
}

}  // namespace

std::string CutWriter::advice(const Candidate& candidate) const {
  const MemberPath& path = paths_.path(candidate.path);
  if (!path.member) return "break the reference at " + name(candidate);
  const WordId id = heap_.typing.slot_words[candidate.example];
  const Word no_debug_info;
  const Word& handle = WordTable::known(id) ? heap_.typing.words.word(id) : no_debug_info;
  std::string weak = weak_form(handle.type);
  // No weak handle comes with a count in the object: what does not own is a plain pointer.
  const bool counted = heap_.index.counts_itself(heap_.index.slot(candidate.example).object);
  if (weak.empty() && counted) weak = plain_pointer_to(candidate);
  if (weak.empty() && candidate.target_type != kNone) {
    const std::string& target = heap_.typing.type_names[candidate.target_type];
    if (target != kUnknownType) weak = "std::weak_ptr<" + target + ">";
  }
  const std::string something_weak = weak.empty() ? "a std::weak_ptr" : weak;
  const bool no_name = heap_.typing.words.nameless(id);
  if (candidate.capture || (no_name && is_function_type(path.member_type))) {
    const std::string captured = no_name ? "" : last_name(path.text);
    const bool self = candidate.to_self != 0 || captured == "self" || captured == "this";
    if (self && !counted) return "capture weak_from_this() (or a std::weak_ptr) instead";
    return "capture " + something_weak + " instead" + (no_name ? "" : " of " + captured);
  }
  if (path.text.find("bound argument ") != std::string::npos) {
    const std::string own =
        candidate.to_self != 0 && !counted ? "weak_from_this() (or a std::weak_ptr)" : something_weak;
    return "bind " + own + " instead";
  }
  for (const char* part : {"deleter", "allocator"}) {
    if (!path.text.starts_with(part)) continue;
    return "let the " + std::string(part) + " hold " + something_weak + " instead of " + last_name(path.text);
  }
  return advice_for_member(handle, path, no_name, something_weak);
}

// Where the references lead, as the first half of a sentence; "" when that says nothing.
std::string CutWriter::direction(const Candidate& candidate) const {
  if (candidate.to_self == candidate.references) return "The object holds itself through it";
  if (candidate.births_unknown != 0 || candidate.backward == 0) return {};
  if (candidate.backward < candidate.references) {
    if (2 * candidate.backward <= candidate.references) return {};
    return std::to_string(candidate.backward) + " of its " + std::to_string(candidate.references) +
           " references point back to objects allocated earlier";
  }
  if (candidate.to_first == candidate.references) return "It points back to the object allocated first";
  return candidate.references == 1 ? "It points back to an object allocated earlier"
                                   : "It points back to objects allocated earlier";
}

// What is gained when every cycle is broken, as the second half of a sentence.
std::string CutWriter::effect() const {
  const bool one = scope_.cycles == 1;
  if (scope_.held_from_outside) return one ? "no cycle is left" : "none of the cycles is left";
  if (!one) return "the objects of all " + std::to_string(scope_.cycles) + " cycles are freed";
  std::string freed = "all " + std::to_string(finding_.cycle_objects) + " are freed";
  if (finding_.cycle_objects == 1) freed = "the object is freed";
  if (finding_.cycle_objects == 2) freed = "both are freed";
  if (finding_.retained_objects != 0) {
    freed += ", and the " + count_of(finding_.retained_objects, "object", "objects") +
             (finding_.cycle_objects == 1 ? " it holds" : " they hold");
  }
  return freed;
}

Cut CutWriter::begin(const Candidate& candidate) const {
  Cut cut;
  cut.member = paths_.path(candidate.path).member;
  cut.declared = paths_.path(candidate.path).declared;
  cut.path = paths_.path(candidate.path).text;
  cut.advice = advice(candidate);
  return cut;
}

Cut CutWriter::alone(const Candidate& candidate) const {
  Cut cut = begin(candidate);
  cut.breaks_all = true;
  const std::string where = direction(candidate);
  cut.reason = where.empty() ? "Without it " + effect() : where + "; without it " + effect();
  if (scope_.judged < scope_.cycles) {
    cut.reason += " (judged on " + std::to_string(scope_.judged) + " of them)";
  }
  cut.reason += ".";
  return cut;
}

Cut CutWriter::together(const Candidate& candidate, const std::vector<const Candidate*>& others) const {
  constexpr std::size_t kMostNamed = 4;
  Cut cut = begin(candidate);
  cut.reason = "It does not break every cycle alone; together with ";
  for (std::size_t i = 0; i < others.size() && i < kMostNamed; ++i) {
    if (i != 0) cut.reason += i + 1 == others.size() ? " and " : ", ";
    cut.reason += name(*others[i]);
  }
  if (others.size() > kMostNamed)
    cut.reason += " and " + count_of(others.size() - kMostNamed, "more member", "more members");
  cut.reason += " it does.";
  return cut;
}

}  // namespace gordian
