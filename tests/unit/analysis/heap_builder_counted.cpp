// heap_builder_counted.cpp - HeapBuilder's objects that count their handles themselves.
#include <algorithm>

#include "heap_builder.h"

namespace gordian::testing {
namespace {

constexpr std::uint64_t kCountBytes = 8;
constexpr std::uint64_t kHandleBytes = 8;

}  // namespace

// The count comes before the members, and before words without a type.
void HeapBuilder::reserve_count(Ref ref) {
  Thing& fresh = thing(ref);
  fresh.counts_itself = true;
  fresh.size = 0;
  fresh.used = fresh.next_untyped = kCountBytes;
  const bool is_new = !offsets_.contains({fresh.type, "the count"});
  const std::uint64_t at = member_offset(fresh.type, "the count", kCountBytes);
  if (is_new) types_.set_count(types_.type(fresh.type), at);
}

Ref HeapBuilder::counted(const std::string& name, const std::string& type) {
  const bool is_new = !blocks_.contains(name);
  const Ref ref = block(name);
  if (is_new) {
    thing(ref).type = type.empty() ? name : type;
    reserve_count(ref);
  }
  return ref;
}

Ref HeapBuilder::announced(const std::string& name, const std::string& type) {
  const bool is_new = !objects_.contains(name);
  const Ref ref = object(name);
  if (is_new) {
    thing(ref).type = type.empty() ? name : type;
    reserve_count(ref);
  }
  return ref;
}

void HeapBuilder::add_counted_handle(Ref from, Ref to, const std::string& member, std::uint64_t offset) {
  Thing& holder = thing(from);
  std::uint64_t at = holder.next_untyped;
  if (member.empty()) {
    holder.next_untyped += kHandleBytes;
  } else {
    at = member_offset(holder.type, member, kHandleBytes);
    Word word;
    word.kind = WordKind::counted_handle;
    word.member = word.path = holder.type + "::" + member;
    word.type = "Ref<" + thing(to).type + ">";
    word.declared = word.type;
    word.element = types_.type(thing(to).type);
    set_member(holder.type, at, word);
  }
  holder.used = std::max(holder.used, at + kHandleBytes);
  holder.words.push_back({at, false, true, to.index_, offset, Counts::strong, snapshot::SlotLog::none});
}

Ref Ref::holds(Ref target, const std::string& member, std::uint64_t offset) {
  heap_->add_counted_handle(*this, target, member, offset);
  return *this;
}
Ref Ref::holds(const std::string& target, const std::string& member) {
  const bool announced = heap_->objects_.contains(target);
  return holds(announced ? heap_->object(target) : heap_->counted(target), member);
}

Ref Ref::shares(const std::string& target, const std::string& member, std::uint64_t offset) {
  const Ref counts = heap_->counted(target + "'s count", "Counts");
  const Ref object = heap_->block(target);
  HeapBuilder::Thing& holder = heap_->thing(*this);
  const std::uint64_t at = heap_->member_offset(holder.type, member, 2 * kHandleBytes);
  Word word;
  word.kind = WordKind::counted_handle;
  word.member = word.path = holder.type + "::" + member;
  word.type = "Shared<" + heap_->thing(object).type + ">";
  word.declared = word.type;
  word.element = heap_->types_.type("Counts");
  word.managed = heap_->types_.type(heap_->thing(object).type);
  word.managed_at = -static_cast<std::int32_t>(kHandleBytes);
  Word managed;
  managed.kind = WordKind::not_a_slot;
  heap_->set_member(holder.type, at, managed);
  heap_->set_member(holder.type, at + kHandleBytes, word);
  heap_->add_pointer(*this, at, object, offset);
  heap_->add_pointer(*this, at + kHandleBytes, counts, 0);
  heap_->thing(*this).words.back().counts = HeapBuilder::Counts::strong;
  return *this;
}

Ref Ref::vector_of_counted(const std::string& member, const std::vector<std::string>& kids,
                           const std::vector<std::string>& left_behind) {
  const std::string name = heap_->thing(*this).type + "::" + member;
  Ref buffer = heap_->block(name + " of " + std::to_string(index_));
  for (const auto& kid : kids) buffer.holds(kid);
  for (const auto& kid : left_behind) {
    heap_->counted(kid);
    buffer.points_to(kid);
  }
  Word word;
  word.kind = WordKind::vector_begin;
  word.member = word.path = name;
  word.element = heap_->types_.type("Ref");
  word.element_size = kHandleBytes;
  heap_->types_.set_size(word.element, kHandleBytes);
  Word handle;
  handle.kind = WordKind::counted_handle;
  handle.type = "Ref<?>";
  handle.element =
      kids.empty() ? TypeId::none : heap_->types_.type(heap_->thing(heap_->counted(kids.front())).type);
  heap_->types_.set_word(word.element, 0, handle);
  const std::uint64_t offset = heap_->member_offset(heap_->thing(*this).type, member, 3 * kHandleBytes);
  heap_->set_member(heap_->thing(*this).type, offset, word);
  heap_->add_pointer(*this, offset, buffer, 0);
  heap_->add_pointer(*this, offset + 8, buffer, kHandleBytes * kids.size());
  heap_->add_pointer(*this, offset + 16, buffer, kHandleBytes * (kids.size() + left_behind.size()));
  return *this;
}

void HeapBuilder::write_counts(Snapshot& snapshot) {
  for (const Thing& thing : things_) {
    if (!thing.counts_itself || thing.is_object || thing.use_count == 0) continue;
    const auto& block = snapshot.blocks[thing.own_block];
    const auto words =
        std::count_if(snapshot.pointers.begin(), snapshot.pointers.end(),
                      [&](const auto& pointer) { return pointer.value - block.address < block.size; });
    if (thing.use_count <= static_cast<std::uint64_t>(words)) {
      snapshot.counts.push_back({block.address, thing.use_count, 0});
    }
  }
  std::sort(snapshot.counts.begin(), snapshot.counts.end(),
            [](const auto& a, const auto& b) { return a.address < b.address; });
}

std::uint32_t HeapBuilder::stack_of(const Thing& thing, Snapshot& snapshot) const {
  if (thing.made_at == 0) return 0;
  snapshot.stacks.push_back({static_cast<std::uint32_t>(snapshot.frames.size()), 1});
  snapshot.frames.push_back(thing.made_at);
  return static_cast<std::uint32_t>(snapshot.stacks.size() - 1);
}

}  // namespace gordian::testing
