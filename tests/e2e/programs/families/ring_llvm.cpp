// ring_llvm.cpp - llvm::IntrusiveRefCntPtr from LLVM's own header.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: proved 2
// gordian: path Module::passes[0]
// gordian: path Pass::module
// gordian: path Stream::tied
#include <llvm/ADT/IntrusiveRefCntPtr.h>

#include <vector>

struct Pass;
struct Module : llvm::RefCountedBase<Module> {
  std::vector<llvm::IntrusiveRefCntPtr<Pass>> passes;
};
struct Pass : llvm::RefCountedBase<Pass> {
  llvm::IntrusiveRefCntPtr<Module> module;
  unsigned flags = 0;
};
struct Stream : llvm::ThreadSafeRefCountedBase<Stream> {
  virtual ~Stream() = default;
  llvm::IntrusiveRefCntPtr<Stream> tied;
};

int main() {
  llvm::IntrusiveRefCntPtr<Module> module(new Module);  // (made here)
  module->passes.emplace_back(new Pass);                // (made here)
  module->passes.front()->module = module;

  llvm::IntrusiveRefCntPtr<Stream> stream(new Stream);  // (made here)
  stream->tied = stream;
}
