// unloaded_library.cpp - a library for unloading_test.cpp: makes an object and calls back.
namespace {

struct Made {
  virtual ~Made() = default;
  virtual long number() const { return number_; }
  long number_ = 5;
};

}  // namespace

extern "C" void* make_object() {
  return new Made;
}

extern "C" void call_back(void (*function)()) {
  function();
  asm volatile("");  // no tail call
}
