// heap_graph.cpp - one pass over the nodes, in order; words of a block by address.
#include "analysis/heap_graph.h"

namespace gordian {

using snapshot::kNone;

HeapGraph::HeapGraph(const HeapIndex& index, const SlotVerdicts& verdicts, const std::vector<bool>& borrowed)
    : index_(&index), borrowed_(&borrowed), objects_(index.object_count()) {
  plain_node_.assign(index.block_count(), kNoNode);
  for (std::uint32_t b = 0; b < index.block_count(); ++b) {
    if (!index.plain(b)) continue;
    plain_node_[b] = 2 * objects_ + static_cast<NodeId>(plain_blocks_.size());
    plain_blocks_.push_back(b);
  }
  const std::size_t nodes = 2 * std::size_t{objects_} + plain_blocks_.size();
  graph_.reserve(nodes, std::size_t{index.slot_count()} + index.pointer_count());
  bytes_.reserve(nodes);
  for (std::uint32_t o = 0; o < objects_; ++o) {
    add_whole(verdicts, o);
    bytes_.push_back(index.expired(o) ? 0 : index.size(o));
  }
  for (std::uint32_t o = 0; o < objects_; ++o) {
    add_control_part(verdicts, o);
    bytes_.push_back(index.expired(o) ? index.size(o) : 0);
  }
  for (const std::uint32_t b : plain_blocks_) {
    graph_.add_node();
    add_words(verdicts, b);
    bytes_.push_back(index.block(b).size);
  }
}

NodeId HeapGraph::node_of_block(std::uint32_t block) const {
  if (plain_node_[block] != kNoNode) return plain_node_[block];
  const std::uint32_t object = index_->block(block).object;
  const bool control = index_->object(object).control_block == block && !index_->in_place(object);
  return control ? control_part(object) : whole(object);
}

void HeapGraph::add_whole(const SlotVerdicts& verdicts, std::uint32_t object) {
  graph_.add_node();
  const auto& row = index_->object(object);
  if (index_->expired(object)) return;
  const bool in_place = index_->in_place(object);
  if (in_place && index_->owns_control_block(object)) add_words(verdicts, row.control_block);
  if (index_->owns_managed_block(object)) {
    add_words(verdicts, row.managed_block);
  } else if (row.managed_block != kNone && index_->plain(row.managed_block)) {
    graph_.add_edge(plain_node_[row.managed_block], kStorage);
  }
  // A make_shared object has nothing in its control part, unless it shares its block.
  if (!in_place || !index_->owns_control_block(object)) graph_.add_edge(control_part(object), kStorage);
}

void HeapGraph::add_control_part(const SlotVerdicts& verdicts, std::uint32_t object) {
  graph_.add_node();
  const auto& row = index_->object(object);
  if (index_->owns_control_block(object)) {
    if (!index_->in_place(object)) add_words(verdicts, row.control_block);
  } else if (row.control_block != kNone && index_->plain(row.control_block)) {
    graph_.add_edge(plain_node_[row.control_block], kStorage);
  }
}

void HeapGraph::add_words(const SlotVerdicts& verdicts, std::uint32_t block) {
  const std::uint32_t first = index_->first_pointer(block);
  std::uint32_t p = first;
  const std::uint32_t end = index_->end_pointer(block);
  for (const std::uint32_t s : index_->slots_in(block)) {
    for (; p < end && index_->pointer(p).address < index_->slot(s).address; ++p) add_pointer(p, first);
    add_slot(verdicts, s);
  }
  for (; p < end; ++p) add_pointer(p, first);
}

void HeapGraph::add_pointer(std::uint32_t row, std::uint32_t first) {
  const std::uint32_t target = index_->target(row);
  if (target == kNone || plain_node_[target] == kNoNode || (*borrowed_)[row]) return;
  // A vector's begin, end and end of storage are one reference to its buffer. A pointer that only observes is none.
  // Of the block before this one nothing is: with some allocators, and in an arena, the next begins where it ends.
  const std::uint32_t previous = row == first || (*borrowed_)[row - 1] ? kNone : index_->target(row - 1);
  if (previous == target && index_->pointer(row - 1).address + 8 == index_->pointer(row).address) return;
  graph_.add_edge(plain_node_[target], row | kPointer);
}

void HeapGraph::add_slot(const SlotVerdicts& verdicts, std::uint32_t row) {
  const std::uint32_t object = index_->slot(row).object;
  switch (verdicts.meanings[row]) {
    case SlotMeaning::strong:
    case SlotMeaning::maybe_strong:
      graph_.add_edge(whole(object), row);
      break;
    case SlotMeaning::weak:
    case SlotMeaning::maybe_weak:
      graph_.add_edge(control_part(object), row);
      break;
    case SlotMeaning::dead:
      break;
  }
}

}  // namespace gordian
