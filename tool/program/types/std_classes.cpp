// std_classes.cpp - the library classes that we know how to read.
//
// A row per class, for libstdc++ and libc++ alike. A class that is missing here is opaque:
// its words stay unknown, and counts decide what they are. That is slower and less exact
// but never wrong, so a row is added only for a layout that has been looked at.
#include <algorithm>
#include <array>
#include <string_view>

#include "program/types/class_layout.h"
#include "program/names/names.h"

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
    Row{"_Sp_atomic", ClassRole::atomic_handle},
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
    Row{"deque", ClassRole::deque},
    Row{"_Rb_tree", ClassRole::nodes},
    Row{"_List_base", ClassRole::nodes},
    Row{"_Fwd_list_base", ClassRole::nodes},
    Row{"_Hashtable", ClassRole::nodes},
    Row{"map", ClassRole::container},
    Row{"multimap", ClassRole::container},
    Row{"set", ClassRole::container},
    Row{"multiset", ClassRole::container},
    Row{"unordered_map", ClassRole::container},
    Row{"unordered_multimap", ClassRole::container},
    Row{"unordered_set", ClassRole::container},
    Row{"unordered_multiset", ClassRole::container},
    Row{"list", ClassRole::container},
    Row{"forward_list", ClassRole::container},
    Row{"queue", ClassRole::container},
    Row{"priority_queue", ClassRole::container},
    Row{"stack", ClassRole::container},
    Row{"function", ClassRole::erased},
    Row{"move_only_function", ClassRole::erased},
    Row{"any", ClassRole::erased},
    Row{"_Bind", ClassRole::bind},
    Row{"_Bind_result", ClassRole::bind},
    Row{"_Bind_front", ClassRole::bind},
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
    Row{"variant", ClassRole::plain},
    Row{"monostate", ClassRole::plain},
    Row{"__detail::__variant::_Variant_base", ClassRole::plain},
    Row{"__detail::__variant::_Move_assign_base", ClassRole::plain},
    Row{"__detail::__variant::_Copy_assign_base", ClassRole::plain},
    Row{"__detail::__variant::_Move_ctor_base", ClassRole::plain},
    Row{"__detail::__variant::_Copy_ctor_base", ClassRole::plain},
    Row{"__detail::__variant::_Variant_storage", ClassRole::plain},
    Row{"__detail::__variant::_Variadic_union", ClassRole::plain},
    Row{"__detail::__variant::_Uninitialized", ClassRole::plain},
    Row{"__detail::__variant::_Uninitialized::(anonymous union)", ClassRole::plain},
    Row{"expected", ClassRole::plain},
    Row{"expected::(anonymous union)", ClassRole::plain},
    Row{"unexpected", ClassRole::plain},
    Row{"stop_callback", ClassRole::plain},
    Row{"stop_callback::_Cb_impl", ClassRole::plain},
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
    Row{"__non_trivial_if", ClassRole::plain},
    Row{"__shared_ptr_emplace", ClassRole::foreign_control},
    Row{"__shared_ptr_pointer", ClassRole::foreign_control},
    Row{"_Rb_tree::_Rb_tree_impl", ClassRole::plain},
    Row{"_Rb_tree_key_compare", ClassRole::plain},
    Row{"_Rb_tree_header", ClassRole::plain},
    Row{"_Rb_tree_node_base", ClassRole::plain},
    Row{"_List_base::_List_impl", ClassRole::plain},
    Row{"__detail::_List_node_header", ClassRole::plain},
    Row{"__detail::_List_node_base", ClassRole::plain},
    Row{"_Fwd_list_base::_Fwd_list_impl", ClassRole::plain},
    Row{"_Fwd_list_node_base", ClassRole::plain},
    Row{"_Mofunc_base", ClassRole::plain},
    Row{"__function::__value_func", ClassRole::plain},
    Row{"__function::__func", ClassRole::plain},
    Row{"__function::__base", ClassRole::plain},
    Row{"__function::__alloc_func", ClassRole::plain},
    Row{"__compressed_pair", ClassRole::plain},
    Row{"__compressed_pair_elem", ClassRole::plain},
    Row{"__tree", ClassRole::nodes},
    Row{"__tree_end_node", ClassRole::plain},
    Row{"__tree_node_base", ClassRole::plain},
    Row{"__value_type", ClassRole::plain},
    Row{"__map_value_compare", ClassRole::plain},
    Row{"__list_imp", ClassRole::nodes},
    Row{"__list_node_base", ClassRole::plain},
    Row{"__forward_list_base", ClassRole::nodes},
    Row{"__forward_begin_node", ClassRole::plain},
    Row{"__hash_table", ClassRole::nodes},
    Row{"__hash_node_base", ClassRole::plain},
    Row{"__hash_value_type", ClassRole::plain},
    Row{"__unordered_map_hasher", ClassRole::plain},
    Row{"__unordered_map_equal", ClassRole::plain},
    Row{"__bucket_list_deallocator", ClassRole::plain},
    Row{"__tuple_impl", ClassRole::plain},
    Row{"__tuple_leaf", ClassRole::tuple_element},
    Row{"__optional_destruct_base", ClassRole::plain},
    Row{"__optional_destruct_base::(anonymous union)", ClassRole::plain},
    Row{"__optional_storage_base", ClassRole::plain},
    Row{"__optional_copy_base", ClassRole::plain},
    Row{"__optional_move_base", ClassRole::plain},
    Row{"__optional_copy_assign_base", ClassRole::plain},
    Row{"__optional_move_assign_base", ClassRole::plain},
    Row{"__sfinae_ctor_base", ClassRole::plain},
    Row{"__sfinae_assign_base", ClassRole::plain},
    Row{"__variant_detail::__impl", ClassRole::plain},
    Row{"__variant_detail::__copy_assignment", ClassRole::plain},
    Row{"__variant_detail::__move_assignment", ClassRole::plain},
    Row{"__variant_detail::__assignment", ClassRole::plain},
    Row{"__variant_detail::__copy_constructor", ClassRole::plain},
    Row{"__variant_detail::__move_constructor", ClassRole::plain},
    Row{"__variant_detail::__ctor", ClassRole::plain},
    Row{"__variant_detail::__dtor", ClassRole::plain},
    Row{"__variant_detail::__base", ClassRole::plain},
    Row{"__variant_detail::__union", ClassRole::plain},
    Row{"__variant_detail::__alt", ClassRole::plain},
    Row{"future", ClassRole::plain},
    Row{"__basic_future", ClassRole::plain},
    Row{"shared_future", ClassRole::plain},
    Row{"promise", ClassRole::plain},
    Row{"packaged_task", ClassRole::plain},
    Row{"thread::_Invoker", ClassRole::invoker},
    Row{"__future_base::_State_baseV2", ClassRole::plain},
    Row{"__future_base::_Task_state_base", ClassRole::plain},
    Row{"__future_base::_Task_state", ClassRole::plain},
    Row{"__future_base::_Task_state::_Impl", ClassRole::plain},
    Row{"__future_base::_Deferred_state", ClassRole::plain},
    Row{"__future_base::_Async_state_commonV2", ClassRole::plain},
    Row{"__future_base::_Async_state_impl", ClassRole::plain},
    Row{"__future_base::_Result_base", ClassRole::plain},
    Row{"__future_base::_Result_base::_Deleter", ClassRole::plain},
    Row{"__future_base::_Result", ClassRole::plain},
    Row{"__atomic_futex_unsigned", ClassRole::no_handles},
    Row{"__assoc_sub_state", ClassRole::plain},
    Row{"__assoc_state", ClassRole::plain},
    Row{"__deferred_assoc_state", ClassRole::plain},
    Row{"__async_assoc_state", ClassRole::plain},
    Row{"__shared_count", ClassRole::plain},
    Row{"__async_func", ClassRole::invoker},
    Row{"__bind", ClassRole::bind},
    Row{"__detail::_Hashtable_base", ClassRole::plain},
    Row{"__detail::_Hash_code_base", ClassRole::plain},
    Row{"__detail::_Hashtable_ebo_helper", ClassRole::plain},
    Row{"__detail::_Map_base", ClassRole::plain},
    Row{"__detail::_Insert", ClassRole::plain},
    Row{"__detail::_Insert_base", ClassRole::plain},
    Row{"__detail::_Rehash_base", ClassRole::plain},
    Row{"__detail::_Equality", ClassRole::plain},
    Row{"__detail::_Hashtable_alloc", ClassRole::plain},
    Row{"__detail::_Hash_node_base", ClassRole::plain},
    Row{"__detail::_Prime_rehash_policy", ClassRole::no_handles},
    Row{"__detail::_Mod_range_hashing", ClassRole::plain},
    Row{"__detail::_Select1st", ClassRole::plain},
    Row{"__detail::_Identity", ClassRole::plain},
    Row{"_Enable_default_constructor", ClassRole::plain},
    Row{"_Placeholder", ClassRole::plain},
    Row{"_Mem_fn", ClassRole::plain},
    Row{"_Mem_fn_base", ClassRole::plain},
    Row{"_Maybe_unary_or_binary_function", ClassRole::plain},
    Row{"_Weak_result_type", ClassRole::plain},
    Row{"_Weak_result_type_memfun", ClassRole::plain},
    Row{"_Weak_result_type_impl", ClassRole::plain},
    // Iterators: raw pointers, which borrow.
    Row{"_List_iterator", ClassRole::plain},
    Row{"_List_const_iterator", ClassRole::plain},
    Row{"_Fwd_list_iterator", ClassRole::plain},
    Row{"_Fwd_list_const_iterator", ClassRole::plain},
    Row{"_Rb_tree_iterator", ClassRole::plain},
    Row{"_Rb_tree_const_iterator", ClassRole::plain},
    Row{"__detail::_Node_iterator_base", ClassRole::plain},
    Row{"__detail::_Node_iterator", ClassRole::plain},
    Row{"__detail::_Node_const_iterator", ClassRole::plain},
    Row{"_Deque_iterator", ClassRole::plain},
    Row{"__list_iterator", ClassRole::plain},
    Row{"__list_const_iterator", ClassRole::plain},
    Row{"__forward_list_iterator", ClassRole::plain},
    Row{"__forward_list_const_iterator", ClassRole::plain},
    Row{"__tree_iterator", ClassRole::plain},
    Row{"__tree_const_iterator", ClassRole::plain},
    Row{"__map_iterator", ClassRole::plain},
    Row{"__map_const_iterator", ClassRole::plain},
    Row{"__hash_iterator", ClassRole::plain},
    Row{"__hash_const_iterator", ClassRole::plain},
    Row{"__hash_map_iterator", ClassRole::plain},
    Row{"__hash_map_const_iterator", ClassRole::plain},
    Row{"__deque_iterator", ClassRole::plain},
    Row{"__wrap_iter", ClassRole::plain},
    // With _GLIBCXX_DEBUG a container is a base of another, beside the list of its iterators.
    Row{"__debug::vector", ClassRole::plain},
    Row{"__debug::deque", ClassRole::plain},
    Row{"__debug::list", ClassRole::plain},
    Row{"__debug::forward_list", ClassRole::plain},
    Row{"__debug::map", ClassRole::plain},
    Row{"__debug::multimap", ClassRole::plain},
    Row{"__debug::set", ClassRole::plain},
    Row{"__debug::multiset", ClassRole::plain},
    Row{"__debug::unordered_map", ClassRole::plain},
    Row{"__debug::unordered_multimap", ClassRole::plain},
    Row{"__debug::unordered_set", ClassRole::plain},
    Row{"__debug::unordered_multiset", ClassRole::plain},
};

