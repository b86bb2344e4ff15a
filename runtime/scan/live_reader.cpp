// live_reader.cpp - see live_reader.h.
#include "scan/live_reader.h"

#include "process/safe_copy.h"

namespace gordian::rt {

bool LiveReader::read(Address low, Address high) noexcept {
  const Copied copied = copy_safely(low, buffer_.data(), high - low);
  denied_ |= copied == Copied::denied;
  return copied == Copied::all;
}

}  // namespace gordian::rt
