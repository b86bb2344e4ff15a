// paths.cpp - one step at a time: a member, an element, a pointer, or an offset.
#include "analysis/paths.h"

#include <charconv>
#include <string_view>
#include <utility>

namespace gordian {
namespace {

using snapshot::kNone;

enum class Indexes { shown, left_out };

std::string hex_offset(std::uint64_t offset) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, offset, 16).ptr;
  return "+0x" + std::string(digits, end);
}

// A shared_ptr is two words, the pointer and the control block: the member starts at the first.
std::uint64_t start_of_handle(std::uint64_t control_word) {
  return control_word >= 8 ? control_word - 8 : control_word;
}

struct Step {
  std::uint32_t block = kNone;
  std::uint64_t address = 0;
  WordId id{};
  bool is_slot = false;
  bool is_second = false;  // of a handle's two words
};

// A handle to what counts itself is one word, unless the count lies apart.
Step slot_step(const Heap& heap, std::uint32_t row) {
  const auto& slot = heap.index.slot(row);
  const WordId id = heap.typing.slot_words[row];
  const bool behind_other = WordTable::known(id) && heap.typing.words.word(id).managed_at < 0;
  return {slot.block, slot.address, id, true, behind_other || !heap.index.counts_itself(slot.object)};
}

Step step_of(const Heap& heap, const Edge& edge) {
  const std::uint32_t row = HeapGraph::row(edge);
  if (HeapGraph::kind(edge) == EdgeKind::slot) return slot_step(heap, row);
  const std::uint64_t address = heap.index.pointer(row).address;
  return {heap.index.block_holding(address), address, heap.typing.pointer_words[row], false};
}

std::string_view name_of(const Heap& heap, const Step& step, Indexes indexes) {
  if (!WordTable::known(step.id)) return {};
  return indexes == Indexes::shown ? std::string_view(heap.typing.words.word(step.id).path)
                                   : heap.typing.words.shape(step.id);
}

// "Edge::to.x" within an element is "to.x": the element's type is known from the container. A
// handle that is the element itself has no field.
std::string_view field_of(const Word& word, std::string_view path) {
  const std::size_t colons = word.member.rfind("::");
  if (colons == std::string::npos || !path.starts_with(word.member.substr(0, colons))) return path;
  return path.substr(colons + 2);
}

// Offset of the word, or of the handle that it is part of, from `base`.
std::uint64_t offset_from(std::uint64_t base, const Step& step) {
  const std::uint64_t offset = step.address - base;
  return step.is_second ? start_of_handle(offset) : offset;
}

// Where offsets in an object's own block are counted from: the managed object's start, or, in
// a control block that holds no object, its own.
struct Origin {
  std::uint64_t address;
  bool in_control_block;
};

Origin origin_of(const Heap& heap, const Step& step) {
  const auto& block = heap.index.block(step.block);
  if (block.object == kNone) return {block.address, false};
  const auto& object = heap.index.object(block.object);
  const std::uint64_t managed = heap.index.managed_start(block.object);
  if (managed >= block.address && managed - block.address < block.size && step.address >= managed) {
    return {managed, false};
  }
  const bool control = object.control_block == step.block;
  return {control ? object.control : block.address, control};
}

// Which element of an array of objects under one count it is, as "[2]"; "" for a single object.
std::string element_of_array(const Heap& heap, const Step& step, Indexes indexes) {
  const Region& region = heap.typing.regions[step.block];
  const WordPlace place = place_in(region, heap.index.block(step.block), step.address);
  if (region.kind != RegionKind::array || place.outside) return {};
  return indexes == Indexes::shown ? "[" + std::to_string(place.element) + "]" : "[]";
}

void append_first(const Heap& heap, const Step& step, Indexes indexes, std::string& text) {
  const std::string element = element_of_array(heap, step, indexes);
  if (const auto name = name_of(heap, step, indexes); !name.empty()) {
    // Tree[2]::next, as it is Tree::next in a single object.
    const std::string_view field = field_of(heap.typing.words.word(step.id), name);
    const std::size_t of_class = name.size() == field.size() ? 0 : name.size() - field.size() - 2;
    text += name.substr(0, of_class);
    text += element;
    text += name.substr(of_class);
    return;
  }
  if (!heap.typing.words.nameless(step.id)) {
    // The managed object is itself a container or a handle.
    text += heap.typing.words.word(step.id).type + element;
    return;
  }
  const Origin origin = origin_of(heap, step);
  if (origin.in_control_block) text += "control block ";
  text += hex_offset(offset_from(origin.address, step));
}

