// words.cpp - the table of words, and hashes that last.
#include "analysis/words.h"

#include <algorithm>
#include <utility>

namespace gordian {
namespace {

// A word of this kind and without a path: the whole type is a handle, a pointer or a vector.
bool is_value_itself(WordKind kind) {
  return kind != WordKind::unknown && kind != WordKind::not_a_slot;
}

}  // namespace

WordId WordTable::untyped(std::uint64_t offset) {
  return static_cast<WordId>(kUntyped |
                             static_cast<std::uint32_t>(std::min<std::uint64_t>(offset, kUntyped - 1)));
}

WordId WordTable::typed(TypeId type, std::uint64_t offset) {
  if (offset >= kUntyped) return untyped(offset);
  const std::uint64_t place = (std::uint64_t{static_cast<std::uint32_t>(type)} << 32) | offset;
  const auto [at, is_new] = by_place_.try_emplace(place);
  if (!is_new) return at->second;
  return at->second = add(types_->word_at(type, offset), offset);
}

WordId WordTable::add(Word word, std::uint64_t offset) {
  if (word.kind == WordKind::unknown && word.path.empty()) return untyped(offset);
  const auto id = static_cast<WordId>(static_cast<std::uint32_t>(entries_.size()));
  std::string shape = without_indexes(word.path);
  const bool by_offset = shape.empty() && !is_value_itself(word.kind);
  const std::uint64_t hash = by_offset ? shape_hash(untyped(offset)) : stable_hash(shape);
  entries_.push_back({std::move(word), std::move(shape), hash});
  return id;
}

WordId WordTable::link(TypeId element, std::uint64_t element_size) {
  const auto [at, is_new] = links_.try_emplace(static_cast<std::uint32_t>(element));
  if (!is_new) return at->second;
  Word word;
  word.kind = WordKind::link;
  word.element = element;
  word.element_size = element_size;
  return at->second = add(std::move(word), 0);
}

WordId WordTable::handle_around(WordId inside, bool in_object) {
  const auto key = (std::uint64_t{static_cast<std::uint32_t>(inside)} << 1) | (in_object ? 1u : 0u);
  const auto [at, is_new] = handles_.try_emplace(key);
  if (!is_new) return at->second;
  Word handle = word(inside);
  handle.kind = WordKind::counted_handle;
  // The pointer in a gordian::handle, which is the pointer in a smart pointer of somebody's own.
  constexpr std::string_view kPointerOfHandle = ".counted_pointer_";
  if (handle.path.ends_with(kPointerOfHandle))
    handle.path.resize(handle.path.size() - kPointerOfHandle.size());
  const std::size_t dot = handle.path.rfind('.');
  if (dot != std::string::npos) {
    handle.path.resize(dot);
    if (handle.path.find('.') == std::string::npos) handle.type = handle.declared;  // that of the handle
  } else if (!in_object) {
    handle.path.clear();
    handle.member.clear();
    handle.file.clear();
    handle.line = 0;
  }
  return at->second = add(std::move(handle), 0);
}

WordId WordTable::stored(WordId outer, WordId inner) {
  if (!known(inner)) return outer;
  const auto key =
      (std::uint64_t{static_cast<std::uint32_t>(outer)} << 32) | static_cast<std::uint32_t>(inner);
  const auto [at, is_new] = by_holder_.try_emplace(key);
  if (!is_new) return at->second;
  const Word& holder = word(outer);
  Word joined = word(inner);
  if (joined.path.empty()) {
    joined.path = holder.path;
  } else if (!holder.path.empty()) {
    joined.path = holder.path + " -> " + joined.path;
  }
  if (!holder.member.empty()) {
    joined.member = holder.member;
    joined.declared = holder.declared;
    joined.file = holder.file;
    joined.line = holder.line;
  }
  joined.may_be_dead = joined.may_be_dead || holder.may_be_dead;
  joined.may_be_unmade = joined.may_be_unmade || holder.may_be_unmade;
  return at->second = add(std::move(joined), holder.erased.at);
}

bool WordTable::nameless(WordId id) const {
  return !known(id) || (word(id).path.empty() && !is_value_itself(word(id).kind));
}

std::string_view WordTable::shape(WordId id) const {
  if (!known(id)) return {};
  return entries_[static_cast<std::uint32_t>(id)].shape;
}

std::uint64_t WordTable::shape_hash(WordId id) const {
  if (!known(id)) return mix(stable_hash("offset"), static_cast<std::uint32_t>(id));
  return entries_[static_cast<std::uint32_t>(id)].hash;
}

std::optional<UniquePtr> unique_ptr_of(std::string_view type) {
  constexpr std::string_view kPrefix = "std::unique_ptr<";
  if (!type.starts_with(kPrefix)) return std::nullopt;
  UniquePtr found;
  int depth = 0;  // within the arguments
  std::size_t end = kPrefix.size();
  for (; end < type.size() && depth >= 0 && !found.own_deleter; ++end) {
    const char c = type[end];
    depth += (c == '<' || c == '(') - (c == '>' || c == ')');
    found.own_deleter = c == ',' && depth == 0;
  }
  found.array = type.substr(0, end - 1).ends_with("[]");
  return found;
}

std::string without_indexes(std::string_view path) {
  std::string result;
  for (std::size_t i = 0; i < path.size(); ++i) {
    result += path[i];
    if (path[i] != '[') continue;
    const std::size_t close = path.find_first_not_of("0123456789", i + 1);
    if (close != std::string_view::npos && path[close] == ']') i = close - 1;
  }
  return result;
}

std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return hash;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  // The finaliser of splitmix64 over a position-dependent sum.
  std::uint64_t x = hash * 0x9e3779b97f4a7c15u + value + 0x632be59bd9b4e019u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

}  // namespace gordian
