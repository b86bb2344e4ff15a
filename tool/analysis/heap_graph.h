// heap_graph.h - who holds whom, as a graph.
//
// Each object is two nodes. Its whole lives while a strong handle does; its control part,
// the control block with the deleter and allocator stored in it, lives while any handle
// does. A plain block is one node, so that a buffer which many objects point to costs
// each of them one edge. An edge says "keeps alive":
//
//   strong slot      -> the object's whole     (also when it may only be strong)
//   weak slot        -> the object's control part
//   pointer          -> the plain block it points to, unless it borrows; pointers to objects keep nothing
//   an object's whole -> its control part, and the shared block (arena) that it lies in
//
// Slots and pointers belong to the node that their block is part of: a make_shared object's
// one block is its whole, another object's control block is its control part.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/heap_index.h"
#include "analysis/slots.h"
#include "graph/directed_graph.h"

namespace gordian {

enum class EdgeKind : std::uint8_t { slot, pointer, storage };

class HeapGraph {
 public:
  // `borrowed`, by row of pointers: those that keep nothing (borrowed.h).
  HeapGraph(const HeapIndex& index, const SlotVerdicts& verdicts, const std::vector<bool>& borrowed);

  const DirectedGraph& graph() const { return graph_; }
  NodeId node_count() const { return graph_.node_count(); }

  NodeId whole(std::uint32_t object) const { return object; }
  NodeId control_part(std::uint32_t object) const { return objects_ + object; }

  bool is_whole(NodeId node) const { return node < objects_; }
  bool is_plain(NodeId node) const { return node >= 2 * objects_; }
  std::uint32_t object_of(NodeId node) const { return is_whole(node) ? node : node - objects_; }
  std::uint32_t block_of_plain(NodeId node) const { return plain_blocks_[node - 2 * objects_]; }
  // The node that the words in `block` belong to.
  NodeId node_of_block(std::uint32_t block) const;

  static EdgeKind kind(const Edge& edge) {
    if (edge.tag == kStorage) return EdgeKind::storage;
    return (edge.tag & kPointer) != 0 ? EdgeKind::pointer : EdgeKind::slot;
  }
  // The slot's or pointer's row.
  static std::uint32_t row(const Edge& edge) { return edge.tag & ~kPointer; }

  // The same reference where no edge of the graph is at hand; it has no target.
  static Edge slot_edge(std::uint32_t row) { return {kNoNode, row}; }
  static Edge pointer_edge(std::uint32_t row) { return {kNoNode, row | kPointer}; }

  // Requested bytes of what goes when `node` goes. An object's blocks count with its whole;
  // with its control part once it has expired.
  std::uint64_t bytes(NodeId node) const { return bytes_[node]; }

 private:
  static constexpr std::uint32_t kPointer = 0x80000000u;
  static constexpr std::uint32_t kStorage = 0xffffffffu;

  void add_whole(const SlotVerdicts& verdicts, std::uint32_t object);
  void add_control_part(const SlotVerdicts& verdicts, std::uint32_t object);
  void add_words(const SlotVerdicts& verdicts, std::uint32_t block);
  void add_pointer(std::uint32_t row, std::uint32_t first);  // `first` of its block
  void add_slot(const SlotVerdicts& verdicts, std::uint32_t row);

  const HeapIndex* index_;
  const std::vector<bool>* borrowed_;
  std::uint32_t objects_;
  std::vector<std::uint32_t> plain_blocks_;  // blocks that are nodes of their own
  std::vector<NodeId> plain_node_;           // by block; kNoNode for an object's
  std::vector<std::uint64_t> bytes_;
  DirectedGraph graph_;
};

}  // namespace gordian