struct NodeRow {
  std::string_view name;
  NodeShape shape;
};

constexpr std::array kNodeRows{
    NodeRow{"std::_Rb_tree", {1, 32, false, {8, 16, 24}}},
    NodeRow{"std::_List_base", {0, 16, false, {0, 8, -1}}},
    NodeRow{"std::_Fwd_list_base", {0, 8, false, {0, -1, -1}}},
    NodeRow{"std::_Hashtable", {1, 8, true, {0, -1, -1}}},
    // libc++
    NodeRow{"std::__tree", {0, 32, false, {0, 8, 16}}},
    NodeRow{"std::__list_imp", {0, 16, false, {0, 8, -1}}},
    NodeRow{"std::__forward_list_base", {0, 8, false, {0, -1, -1}}},
    NodeRow{"std::__hash_table", {0, 16, false, {0, -1, -1}}},
};

struct ErasedRow {
  std::string_view name;
  ErasedForm form;
};

// Size, buffer, and in bytes from the buffer's start: {at, room, trivial, code, self}.
constexpr std::array kErasedRows{
    // libstdc++: buffer, manager, invoker
    ErasedRow{"std::function", {32, 0, {0, 16, true, {16, 24}, -1}}},
    ErasedRow{"std::move_only_function", {40, 0, {0, 24, false, {24, 32}, -1}}},
    // manager, buffer
    ErasedRow{"std::any", {16, 8, {0, 8, false, {-8, -8}, -1}}},
    // libc++: the object is wrapped in one with a vtable, and a pointer leads to that, wherever it is
    ErasedRow{"std::function", {48, 0, {0, 32, false, {0, 0}, 32}}},
    // handler, buffer
    ErasedRow{"std::any", {32, 8, {0, 24, false, {-8, -8}, -1}}},
    // a table of manager and invoker, buffer; the classes that boost::function derives from
    ErasedRow{"boost::function_base", {32, 8, {0, 24, false, {-8, -8}, -1}}},
};