void append_element(const Heap& heap, const Step& step, const WordPlace& place, Indexes indexes,
                    std::string& text) {
  const std::uint64_t first = heap.typing.regions[step.block].first;
  const bool counted = !heap.typing.regions[step.block].may_be_dead;
  text += indexes == Indexes::shown && counted ? "[" + std::to_string(first + place.element) + "]" : "[]";
  if (heap.typing.words.nameless(step.id)) {
    text += hex_offset(step.is_second ? start_of_handle(place.offset) : place.offset);
    return;
  }
  const std::string_view field = field_of(heap.typing.words.word(step.id), name_of(heap, step, indexes));
  if (field.empty()) return;
  text += field.starts_with("captured ") ? " -> " : ".";
  text += field;
}

void append_next(const Heap& heap, const Step& step, Indexes indexes, std::string& text) {
  const Region& region = heap.typing.regions[step.block];
  const auto& block = heap.index.block(step.block);
  const WordPlace place = place_in(region, block, step.address);
  const bool has_elements = region.kind == RegionKind::elements || region.kind == RegionKind::array;
  if (has_elements && !place.spare && !place.outside) return append_element(heap, step, place, indexes, text);
  if (heap.typing.words.nameless(step.id)) {
    text += " -> " + hex_offset(offset_from(block.address, step));
    return;
  }
  if (const auto name = name_of(heap, step, indexes); !name.empty()) {
    // What lies in a container's node: [key], [], .key
    const bool in_node = name.starts_with('[') || name.starts_with('.');
    if (!in_node) text += " -> ";
    text += name;
  }
}

// A hash of the word that `edge` goes through: of its name without indexes, or of its offset as
// a path shows it. Equal for all objects of a type, wherever they and their control blocks lie.
std::uint64_t step_hash(const Heap& heap, const Edge& edge) {
  const Step step = step_of(heap, edge);
  const std::uint64_t hash = heap.typing.words.shape_hash(step.id);
  if (heap.index.plain(step.block) || !heap.typing.words.nameless(step.id)) return hash;
  const Origin origin = origin_of(heap, step);
  return mix(origin.in_control_block ? 1 : 0, step.address - origin.address);
}

void append_in_variable(const Heap& heap, const Step& step, std::string& text) {
  if (!WordTable::known(step.id)) {
    text += " " + hex_offset(offset_from(heap.index.block(step.block).address, step));
    return;
  }
  const Word& word = heap.typing.words.word(step.id);
  const std::string_view field = field_of(word, word.path);
  if (!field.empty() && !field.starts_with('[')) text += field.starts_with("captured ") ? " -> " : ".";
  text += field;
}

// `append` is called for the first step.
template <typename Append>
std::string path_beginning_with(const Heap& heap, std::span<const Edge> way, Append append) {
  constexpr std::size_t kShownSteps = 12;
  std::string text;
  bool first = true;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < way.size(); ++i) {
    if (HeapGraph::kind(way[i]) == EdgeKind::storage) continue;
    const Step step = step_of(heap, way[i]);
    const std::size_t length = text.size();
    if (first) {
      append(step, text);
    } else if (shown < kShownSteps || i + 1 == way.size()) {
      append_next(heap, step, Indexes::shown, text);
    } else if (shown == kShownSteps) {
      text += " -> ...";
    }
    shown += text.size() != length;
    first = false;
  }
  return text;
}

}  // namespace

std::string path_along(const Heap& heap, std::span<const Edge> way) {
  return path_beginning_with(heap, way, [&](const Step& step, std::string& text) {
    append_first(heap, step, Indexes::shown, text);
  });
}

std::string path_from_variable(const Heap& heap, const std::string& variable, std::span<const Edge> way) {
  return path_beginning_with(heap, way, [&](const Step& step, std::string& text) {
    text += variable;
    append_in_variable(heap, step, text);
  });
}

std::optional<std::string> member_at(const Heap& heap, const Edge& first) {
  const Step step = step_of(heap, first);
  if (!WordTable::known(step.id)) return std::nullopt;
  const std::string& member = heap.typing.words.word(step.id).member;
  return member.empty() ? std::nullopt : std::optional(member);
}

std::optional<SourcePosition> declared_at(const Heap& heap, const Edge& first) {
  const Step step = step_of(heap, first);
  if (!WordTable::known(step.id)) return std::nullopt;
  const Word& word = heap.typing.words.word(step.id);
  if (word.member.empty() || word.file.empty()) return std::nullopt;
  return SourcePosition{word.file, word.line};
}

bool is_librarys(std::string_view name) {
  return name.starts_with("std::") || name.starts_with("boost::") || name.starts_with("__gnu_cxx::");
}

