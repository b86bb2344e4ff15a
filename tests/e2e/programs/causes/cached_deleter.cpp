// cached_deleter.cpp - a pool of buffers lends them with a deleter that puts them back. One that is pinned stays
// in the pool as a loan, so its deleter keeps the pool.
// gordian: exit 23
// gordian: prints 1 free, 1 pinned
// gordian: prints 2 free, 1 pinned
// gordian: cycle proved objects=2 instances=2 of=BufferPool,Buffer
// gordian: says cut deleter -> captured pool: capture std::weak_ptr<BufferPool> instead of pool.
#include <cstdio>
#include <memory>
#include <vector>

struct Buffer {
  std::vector<char> bytes;
};

class BufferPool : public std::enable_shared_from_this<BufferPool> {
 public:
  std::shared_ptr<Buffer> lend() {
    std::unique_ptr<Buffer> buffer;
    if (free_.empty()) {
      buffer = std::make_unique<Buffer>();
      buffer->bytes.resize(512);
    } else {
      buffer = std::move(free_.back());
      free_.pop_back();
    }
#ifdef FIXED
    return {buffer.release(), [weak = weak_from_this()](Buffer* returned) {
              std::unique_ptr<Buffer> owner(returned);
              if (const auto pool = weak.lock()) pool->free_.push_back(std::move(owner));
            }};
#else
    return {buffer.release(), [pool = shared_from_this()](Buffer* returned) {
              pool->free_.push_back(std::unique_ptr<Buffer>(returned));
            }};
#endif
  }

  void pin(std::shared_ptr<Buffer> buffer) { pinned_.push_back(std::move(buffer)); }
  std::size_t free() const { return free_.size(); }
  std::size_t pinned() const { return pinned_.size(); }

 private:
  std::vector<std::unique_ptr<Buffer>> free_;
  std::vector<std::shared_ptr<Buffer>> pinned_;
};

void use(int loans) {
  auto pool = std::make_shared<BufferPool>();
  pool->pin(pool->lend());
  {
    std::vector<std::shared_ptr<Buffer>> lent;
    for (int i = 0; i < loans; ++i) lent.push_back(pool->lend());
  }
  std::printf("%zu free, %zu pinned\n", pool->free(), pool->pinned());
}

int main() {
  use(1);
  use(2);
}