// Other classes of boost's are read as the user's are.
constexpr std::array kBoostRows{
    Row{"shared_ptr", ClassRole::strong_handle},
    Row{"weak_ptr", ClassRole::weak_handle},
    Row{"local_shared_ptr", ClassRole::strong_handle},
    Row{"detail::sp_counted_impl_p", ClassRole::foreign_control},
    Row{"detail::sp_counted_impl_pd", ClassRole::foreign_control},
    Row{"detail::sp_counted_impl_pda", ClassRole::foreign_control},
    Row{"detail::sp_ms_deleter", ClassRole::foreign_control},
    Row{"detail::sp_as_deleter", ClassRole::foreign_control},
    Row{"function_base", ClassRole::erased},
    Row{"function", ClassRole::container},
    Row{"checked_deleter", ClassRole::plain},
    Row{"checked_array_deleter", ClassRole::plain},
};

ClassRole role_of_boost(std::string_view name) {
  const auto* row =
      std::find_if(kBoostRows.begin(), kBoostRows.end(), [&](const Row& r) { return r.name == name; });
  if (row != kBoostRows.end()) {
    return row->role;
  }
  if (name.starts_with("_bi::")) {  // what boost::bind makes
    return name.starts_with("_bi::storage") ? ClassRole::bound : ClassRole::container;
  }
  // shared_count is a strong handle of one word.
  return name.starts_with("detail::") ? ClassRole::opaque : ClassRole::plain;
}

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
  if (name.starts_with("boost::asio::") || name.starts_with("asio::")) {
    return ClassRole::container;
  }
  if (name.starts_with("boost::")) {
    return role_of_boost(name.substr(7));
  }
  if (!name.starts_with("std::")) {
    return ClassRole::plain;
  }
  name.remove_prefix(5);
  const auto* row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.name == name; });
  return row != kRows.end() ? row->role : ClassRole::opaque;
}

const ErasedForm* erased_form_of(const std::string& qualified_name, std::uint64_t size) {
  const std::string name = without_arguments(qualified_name);
  const auto* row = std::find_if(kErasedRows.begin(), kErasedRows.end(),
                                 [&](const ErasedRow& r) { return r.name == name && r.form.size == size; });
  return row != kErasedRows.end() ? &row->form : nullptr;
}

const NodeShape& node_shape_of(const std::string& qualified_name) {
  static constexpr NodeShape kNone{0, 0, false, {-1, -1, -1}};
  const std::string name = without_arguments(qualified_name);
  const auto* row =
      std::find_if(kNodeRows.begin(), kNodeRows.end(), [&](const NodeRow& r) { return r.name == name; });
  return row != kNodeRows.end() ? row->shape : kNone;
}

}  // namespace gordian
