// advice.cpp - the change that fits the kind of slot, and a reason that is true.
//
//   a member                 make it std::weak_ptr<T>; a plain T* where the count lies in the object
//   one within its target    a plain T*: it goes with what it points to
//   a container's element    hold std::weak_ptr<T> in it
//   a capture                capture weak_from_this() or a std::weak_ptr, or reset the callback
//   a bound argument         the same, in a lambda: no member function can be called on a weak_ptr
//   in a deleter             hold a std::weak_ptr; of its own object nothing, it is called with it
//   a future                 let go of it when it is done
//
// A reference in a plain block may be owned by nobody because that block was to be deleted: the reason
// says so when a raw pointer leads there.
#include "analysis/advice.h"

#include <algorithm>
#include <array>
#include <cctype>
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

// "self" of "Timer::callback captured self", "request.session" of "... captured request.session".
std::string captured_name(const std::string& path) {
  constexpr std::string_view kCaptured = "captured ";
  const std::size_t at = path.rfind(kCaptured);
  return at == std::string::npos ? last_name(path) : path.substr(at + kCaptured.size());
}

// The function that captures: Timer::callback, or Op::m.f where it is a member of a member.
std::string callback_of(const MemberPath& path) {
  const std::string function = path.text.substr(0, path.text.find(" -> "));
  const bool is_nested = function.starts_with(*path.field + ".") || function.starts_with(*path.field + "[].");
  return is_nested ? function : *path.field;
}

constexpr std::array<std::string_view, 4> kHiddenTypes = {"Impl", "Private", "Priv", "Rep"};

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
  if (path.is_field) return *path.field;
  if (path.field) return candidate.is_joined ? std::string(before_offsets(path.text)) : path.text;
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

// Plugin::ctx_.registry of a handle in a struct that is a member; "" where a library's class, such as a
// std::tuple or a std::optional, lies between.
std::string nested_field(const Word& handle) {
  if (is_librarys(handle.declared) || handle.declared == handle.type) return {};
  if (!handle.path.starts_with(handle.member + ".")) return {};
  const std::string_view rest = std::string_view(handle.path).substr(handle.member.size());
  const bool plain = std::all_of(rest.begin(), rest.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
  });
  return plain ? handle.path : std::string();
}

// Not what a library keeps alternatives in, or raw memory: nobody has written that.
bool is_handle(const Word& word) {
  return word.kind != WordKind::unknown || !weak_form(word.type).empty();
}

// A handle that is a member, or lies in one: in a container, or in a tuple, an optional, a struct.
std::string advice_for_member(const Word& handle, const MemberPath& path, bool no_name,
                              const std::string& weak) {
  const bool own_field = !handle.member.empty() && !is_librarys(handle.member);
  const bool same_member = handle.member == *path.field;
  if (path.is_field) return "make it " + weak;
  const bool element = path.text.find('[') != std::string::npos;
  for (const char* result : {"std::future<", "std::shared_future<", "std::promise<", "std::packaged_task<"}) {
    if (handle.declared.starts_with(result)) return "let go of " + handle.member + " when it is done";
    if (no_name && path.member_type.starts_with(result)) return "let go of it when it is done";
  }
  if (no_name && path.text.find(" -> ") != std::string::npos)
    return "let what it leads to hold " + weak + " instead";
  if (own_field && !(same_member && element)) {
    if (const std::string nested = nested_field(handle); !nested.empty())
      return "make " + nested + " " + weak;
    if (handle.declared.empty() || (!no_name && handle.declared == handle.type))
      return "make " + (same_member ? std::string("it") : handle.member) + " " + weak;
    if (!is_handle(handle)) return "hold " + weak + " in it";
    return "make the " + std::string(short_name(handle.type)) + " in " + handle.member +
           (weak.starts_with("a ") ? " " : " a ") + weak;
  }
  if (no_name || element || !same_member) return "hold " + weak + " in it";
  return "make it " + weak;
}

// T of std::shared_ptr<T>; "" for any other type.
std::string pointee_of(std::string_view handle) {
  while (handle.starts_with("const ")) handle.remove_prefix(6);
  const std::size_t open = handle.find("shared_ptr<");
  if (open == std::string_view::npos || !handle.ends_with('>')) return {};
  handle.remove_prefix(open + 11);
  handle.remove_suffix(1);
  return std::string(handle);
}

// Names of what a class keeps out of its header: such a raw pointer owns.
bool is_hidden_part(std::string_view member, std::string_view type) {
  while (member.ends_with('_')) member.remove_suffix(1);
  for (const std::string_view name : {"impl", "Impl", "d", "d_ptr", "priv", "rep"}) {
    if (member == name || member.ends_with(std::string("_") + std::string(name))) return true;
    if (name.size() == 4 && (member.starts_with(name) || member.ends_with(name))) return true;
  }
  return std::any_of(kHiddenTypes.begin(), kHiddenTypes.end(),
                     [&](std::string_view suffix) { return type.ends_with(suffix); });
}

}  // namespace

