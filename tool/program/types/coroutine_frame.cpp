// coroutine_frame.cpp - see coroutine_frame.h.
#include "program/types/coroutine_frame.h"

#include <string_view>

#include "program/names/names.h"

namespace gordian {
namespace {

// The frame's class among what the function declares: by itself, or as the type of a
// variable or parameter, or of what that points to.
std::optional<Dwarf_Die> frame_in(const Dwarf_Die& function) {
  std::optional<Dwarf_Die> frame;
  dwarf::each_child(function, [&](Dwarf_Die child) {
    const int tag = dwarf_tag(&child);
    std::optional<Dwarf_Die> type;
    if (dwarf::is_class(child)) {
      type = child;
    } else if (tag == DW_TAG_variable || tag == DW_TAG_formal_parameter) {
      type = dwarf::type_of(child);
      if (type && dwarf_tag(&*type) == DW_TAG_pointer_type) {
        type = dwarf::type_of(*type);
      }
    }
    if (type && is_coroutine_frame(*type)) {
      frame = type;
    }
    return !frame;
  });
  return frame;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

bool is_coroutine_frame(Dwarf_Die type) {
  if (!dwarf::is_class(type)) {
    return false;
  }
  const char* name = dwarf_diename(&type);
  const std::string_view text = name != nullptr ? name : "";
  return text == "__coro_frame_ty" ||
         (text.starts_with("_Z") && (text.ends_with(".Frame") || text.ends_with(".coro_frame_ty")));
}

std::optional<Dwarf_Die> coroutine_frame_of(DebugInfo& info, std::uint64_t code) {
  const auto place = info.place_of(code);
  if (!place || !place->function) {
    return std::nullopt;
  }
  if (const auto frame = frame_in(*place->function)) {
    return frame;
  }
  const auto origin = dwarf::reference(*place->function, DW_AT_abstract_origin);
  return origin ? frame_in(*origin) : std::nullopt;
}

std::string coroutine_name(DebugInfo& info, const Dwarf_Die& frame) {
  const auto function = info.unit_of(frame).scope_of(frame);
  if (!function) {  // clang 15 and newer: but the class's name is the function's, mangled
    const std::string name = dwarf::name_of(frame);
    const std::string demangled = demangle_symbol(name.substr(0, name.rfind('.')));
    return demangled.empty() ? "coroutine" : without_parameters(tidy_function_name(demangled)) + "()";
  }
  const Dwarf_Die declared = dwarf::declaration_of(*function);
  const auto scope = info.unit_of(declared).scope_of(declared);
  return (scope ? info.qualified_name(*scope) + "::" : "") + dwarf::name_of(declared) + "()";
}

// g++ numbers locals by scope: keep_1_2 is `keep`.
std::string frame_variable(std::string field) {
  if (field == "_Coro_promise" || field == "__promise") {
    return "promise";
  }
  if (field.starts_with("_Coro_") || field.starts_with("__")) {
    return {};
  }
  for (int i = 0; i < 2; ++i) {
    const std::size_t mark = field.rfind('_');
    if (mark == std::string::npos || mark == 0 || !is_number(std::string_view(field).substr(mark + 1))) {
      return field;
    }
    field.resize(mark);
  }
  return field;
}

}  // namespace gordian
