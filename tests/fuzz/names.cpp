// names.cpp - any text as a name out of somebody's binary: demangled, tidied, taken apart and compared. In
// front of a NUL is one name, behind it another.
#include "program/names/names.h"

#include "fuzz.h"

using namespace gordian;

namespace {

void take_apart(const std::string& name) {
  const std::string tidied = tidy_name(name);
  tidy_function_name(name);
  managed_type_name(name);
  without_arguments(tidied);
  for (const std::string& argument : split_template(tidied).arguments)
    fuzz::require(argument.size() <= tidied.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::as_text(data, size);
  const std::string first(fuzz::take_part(text, '\0'));
  take_apart(first);
  fuzz::ask([&] { take_apart(demangle_symbol(first)); });
  fuzz::ask([&] { take_apart(demangle_type(first)); });
  match_names(tidy_name(first), tidy_name(text));
  return 0;
}
