// owned_llvm.cpp - the same, owned or cut.
// gordian: silent
#include <llvm/ADT/IntrusiveRefCntPtr.h>

struct Stream : llvm::ThreadSafeRefCountedBase<Stream> {
  virtual ~Stream() = default;
  llvm::IntrusiveRefCntPtr<Stream> tied;
};

llvm::IntrusiveRefCntPtr<Stream> ring() {
  llvm::IntrusiveRefCntPtr<Stream> a(new Stream);
  a->tied = new Stream;
  a->tied->tied = a;
  return a;
}

auto* const owner = new llvm::IntrusiveRefCntPtr<Stream>(ring());

int main() {
  ring()->tied->tied.reset();
  return (*owner)->tied ? 0 : 1;
}
