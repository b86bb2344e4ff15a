// row_vector.h - rows that may lie where the snapshot's file is mapped, as vectors.
//
// A huge leak's snapshot is hundreds of megabytes: to copy them out of the file would double that, and take
// longer than to check them. So a vector may adopt a piece of the file's memory; only its copies have memory
// of their own.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace gordian {

// Allocates as std::allocator does, but for the one piece of memory that it was given, if any.
template <class Row>
class RowAllocator {
 public:
  using value_type = Row;
  using propagate_on_container_move_assignment = std::true_type;
  using propagate_on_container_swap = std::true_type;

  RowAllocator() = default;
  // `rows` are `count` rows of memory that lives as long as `keeper`, and that nobody else changes.
  RowAllocator(Row* rows, std::size_t count, std::shared_ptr<const void> keeper)
      : rows_(rows), count_(count), unadopted_(count), keeper_(std::move(keeper)) {}
  template <class Other>
  RowAllocator(const RowAllocator<Other>&) {}

  RowAllocator select_on_container_copy_construction() const { return {}; }

  Row* allocate(std::size_t count) {
    if (rows_ != nullptr && !taken_ && count == count_) {
      taken_ = true;
      return rows_;
    }
    return std::allocator<Row>().allocate(count);
  }
  void deallocate(Row* rows, std::size_t count) {
    if (rows != rows_) std::allocator<Row>().deallocate(rows, count);
  }

  // Rows that are adopted have their values already; what comes to their place later begins like any other.
  void construct(Row* row) {
    if (unadopted_ != 0 && row >= rows_ && row < rows_ + count_) {
      --unadopted_;
    } else {
      ::new (static_cast<void*>(row)) Row();
    }
  }
  template <class... Arguments>
  void construct(Row* row, Arguments&&... arguments) {
    ::new (static_cast<void*>(row)) Row{std::forward<Arguments>(arguments)...};
  }

  friend bool operator==(const RowAllocator& a, const RowAllocator& b) { return a.rows_ == b.rows_; }

 private:
  Row* rows_ = nullptr;
  std::size_t count_ = 0;
  std::size_t unadopted_ = 0;
  bool taken_ = false;
  std::shared_ptr<const void> keeper_;
};

template <class Row>
using RowVector = std::vector<Row, RowAllocator<Row>>;

// The `count` rows at `rows`, which live as long as `keeper`.
template <class Row>
RowVector<Row> adopt_rows(Row* rows, std::size_t count, std::shared_ptr<const void> keeper) {
  return RowVector<Row>(count, RowAllocator<Row>(rows, count, std::move(keeper)));
}

}  // namespace gordian
