// candidates.cpp - tallies and ranking of the members that close cycles.
//
// What a maintainer would change, by what speaks for it, the strongest first:
//
//   a name          parent, owner, prev; a callback's captured self, or the object whose member
//                   function was bound. Authors say so themselves, whatever was made first: a
//                   parser makes children before parents, a list grows at its front
//   many to one     several references to each object: children to their parent, observers to
//                   their subject. The other way round, each has its own
//   back in time    to objects allocated earlier: parts are made for a whole that is there
//   a vague name    host, container
//   a capture       rather than a member, which somebody has written down as owning
//
// Only then counts and the alphabet decide: such cuts are equally good, and are said to be.
// Members of libraries' classes come last.
#include "analysis/candidates.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <tuple>

namespace gordian {
namespace {

using snapshot::kNone;

// "parent" of m_parent, mParent_, _parent and Parent.
std::string bare_name(std::string_view name) {
  while (name.starts_with('_')) name.remove_prefix(1);
  while (name.ends_with('_')) name.remove_suffix(1);
  if (name.starts_with("m_")) name.remove_prefix(2);
  const auto upper = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
  if (name.size() > 1 && name[0] == 'm' && upper(name[1])) name.remove_prefix(1);
  std::string bare(name);
  if (!bare.empty()) bare[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(bare[0])));
  return bare;
}

// `name` is one of `words`, or starts with one as parent_node and parentNode do.
bool is_called(std::string_view name, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    if (!name.starts_with(word)) return false;
    const std::string_view rest = name.substr(word.size());
    return rest.empty() || rest[0] == '_' || std::isupper(static_cast<unsigned char>(rest[0])) != 0;
  });
}

// Names that authors give to the reference up, or back: a child's to its parent, a part's to its
// owner, an element's to the one before it.
constexpr std::array<std::string_view, 8> kBack = {"parent", "owner",     "self", "this",
                                                   "outer",  "enclosing", "prev", "previous"};
constexpr std::array<std::string_view, 4> kVague = {"host", "back", "up", "container"};

}  // namespace

std::string last_name(std::string_view path) {
  while (path.ends_with("[]")) path.remove_suffix(2);
  const std::size_t end = path.find_last_of(":. >");
  return std::string(end == std::string_view::npos ? path : path.substr(end + 1));
}

// A field is changed where it is declared, whatever leads to it: undone and redone commands are one
// class. And a container's elements go together, whichever of its nodes leads to which.
std::uint64_t CandidateList::key_of(std::uint32_t path) const {
  const MemberPath& p = paths_.path(path);
  if (!p.field) return mix(3, path);
  if (p.is_field) return mix(1, stable_hash(*p.field));
  const std::size_t at = p.field->starts_with("captured ") ? std::string::npos : p.text.rfind(*p.field);
  return mix(2, stable_hash(std::string_view(p.text).substr(at == std::string::npos ? 0 : at)));
}

Candidate CandidateList::describe(std::uint32_t path, std::uint32_t row) const {
  const auto& slot = heap_.index.slot(row);
  const MemberPath& p = paths_.path(path);
  Candidate fresh;
  fresh.path = path;
  fresh.example = row;
  fresh.target_type = heap_.typing.object_types[slot.object];
  const std::uint32_t holder = heap_.typing.regions[slot.block].object;
  if (holder != kNone) fresh.holder_type = heap_.typing.object_types[holder];
  const bool bound = p.text.find("bound argument ") != std::string::npos;
  const std::string name = bare_name(last_name(p.text));
  fresh.capture = bound || p.text.find("captured ") != std::string::npos;
  // The first that is bound is what the member function is called on.
  fresh.back_name = is_called(name, kBack) || p.text.ends_with("bound argument 1");
  fresh.vague_name = is_called(name, kVague);
  // boost's signal keeps what it holds in a member of its own: Button::clicked._pimpl.
  const bool inside_member = p.field && p.text.ends_with(std::string("._") + name);
  fresh.librarys = p.field && (is_librarys(*p.field) || inside_member) && !fresh.capture;
  return fresh;
}

