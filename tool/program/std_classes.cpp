// std_classes.cpp - the library classes that we know how to read.
//
// A row per class, for libstdc++ and libc++ alike. A class that is missing here is opaque:
// its words stay unknown, and counts decide what they are. That is slower and less exact
// but never wrong, so a row is added only for a layout that has been looked at.
#include <algorithm>
#include <array>
#include <string_view>

#include "program/class_layout.h"
#include "program/names.h"

namespace gordian {
namespace {

struct Row {
  std::string_view name;  // without std::
  ClassRole role;
};

constexpr std::array kRows{
    Row{"shared_ptr", ClassRole::strong_handle},
    Row{"__shared_ptr", ClassRole::strong_handle},
    Row{"weak_ptr", ClassRole::weak_handle},
    Row{"__weak_ptr", ClassRole::weak_handle},
    Row{"vector", ClassRole::vector},
    Row{"basic_string", ClassRole::no_handles},
    Row{"string", ClassRole::no_handles},
    Row{"wstring", ClassRole::no_handles},
    Row{"u8string", ClassRole::no_handles},
    Row{"u16string", ClassRole::no_handles},
    Row{"u32string", ClassRole::no_handles},
    Row{"basic_string_view", ClassRole::no_handles},
    Row{"string_view", ClassRole::no_handles},
    Row{"wstring_view", ClassRole::no_handles},
    Row{"type_index", ClassRole::no_handles},
    Row{"error_code", ClassRole::no_handles},
    Row{"error_condition", ClassRole::no_handles},
    Row{"mutex", ClassRole::no_handles},
    Row{"recursive_mutex", ClassRole::no_handles},
    Row{"timed_mutex", ClassRole::no_handles},
    Row{"shared_mutex", ClassRole::no_handles},
    Row{"shared_timed_mutex", ClassRole::no_handles},
    Row{"condition_variable", ClassRole::no_handles},
    Row{"once_flag", ClassRole::no_handles},
    Row{"thread", ClassRole::no_handles},
    Row{"_Mutex_base", ClassRole::no_handles},
    Row{"_Sp_counted_base", ClassRole::no_handles},
    Row{"unique_ptr", ClassRole::unique_ptr},
    Row{"tuple", ClassRole::tuple},
    Row{"_Head_base", ClassRole::tuple_element},
    Row{"_Sp_counted_ptr", ClassRole::control},
    Row{"_Sp_counted_deleter", ClassRole::control},
    Row{"_Sp_counted_ptr_inplace", ClassRole::control},
    Row{"_Sp_counted_array", ClassRole::control},
    Row{"_Sp_counted_array_base", ClassRole::control},
    Row{"_Sp_counted_deleter::_Impl", ClassRole::control},
    Row{"_Sp_counted_ptr_inplace::_Impl", ClassRole::control},
    Row{"_Sp_ebo_helper", ClassRole::control_part},
    Row{"pair", ClassRole::plain},
    Row{"__pair_base", ClassRole::plain},
    Row{"_Tuple_impl", ClassRole::plain},
    Row{"__uniq_ptr_data", ClassRole::plain},
    Row{"__uniq_ptr_impl", ClassRole::plain},
    Row{"array", ClassRole::plain},
    Row{"optional", ClassRole::plain},
    Row{"_Optional_base", ClassRole::plain},
    Row{"_Optional_payload", ClassRole::plain},
    Row{"_Optional_payload_base", ClassRole::plain},
    Row{"_Optional_payload_base::_Storage", ClassRole::plain},
    Row{"_Optional_payload_base::_Empty_byte", ClassRole::plain},
    Row{"_Enable_copy_move", ClassRole::plain},
    Row{"enable_shared_from_this", ClassRole::plain},
    Row{"__enable_shared_from_this", ClassRole::plain},
    Row{"reference_wrapper", ClassRole::plain},
    Row{"complex", ClassRole::plain},
    Row{"chrono::duration", ClassRole::plain},
    Row{"chrono::time_point", ClassRole::plain},
    Row{"atomic", ClassRole::plain},
    Row{"__atomic_base", ClassRole::plain},
    Row{"__atomic_flag_base", ClassRole::plain},
    Row{"atomic_flag", ClassRole::plain},
    Row{"__atomic_float", ClassRole::plain},
    Row{"allocator", ClassRole::plain},
    Row{"__new_allocator", ClassRole::plain},
    Row{"default_delete", ClassRole::plain},
    Row{"less", ClassRole::plain},
    Row{"hash", ClassRole::plain},
    Row{"equal_to", ClassRole::plain},
    Row{"exception", ClassRole::plain},
};

}  // namespace

ClassRole role_of(const std::string& qualified_name) {
  const std::string whole = without_arguments(qualified_name);
  std::string_view name = whole;
  if (name == "__gnu_cxx::__aligned_buffer" || name == "__gnu_cxx::__aligned_membuf") {
    return ClassRole::buffer;
  }
  if (name == "__gnu_cxx::__normal_iterator" || name == "__gnu_cxx::new_allocator") {
    return ClassRole::plain;
  }
  if (name.starts_with("__gnu_cxx::")) {
    return ClassRole::opaque;
  }
  if (!name.starts_with("std::")) {
    return ClassRole::plain;
  }
  name.remove_prefix(5);
  const auto* row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.name == name; });
  return row != kRows.end() ? row->role : ClassRole::opaque;
}

}  // namespace gordian
