// heap_builder.cpp - from what a test tells to the rows of a snapshot.
//
// A make_shared object is one block: 16 bytes of control block, then the object. Others
// are two blocks, and the control block has room for what a deleter captures. Members lie
// at the same offset in all objects of a type; words without a type follow from +0x400.
#include "heap_builder.h"

#include <algorithm>
#include <tuple>

namespace gordian::testing {
namespace {

using snapshot::kNone;
using snapshot::Place;
using snapshot::SlotLog;

constexpr std::uint64_t kUntypedAt = 0x400;  // the first word without a type

std::string in_control_of(const std::string& type) {
  return "control block of " + type;
}

Word handle_word(WordKind kind, const std::string& member, const std::string& target_type) {
  Word word;
  word.kind = kind;
  word.member = word.path = member;
  if (kind == WordKind::strong_handle) word.type = "std::shared_ptr<" + target_type + ">";
  if (kind == WordKind::weak_handle) word.type = "std::weak_ptr<" + target_type + ">";
  word.declared = word.type;
  return word;
}

}  // namespace

Ref HeapBuilder::add_object(const std::string& type) {
  Thing fresh;
  fresh.is_object = true;
  fresh.type = type;
  fresh.size = 48;
  fresh.next_untyped = kUntypedAt;
  things_.push_back(std::move(fresh));
  return {*this, static_cast<std::uint32_t>(things_.size() - 1)};
}

Ref HeapBuilder::object(const std::string& name) {
  const auto found = objects_.find(name);
  if (found != objects_.end()) return {*this, found->second};
  const Ref ref = add_object(name);
  objects_.emplace(name, ref.index_);
  return ref;
}

Ref HeapBuilder::block(const std::string& name) {
  const auto found = blocks_.find(name);
  if (found != blocks_.end()) return {*this, found->second};
  const Ref ref = add_object(name);
  thing(ref).is_object = false;
  thing(ref).size = 0;
  thing(ref).next_untyped = 0;
  blocks_.emplace(name, ref.index_);
  return ref;
}

// Where `member` of `type` lies; room is made on first sight.
std::uint64_t HeapBuilder::member_offset(const std::string& type, const std::string& member,
                                         std::uint64_t bytes) {
  const auto [at, is_new] = offsets_.try_emplace({type, member}, ends_[type]);
  if (is_new) {
    ends_[type] += bytes;
    types_.set_size(types_.type(type), ends_[type]);
  }
  return at->second;
}

// A member is the same in the type itself and in a control block that holds one.
void HeapBuilder::set_member(const std::string& type, std::uint64_t offset, const Word& word) {
  types_.set_word(types_.type(type), offset, word);
  types_.set_word(types_.type(in_control_of(type)), kHeader + offset, word);
}

void HeapBuilder::add_handle(Ref from, Ref to, const std::string& member, Counts counts, WordKind kind,
                             SlotLog log) {
  Thing& holder = thing(from);
  std::uint64_t handle;
  if (member.empty()) {
    handle = holder.next_untyped;
    holder.next_untyped += 16;
  } else {
    handle = member_offset(holder.type, member, 16);
    const std::string name = member.starts_with("captured ") ? member : holder.type + "::" + member;
    set_member(holder.type, handle + 8, handle_word(kind, name, thing(to).type));
  }
  holder.used = std::max(holder.used, handle + 16);
  holder.words.push_back({handle + 8, false, false, to.index_, 0, counts, log});
}

void HeapBuilder::add_deleter_handle(Ref from, Ref to, const std::string& member, Counts counts) {
  Thing& holder = thing(from);
  holder.in_place = false;
  const std::string type = "deleter of " + holder.type;
  const auto earlier =
      std::count_if(holder.words.begin(), holder.words.end(), [](const WordSpec& w) { return w.in_control; });
  const std::string place = member.empty() ? "without a name " + std::to_string(earlier) : member;
  const std::uint64_t handle = kHeader + 8 + member_offset(type, place, 16);
  if (!member.empty()) {
    const WordKind kind = counts == Counts::strong ? WordKind::strong_handle : WordKind::weak_handle;
    types_.set_word(types_.type("separate " + in_control_of(holder.type)), handle + 8,
                    handle_word(kind, "deleter." + member, thing(to).type));
  }
  holder.words.push_back({handle + 8, true, false, to.index_, 0, counts, SlotLog::none});
}

void HeapBuilder::add_pointer(Ref from, std::uint64_t offset, Ref to, std::uint64_t target_offset) {
  Thing& holder = thing(from);
  holder.used = std::max(holder.used, offset + 8);
  holder.words.push_back({offset, false, true, to.index_, target_offset, Counts::none, SlotLog::none});
}

void HeapBuilder::slot(Place place, const std::string& target) {
  roots_.push_back({place, object(target).index_, Counts::strong, SlotLog::none});
}
void HeapBuilder::stale_slot(Place place, const std::string& target) {
  roots_.push_back({place, object(target).index_, Counts::none, SlotLog::none});
}
void HeapBuilder::weak_slot(Place place, const std::string& target, SlotLog log) {
  roots_.push_back({place, object(target).index_, Counts::weak, log});
}

Ref Ref::owns(Ref target, const std::string& member) {
  heap_->add_handle(*this, target, member, HeapBuilder::Counts::strong, WordKind::strong_handle,
                    SlotLog::none);
  return *this;
}
Ref Ref::sees(Ref target, const std::string& member) {
  heap_->add_handle(*this, target, member, HeapBuilder::Counts::weak, WordKind::weak_handle, SlotLog::none);
  return *this;
}
Ref Ref::stale(Ref target, const std::string& member) {
  heap_->add_handle(*this, target, member, HeapBuilder::Counts::none, WordKind::not_a_slot, SlotLog::none);
  return *this;
}
Ref Ref::owns(const std::string& target, const std::string& member) {
  return owns(heap_->object(target), member);
}
Ref Ref::sees(const std::string& target, const std::string& member) {
  return sees(heap_->object(target), member);
}
Ref Ref::stale(const std::string& target, const std::string& member) {
  return stale(heap_->object(target), member);
}
Ref Ref::owns_logged(const std::string& target) {
  heap_->add_handle(*this, heap_->object(target), "", HeapBuilder::Counts::strong, {}, SlotLog::strong);
  return *this;
}
Ref Ref::sees_logged(const std::string& target) {
  heap_->add_handle(*this, heap_->object(target), "", HeapBuilder::Counts::weak, {}, SlotLog::weak);
  return *this;
}
Ref Ref::sees_logged_as_strong_type(const std::string& target, const std::string& member) {
  heap_->add_handle(*this, heap_->object(target), member, HeapBuilder::Counts::weak, WordKind::strong_handle,
                    SlotLog::weak);
  return *this;
}
Ref Ref::alternative(const std::string& target, const std::string& member, bool alive) {
  const Ref to = heap_->object(target);
  heap_->add_handle(*this, to, member, alive ? HeapBuilder::Counts::strong : HeapBuilder::Counts::none,
                    WordKind::strong_handle, SlotLog::none);
  const std::string& type = heap_->thing(*this).type;
  const std::uint64_t handle = heap_->member_offset(type, member, 16);
  Word word = handle_word(WordKind::strong_handle, type + "::" + member, heap_->thing(to).type);
  word.may_be_dead = true;
  heap_->set_member(type, handle + 8, word);
  return *this;
}
Ref Ref::may_own(const std::string& target, const std::string& member) {
  alternative(target, member, true);
  heap_->add_pointer(*this, heap_->member_offset(heap_->thing(*this).type, member, 16), heap_->object(target),
                     0);
  return *this;
}
Ref Ref::left_behind(const std::string& target, const std::string& member) {
  alternative(target, member, false);
  heap_->add_pointer(*this, heap_->member_offset(heap_->thing(*this).type, member, 16), heap_->object(target),
                     0);
  return *this;
}
Ref Ref::overwritten(const std::string& target, const std::string& member) {
  return alternative(target, member, false);
}
Ref Ref::deleter_owns(const std::string& target, const std::string& member) {
  heap_->add_deleter_handle(*this, heap_->object(target), member, HeapBuilder::Counts::strong);
  return *this;
}
Ref Ref::deleter_sees(const std::string& target, const std::string& member) {
  heap_->add_deleter_handle(*this, heap_->object(target), member, HeapBuilder::Counts::weak);
  return *this;
}

Ref Ref::points_to(const std::string& block, const std::string& member, std::uint64_t target_offset) {
  Ref to = heap_->block(block);
  HeapBuilder::Thing& holder = heap_->thing(*this);
  std::uint64_t offset = holder.next_untyped;
  if (member.empty()) {
    holder.next_untyped += 8;
  } else {
    offset = heap_->member_offset(holder.type, member, 8);
    Word word;
    word.kind = WordKind::pointer;
    word.member = word.path = holder.type + "::" + member;
    word.type = heap_->thing(to).type + "*";
    word.element = heap_->types_.type(heap_->thing(to).type);
    heap_->set_member(holder.type, offset, word);
  }
  heap_->add_pointer(*this, offset, to, target_offset);
  return *this;
}

Ref Ref::vector(const std::string& member, const std::vector<std::string>& kids,
                const std::vector<std::string>& left_behind) {
  const std::string name = heap_->thing(*this).type + "::" + member;
  Ref buffer = heap_->block(name + " of " + std::to_string(index_));
  for (const auto& kid : kids) buffer.owns(kid);
  for (const auto& kid : left_behind) buffer.stale(kid);
  Word word;
  word.kind = WordKind::vector_begin;
  word.member = word.path = name;
  word.element = heap_->types_.type("handle");
  word.element_size = 16;
  Word handle;
  handle.kind = WordKind::strong_handle;
  handle.type =
      "std::shared_ptr<" + (kids.empty() ? "?" : heap_->thing(heap_->object(kids.front())).type) + ">";
  heap_->types_.set_word(word.element, 8, handle);
  const std::uint64_t offset = heap_->member_offset(heap_->thing(*this).type, member, 24);
  heap_->set_member(heap_->thing(*this).type, offset, word);
  heap_->add_pointer(*this, offset, buffer, 0);
  heap_->add_pointer(*this, offset + 8, buffer, 16 * kids.size());
  heap_->add_pointer(*this, offset + 16, buffer, 16 * (kids.size() + left_behind.size()));
  return *this;
}

Ref Ref::vector_of(const std::string& member, const std::string& element, const std::string& field,
                   const std::vector<std::string>& kids) {
  const std::string name = heap_->thing(*this).type + "::" + member;
  Ref buffer = heap_->block(name + " of " + std::to_string(index_));
  heap_->thing(buffer).size = 24 * kids.size();
  std::uint64_t at = 0;
  for (const auto& kid : kids) {
    heap_->thing(buffer).next_untyped = at + 8;
    buffer.owns(kid);
    at += 24;
  }
  Word word;
  word.kind = WordKind::vector_begin;
  word.member = word.path = name;
  word.element = heap_->types_.type(element);
  word.element_size = 24;
  heap_->types_.set_size(word.element, 24);
  heap_->types_.set_word(word.element, 16,
                         handle_word(WordKind::strong_handle, element + "::" + field,
                                     heap_->thing(heap_->object(kids.front())).type));
  const std::uint64_t offset = heap_->member_offset(heap_->thing(*this).type, member, 24);
  heap_->set_member(heap_->thing(*this).type, offset, word);
  heap_->add_pointer(*this, offset, buffer, 0);
  heap_->add_pointer(*this, offset + 8, buffer, at);
  heap_->add_pointer(*this, offset + 16, buffer, at);
  return *this;
}

Ref Ref::type(const std::string& name) {
  heap_->thing(*this).type = name;
  return *this;
}
Ref Ref::dynamic_type(const std::string& name) {
  heap_->thing(*this).dynamic = name;
  return *this;
}
Ref Ref::bytes(std::uint64_t size) {
  heap_->thing(*this).size = size;
  return *this;
}
Ref Ref::separate() {
  heap_->thing(*this).in_place = false;
  return *this;
}
Ref Ref::adopted() {
  heap_->thing(*this).adopted = true;
  return separate();
}
Ref Ref::refers_to(const std::string& object) {
  const Ref to = heap_->object(object);
  HeapBuilder::Thing& holder = heap_->thing(*this);
  const std::uint64_t offset = holder.next_untyped;
  holder.next_untyped += 8;
  heap_->add_pointer(*this, offset, to, 0);
  return *this;
}
Ref Ref::untyped() {
  heap_->thing(*this).named_type = false;
  return *this;
}
Ref Ref::unlocated(std::uint32_t handles) {
  heap_->thing(*this).unlocated = handles;
  return *this;
}
Ref Ref::seen_handles(std::uint32_t handles) {
  heap_->thing(*this).seen_handles = handles;
  return *this;
}
Ref Ref::seen() {
  heap_->thing(*this).seen = true;
  return *this;
}
Ref Ref::ignored() {
  heap_->thing(*this).ignored = true;
  return *this;
}
Ref Ref::made_at(std::uint64_t frame) {
  heap_->thing(*this).made_at = frame;
  return *this;
}
Ref Ref::no_birth() {
  heap_->thing(*this).has_birth = false;
  return *this;
}

}  // namespace gordian::testing