namespace {

// The field that one step goes through, where the way so far led to `before`.
std::optional<std::string> field_of_step(const Heap& heap, const Edge& edge,
                                         std::optional<std::string> before) {
  const WordId id = step_of(heap, edge).id;
  if (!WordTable::known(id)) return before;
  const Word& word = heap.typing.words.word(id);
  for (const char* stored : {"captured ", "bound argument "}) {
    const std::size_t at = word.path.rfind(stored);
    if (at == std::string::npos) continue;
    const std::optional<std::string> holder = before || at == 0 ? before : std::optional(word.member);
    return holder && !is_librarys(*holder) ? holder : word.path.substr(at);
  }
  if (word.member.empty() || (before && is_librarys(word.member))) return before;
  return word.member;
}

// The handle `row` is a field, which can be made another type of handle by itself.
bool is_field(const Heap& heap, std::uint32_t row) {
  const WordId id = heap.typing.slot_words[row];
  if (!WordTable::known(id) || heap.typing.words.nameless(id)) return false;
  const Word& word = heap.typing.words.word(id);
  return !word.member.empty() && !is_librarys(word.member) && word.declared == word.type &&
         word.path == word.member;
}

}  // namespace

std::optional<std::string> field_along(const Heap& heap, std::span<const Edge> way) {
  std::optional<std::string> field;
  for (const Edge& edge : way) {
    if (HeapGraph::kind(edge) != EdgeKind::storage) field = field_of_step(heap, edge, std::move(field));
  }
  return field;
}

std::optional<std::string> handle_type(const Heap& heap, std::uint32_t row) {
  const WordId id = heap.typing.slot_words[row];
  if (!WordTable::known(id) || heap.typing.words.word(id).type.empty()) return std::nullopt;
  return heap.typing.words.word(id).type;
}

std::uint64_t handle_offset(const Heap& heap, std::uint32_t row) {
  const Step step = slot_step(heap, row);
  return offset_from(origin_of(heap, step).address, step);
}

std::uint32_t MemberPaths::of_slot(std::uint32_t row) {
  return extend(of_block(heap_.index.slot(row).block), HeapGraph::slot_edge(row));
}

// The path to `block`: kNone for an object's own, and for one that no object reaches.
std::uint32_t MemberPaths::of_block(std::uint32_t block) {
  std::vector<std::uint32_t> chain;  // from `block` up to the first with a known path
  std::uint32_t path = kNone;
  for (std::uint32_t b = block;;) {
    if (of_block_[b] != kNone) {
      path = of_block_[b];
      break;
    }
    const std::uint32_t pointer = heap_.typing.regions[b].pointer;
    if (pointer == kNone) break;
    chain.push_back(b);
    b = heap_.index.block_holding(heap_.index.pointer(pointer).address);
  }
  for (; !chain.empty(); chain.pop_back()) {
    path = extend(path, HeapGraph::pointer_edge(heap_.typing.regions[chain.back()].pointer));
    of_block_[chain.back()] = path;
  }
  return path;
}

std::uint32_t MemberPaths::extend(std::uint32_t parent, const Edge& edge) {
  constexpr std::uint32_t kMostSteps = 8;
  const Step step = step_of(heap_, edge);
  std::uint64_t hash = step_hash(heap_, edge);
  const std::uint32_t owner = heap_.index.block(step.block).object;
  if (owner != kNone && heap_.typing.words.nameless(step.id)) {
    hash = mix(hash, heap_.typing.type_name_hash(owner));  // an offset means something in its type only
  } else if (owner == kNone) {
    hash = mix(hash, static_cast<std::uint64_t>(heap_.typing.regions[step.block].kind));
  }
  if (parent != kNone) {
    const MemberPath& to_parent = paths_[parent];
    const bool repeats = !step.is_slot && to_parent.last_step == hash;
    if (repeats || (!step.is_slot && to_parent.steps >= kMostSteps)) return parent;
  }
  const auto [at, is_new] =
      by_steps_.try_emplace(mix(hash, parent), static_cast<std::uint32_t>(paths_.size()));
  if (!is_new) return at->second;
  MemberPath path;
  path.last_step = hash;
  if (parent == kNone) {
    append_first(heap_, step, Indexes::left_out, path.text);
    path.member = member_at(heap_, edge);
    path.declared = declared_at(heap_, edge);
    if (path.member) path.member_type = heap_.typing.words.word(step.id).type;
  } else {
    path.text = paths_[parent].text;
    path.member = paths_[parent].member;
    path.declared = paths_[parent].declared;
    path.member_type = paths_[parent].member_type;
    path.steps = paths_[parent].steps + 1;
    append_next(heap_, step, Indexes::left_out, path.text);
  }
  path.field = field_of_step(heap_, edge, parent == kNone ? std::nullopt : paths_[parent].field);
  if (parent != kNone && path.field != paths_[parent].field) path.declared = declared_at(heap_, edge);
  if (path.field && path.member && path.field != path.member && is_librarys(*path.member)) {
    path.declared.reset();  // a capture that a library's class holds: the line would be the library's
  }
  path.is_field = step.is_slot && is_field(heap_, HeapGraph::row(edge));
  path.hash = stable_hash(path.text);
  paths_.push_back(std::move(path));
  return at->second;
}

}  // namespace gordian