// A std::unique_ptr or a raw pointer leads to it: it is no part of a container, and nobody copies it as they
// copy a callback.
bool CutWriter::is_owned_by_pointer(std::uint32_t block) const {
  const std::uint32_t row = heap_.typing.regions[block].pointer;
  if (row == kNone || !WordTable::known(heap_.typing.pointer_words[row])) return false;
  const Word& word = heap_.typing.words.word(heap_.typing.pointer_words[row]);
  return word.kind == WordKind::pointer &&
         (word.type.starts_with("std::unique_ptr<") || word.type.ends_with('*'));
}

// The references lie in what only the objects that they lead to hold (a command in its document's undo
// stack), or in these, as aliases of other members: a plain pointer never outlives what it points to.
bool CutWriter::within_target(const Candidate& candidate) const {
  if (candidate.to_self != candidate.references) return false;
  const auto& slot = heap_.index.slot(candidate.example);
  if (heap_.index.plain(slot.block)) return is_owned_by_pointer(slot.block);
  const std::uint64_t start = heap_.index.managed_start(slot.object);
  for (std::uint32_t row = heap_.index.first_pointer(slot.block); row < heap_.index.end_pointer(slot.block);
       ++row) {
    const auto& pointer = heap_.index.pointer(row);
    if (pointer.address + 8 != slot.address) continue;
    const auto& block = heap_.index.block(slot.block);
    return pointer.value > start && pointer.value < block.address + block.size;
  }
  return false;
}

// By a weak handle to itself inside: that of enable_shared_from_this.
bool CutWriter::knows_itself(std::uint32_t object) const {
  const auto& row = heap_.index.object(object);
  for (const std::uint32_t block : {row.control_block, row.managed_block}) {
    if (block == kNone) continue;
    for (const std::uint32_t slot : heap_.index.slots_in(block)) {
      const SlotMeaning meaning = heap_.verdicts.meanings[slot];
      const bool weak = meaning == SlotMeaning::weak || meaning == SlotMeaning::maybe_weak;
      if (weak && heap_.index.slot(slot).object == object) return true;
    }
  }
  return false;
}

std::string CutWriter::advice_for_callback(const Candidate& candidate, const std::string& weak,
                                           bool counted) const {
  const MemberPath& path = paths_.path(candidate.path);
  const bool no_name = heap_.typing.words.nameless(heap_.typing.slot_words[candidate.example]);
  const bool bound = path.text.find("bound argument ") != std::string::npos;
  const std::string captured = no_name ? "" : captured_name(path.text);
  const bool self = candidate.to_self != 0 || captured == "self" || captured == "this";
  const std::string own = self && !counted && knows_itself(heap_.index.slot(candidate.example).object)
                              ? "weak_from_this() (or a std::weak_ptr)"
                              : weak;
  std::string advice;
  if (bound) {
    // A member function cannot be called on a weak_ptr.
    advice = counted ? "bind " + own + " instead"
                     : "store a lambda that captures " + own + " instead of binding it";
  } else {
    advice =
        "capture " + own + " instead" + (captured.empty() || captured == "this" ? "" : " of " + captured);
  }
  if (is_function_type(path.member_type) && path.field == path.member)
    advice += ", or reset " + callback_of(path) + " when it is no longer needed";
  return advice;
}

std::string CutWriter::advice_for_deleter(const Candidate& candidate, const std::string& weak) const {
  const std::string name = last_name(paths_.path(candidate.path).text);
  // An observer of its own would have expired by the time it is called.
  if (candidate.to_self != 0)
    return "let the deleter use the pointer that it is called with instead of " + name;
  return "let the deleter hold " + weak + " instead of " + name;
}

std::string CutWriter::advice(const Candidate& candidate) const {
  const MemberPath& path = paths_.path(candidate.path);
  if (!path.field) {
    const std::string holder =
        candidate.holder_type != kNone ? heap_.typing.type_names[candidate.holder_type] : "";
    for (const char* state : {"std::__future_base::", "std::__assoc_"}) {
      if (holder.starts_with(state))
        return "take the value out of the std::future, or let go of it and the std::promise when they are "
               "done: " +
               std::string("what they share holds it");
    }
    return "break the reference at " + name(candidate);
  }
  const WordId id = heap_.typing.slot_words[candidate.example];
  const Word no_debug_info;
  const Word& handle = WordTable::known(id) ? heap_.typing.words.word(id) : no_debug_info;
  std::string weak = weak_form(handle.type);
  // Of a variant's alternatives the word is the first: the one in it may be another.
  if (candidate.target_type != kNone && !weak.empty()) {
    const std::string other = "shared_ptr<" + heap_.typing.type_names[candidate.target_type] + ">";
    for (const char* library : {"std::", "boost::"}) {
      if (path.member_type.find("variant<") != std::string::npos &&
          path.member_type.find(library + other) != std::string::npos)
        weak = weak_form(library + other);
    }
  }
  const std::uint32_t target_row = heap_.index.slot(candidate.example).object;
  const bool is_boosts = heap_.index.object(target_row).family == snapshot::Family::boost_shared;
  const std::string library = is_boosts ? "boost::" : "std::";
  // No weak handle comes with a count in the object: what does not own is a plain pointer.
  const bool counted = heap_.index.counts_itself(target_row);
  if (weak.empty() && counted) weak = plain_pointer_to(candidate);
  if (weak.empty() && candidate.target_type != kNone) {
    const std::string& target = heap_.typing.type_names[candidate.target_type];
    if (target != kUnknownType) weak = library + "weak_ptr<" + target + ">";
  }
  const std::string something_weak = weak.empty() ? "a " + library + "weak_ptr" : weak;
  const bool no_name = heap_.typing.words.nameless(id);
  if (path.text.starts_with("deleter") && (candidate.to_self != 0 || !candidate.capture))
    return advice_for_deleter(candidate, something_weak);
  if (candidate.capture || (no_name && is_function_type(path.member_type)))
    return advice_for_callback(candidate, something_weak, counted);
  if (path.text.starts_with("allocator"))
    return "let the allocator hold " + something_weak + " instead of " + last_name(path.text);
  const std::string pointee = pointee_of(handle.type);
  if (path.is_field && !pointee.empty() && within_target(candidate)) {
    return "make it a plain " + pointee + "* (or " + something_weak + ")";
  }
  return advice_for_member(handle, path, no_name, something_weak);
}

