// control_names.cpp - any text as the mangled name of a class in the checked program, which the runtime asks whether it is a control block,
// and how that holds its object. The runtime's own code, compiled for this.
#include "fuzz.h"
#include "scan/families.h"

using namespace gordian;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string name(fuzz::as_text(data, size));
  const rt::FamilyRow row = rt::family_of_base(name.c_str());
  fuzz::require(row == rt::FamilyRow::none || row < rt::FamilyRow::counted);
  for (const rt::ControlFamily& family : rt::kFamilies) {
    if (family.base == nullptr) continue;
    const rt::ControlKind kind = rt::kind_of_control(family, name.c_str());
    fuzz::require(kind.holding <= rt::Holding::deleter && kind.managed_at <= rt::ManagedAt::at_end);
  }
  return 0;
}
