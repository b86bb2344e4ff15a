// names.h - C++ names as a person would write them.
//
// Compilers spell one type in several ways: the demangler writes
// `std::__shared_ptr<Tree, (__gnu_cxx::_Lock_policy)2>`, g++'s debug info
// `long unsigned int`, clang's `Tree *`. Reports show one spelling, and types are
// compared in that spelling.
//
// Context: names come from files we did not write. Nothing here throws for a
// strange one, but for demangling: what is not understood is copied as it stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gordian {

// The demangled form of a symbol (`_ZN4Tree3addEv`) or of a type_info's name (`4Tree`,
// `*N12_GLOBAL__N_14TreeE`), not tidied; "" when it is no mangled name,
// or one of more than a megabyte. Throws Error for one that was made to keep the demangler busy: it would not end.
std::string demangle_symbol(const std::string& symbol);
std::string demangle_type(const std::string& type_info_name);

// `name` without what only the library's authors care for: inline namespaces, default
// template arguments, lock policies; `std::string` by that name, `const` in front.
std::string tidy_name(std::string_view name);

// A demangled function name, tidied; also without its return type and its clone suffix,
// and with (...) for a parameter list too long for a line.
std::string tidy_function_name(std::string_view name);

// A tidied function name up to its parameters: `ns::run` of `ns::run(int) const`.
std::string without_parameters(std::string_view function);

// `name` up to its last template argument list, and the arguments in it:
// `A<int>::B<C<D, E>, F>` is {"A<int>::B", {"C<D, E>", "F"}}. No list: no arguments.
struct TemplateName {
  std::string name;
  std::vector<std::string> arguments;
};
TemplateName split_template(std::string_view name);

// `name` with every template argument list cut out: `A<int>::B<C>` is `A::B`.
std::string without_arguments(std::string_view name);

// The managed object's type for the demangled name of a control block's class (libstdc++'s,
// libc++'s or boost's), tidied; "" when it is none. An array made by make_shared<T[]> is `T[]`.
std::string managed_type_name(std::string_view control_class);

// Whether two tidied names can name one type. What compilers cannot agree on how to
// write (closures, enumerators as template arguments) agrees with anything of its sort.
enum class NameMatch { different, possible, same };
NameMatch match_names(std::string_view a, std::string_view b);

}  // namespace gordian