// The raw pointer on the way to the references, of which nothing says that it owns: "Child::parent is a raw
// pointer: if it does not own the Parent, delete the Parent instead"; "" where there is none.
std::string CutWriter::raw_pointer(const Candidate& candidate) const {
  std::uint32_t block = heap_.index.slot(candidate.example).block;
  while (heap_.typing.regions[block].pointer != kNone) {
    const std::uint32_t row = heap_.typing.regions[block].pointer;
    block = heap_.index.block_holding(heap_.index.pointer(row).address);
    const WordId id = heap_.typing.pointer_words[row];
    if (!WordTable::known(id)) continue;
    const Word& word = heap_.typing.words.word(id);
    if (word.kind != WordKind::pointer || !word.type.ends_with('*') || word.member.empty()) continue;
    if (is_librarys(word.member) || word.member.find(' ') != std::string::npos) continue;
    const std::string pointee = word.type.substr(0, word.type.size() - 1);
    if (is_hidden_part(last_name(word.path), pointee) || is_librarys(pointee)) continue;
    return word.member + " is a raw pointer: if it does not own the " + pointee + ", delete the " + pointee +
           " instead";
  }
  return {};
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
std::string CutWriter::effect(std::optional<Freed> frees) const {
  const bool one = scope_.cycles == 1;
  const bool all = !frees || frees->objects == finding_.objects_held;
  if (scope_.held_from_outside && !(frees && all)) {
    const std::string left = one ? "no cycle is left" : "none of the cycles is left";
    if (!frees) return left;
    if (frees->objects == 0) return left + ", but something else still holds the objects";
    return left + ", and " + count_of(frees->objects, "object is", "objects are") + " freed";
  }
  if (scope_.cycles == 2) return "the objects of both cycles are freed";
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

Cut CutWriter::begin(const Candidate& candidate, std::optional<Freed> frees) const {
  const MemberPath& path = paths_.path(candidate.path);
  Cut cut;
  cut.member = path.field;
  cut.declared = path.declared;
  cut.path = candidate.is_joined ? before_offsets(path.text) : path.text;
  cut.holder = candidate.holder_type != kNone ? heap_.typing.type_names[candidate.holder_type] : kUnknownType;
  cut.advice = advice(candidate);
  cut.frees = frees;
  return cut;
}

Cut CutWriter::alone(const Candidate& candidate, std::optional<Freed> frees) const {
  Cut cut = begin(candidate, frees);
  cut.breaks_all = true;
  const std::string where = direction(candidate);
  cut.reason = where.empty() ? "Without it " + effect(frees) : where + "; without it " + effect(frees);
  if (scope_.judged < scope_.cycles) {
    cut.reason += " (judged on " + std::to_string(scope_.judged) + " of them)";
  }
  cut.reason += ".";
  if (const std::string raw = raw_pointer(candidate); !raw.empty()) cut.reason += " But " + raw + ".";
  return cut;
}

Cut CutWriter::together(const Candidate& candidate, const std::vector<const Candidate*>& others,
                        std::optional<Freed> frees) const {
  constexpr std::size_t kMostNamed = 4;
  Cut cut = begin(candidate, frees);
  cut.reason = "It does not break every cycle alone; together with ";
  for (std::size_t i = 0; i < others.size() && i < kMostNamed; ++i) {
    if (i != 0) cut.reason += i + 1 == others.size() ? " and " : ", ";
    cut.reason += name(*others[i]);
  }
  if (others.size() > kMostNamed)
    cut.reason += " and " + count_of(others.size() - kMostNamed, "more member", "more members");
  cut.reason += " it does.";
  if (frees && frees->objects != 0)
    cut.reason += " Alone it frees " + count_of(frees->objects, "object", "objects") + " (" +
                  std::to_string(frees->bytes) + " bytes).";
  return cut;
}

}  // namespace gordian