std::uint32_t CandidateList::add(const Cycle& cycle, std::uint32_t row) {
  const std::uint32_t path = paths_.of_slot(row);
  added_.insert(path);
  const auto [at, is_new] = by_key_.try_emplace(key_of(path), static_cast<std::uint32_t>(candidates_.size()));
  if (is_new) candidates_.push_back(describe(path, row));
  const auto& slot = heap_.index.slot(row);
  Candidate& candidate = candidates_[at->second];
  ++candidate.references;
  leads_to_.push_back(std::uint64_t{at->second} << 32 | slot.object);
  if (candidate.target_type != heap_.typing.object_types[slot.object]) candidate.target_type = kNone;
  const std::uint32_t holder = heap_.typing.regions[slot.block].object;
  if (holder == kNone) return at->second;
  const bool births_known =
      heap_.index.object(holder).birth != 0 && heap_.index.object(slot.object).birth != 0;
  candidate.births_unknown += !births_known;
  candidate.backward += heap_.index.seniority(slot.object) <= heap_.index.seniority(holder);
  candidate.to_first += slot.object == cycle.first_born;
  candidate.to_self += slot.object == holder;
  return at->second;
}

std::vector<std::string> CandidateList::names() const {
  std::set<std::string> names;
  for (const std::uint32_t number : added_) {
    const MemberPath& path = paths_.path(number);
    names.insert(path.text);
    if (path.member) names.insert(*path.member);
    if (path.field) names.insert(*path.field);
  }
  return {names.begin(), names.end()};
}

void CandidateList::count_targets() {
  std::sort(leads_to_.begin(), leads_to_.end());
  leads_to_.erase(std::unique(leads_to_.begin(), leads_to_.end()), leads_to_.end());
  for (const std::uint64_t pair : leads_to_) ++candidates_[pair >> 32].targets;
  leads_to_ = {};
}

std::string_view CandidateList::name_before_offsets(std::uint32_t number) const {
  const MemberPath& path = paths_.path(candidates_[number].path);
  return path.field ? before_offsets(path.text) : std::string_view();
}

Candidate CandidateList::joined(std::span<const std::uint32_t> numbers) const {
  Candidate all = candidates_[numbers.front()];
  all.is_joined = numbers.size() > 1;
  for (const std::uint32_t number : numbers.subspan(1)) {
    const Candidate& other = candidates_[number];
    all.references += other.references;
    all.backward += other.backward;
    all.to_first += other.to_first;
    all.to_self += other.to_self;
    all.births_unknown += other.births_unknown;
  }
  return all;
}

std::uint32_t CandidateList::find(std::uint32_t row) const {
  const auto at = by_key_.find(key_of(paths_.of_slot(row)));
  return at == by_key_.end() ? kNone : at->second;
}

namespace {

// Smaller is better. Where nobody has told births, the order of allocation is guessed from addresses: good
// for one cut to come first, no ground for calling another worse.
auto merits(const Candidate& c, bool with_guess) {
  const bool many_to_one = 2 * c.references >= 3 * c.targets;
  const bool mostly_backward = 2 * c.backward > c.references && (with_guess || c.births_unknown == 0);
  return std::tuple(c.librarys, !c.back_name, !many_to_one, !mostly_backward, !c.vague_name, !c.capture);
}

}  // namespace

std::vector<std::uint32_t> CandidateList::ranked() const {
  std::vector<std::uint32_t> order(candidates_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto type_name = [&](std::uint32_t type) {
    return type == kNone ? std::string_view() : std::string_view(heap_.typing.type_names[type]);
  };
  const auto rank = [&](std::uint32_t i) {
    const Candidate& c = candidates_[i];
    return std::tuple(merits(c, true), c.references, std::string_view(paths_.path(c.path).text),
                      type_name(c.holder_type));
  };
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
  return order;
}

bool CandidateList::equally_good(std::uint32_t a, std::uint32_t b) const {
  return merits(candidates_[a], false) == merits(candidates_[b], false);
}

}  // namespace gordian
