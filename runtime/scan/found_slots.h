// found_slots.h - the slots that several workers find, in the order in which one alone would have found them.
#pragma once

#include "base/memory.h"
#include "scan/workers.h"
#include "snapshot_format.h"

namespace gordian::rt {

class FoundSlots {
 public:
  FoundSlots() = default;
  FoundSlots(const FoundSlots&) = delete;
  FoundSlots& operator=(const FoundSlots&) = delete;

  // False when memory ran out.
  bool expect(std::uint32_t pieces) noexcept { return pieces_.resize(pieces); }

  // For one worker at a time:
  void add(unsigned worker, const snapshot::SlotRow& slot) noexcept { rows_[worker].push(slot); }
  // What the worker has added since its last piece is piece `number` of all.
  void end_piece(unsigned worker, std::uint32_t number) noexcept {
    const auto end = static_cast<std::uint32_t>(rows_[worker].size());
    pieces_[number] = {worker, ended_[worker], end};
    ended_[worker] = end;
  }

  // When all have come: visit(slot), by pieces.
  template <class Visit>
  void for_each(Visit&& visit) noexcept {
    for (const Piece& piece : pieces_) {
      for (std::uint32_t i = piece.first; i < piece.end; ++i) visit(rows_[piece.worker][i]);
    }
  }

  std::size_t size() const noexcept {
    std::size_t size = 0;
    for (const auto& rows : rows_) size += rows.size();
    return size;
  }
  bool failed() const noexcept {
    bool failed = pieces_.failed();
    for (const auto& rows : rows_) failed = failed || rows.failed();
    return failed;
  }

 private:
  struct Piece {
    std::uint32_t worker;
    std::uint32_t first;  // of the worker's rows
    std::uint32_t end;
  };
  PageArray<Piece> pieces_;
  PageArray<snapshot::SlotRow> rows_[Workers::kMost];
  std::uint32_t ended_[Workers::kMost] = {};
};

}  // namespace gordian::rt
