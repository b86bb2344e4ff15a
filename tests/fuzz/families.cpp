// families.cpp - any text as a families file: its rows, and their handles looked up as classes are.
#include "program/types/families.h"

#include "fuzz.h"

using namespace gordian;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Families known;
  fuzz::ask([&] {
    Families families = known;
    families.read_text(fuzz::as_text(data, size), "own.families");
    for (const FamilyRow& row : families.own_rows()) {
      const auto number = families.of_handle(row.handle);
      fuzz::require(number && families.is_own(*number) && families[*number].handle == row.handle);
    }
  });
  return 0;
}
