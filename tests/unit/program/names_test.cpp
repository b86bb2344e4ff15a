// names_test.cpp - the spelling of names.
#include "program/names/names.h"

#include <utility>
#include <vector>

#include "catch.h"

using namespace gordian;

TEST_CASE("a type's name is tidied to what its author would write", "[names]") {
  const std::vector<std::pair<std::string, std::string>> table{
      {"Tree", "Tree"},
      {"", ""},
      {"std::__shared_ptr<Tree, (__gnu_cxx::_Lock_policy)2>", "std::shared_ptr<Tree>"},
      {"std::__weak_ptr<Tree, __gnu_cxx::_S_atomic>", "std::weak_ptr<Tree>"},
      {"std::shared_ptr<Tree const>", "std::shared_ptr<const Tree>"},
      {"std::shared_ptr<const Tree>", "std::shared_ptr<const Tree>"},
      {"std::vector<std::shared_ptr<Tree>, std::allocator<std::shared_ptr<Tree> > >",
       "std::vector<std::shared_ptr<Tree>>"},
      {"std::vector<int, my::allocator<int> >", "std::vector<int, my::allocator<int>>"},
      {"my::vector<int, std::allocator<int> >", "my::vector<int, std::allocator<int>>"},
      {"std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >", "std::string"},
      {"std::__1::basic_string<char, std::__1::char_traits<char>, std::__1::allocator<char> >",
       "std::string"},
      {"mystd::__cxx11::thing", "mystd::__cxx11::thing"},
      {"std::map<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >, long "
       "unsigned int, "
       "std::less<std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > >, "
       "std::allocator<std::pair<std::__cxx11::basic_string<char, std::char_traits<char>, "
       "std::allocator<char> > "
       "const, long unsigned int> > >",
       "std::map<std::string, unsigned long>"},
      {"std::map<int, int, std::greater<int>, std::allocator<std::pair<int const, int> > >",
       "std::map<int, int, std::greater<int>>"},
      {"std::unique_ptr<Tree, std::default_delete<Tree> >", "std::unique_ptr<Tree>"},
      {"std::unique_ptr<Tree, Closer>", "std::unique_ptr<Tree, Closer>"},
      {"std::array<Tree, 3ul>", "std::array<Tree, 3>"},
      {"Matrix<3UL, -1l>", "Matrix<3, -1>"},
      {"(anonymous namespace)::Node", "(anonymous namespace)::Node"},
      {"std::shared_ptr<(anonymous namespace)::Node const>",
       "std::shared_ptr<const (anonymous namespace)::Node>"},
      {"(anonymous namespace)::Node<(<unnamed>::Kind)1>", "(anonymous namespace)::Node<((anonymous namespace)::Kind)1>"},
      {"std::_Sp_counted_deleter<decltype(nullptr), Closer, std::allocator<void>, (__gnu_cxx::_Lock_policy)2>",
       "std::_Sp_counted_deleter<std::nullptr_t, Closer>"},
      {"std::_Sp_counted_deleter<std::nullptr_t, Closer, std::allocator<void>, (__gnu_cxx::_Lock_policy)2>",
       "std::_Sp_counted_deleter<std::nullptr_t, Closer>"},
      {"decltype(nullptr)", "std::nullptr_t"},
      {"Split<'<'>", "Split<'<'>"},
      {"Split<(char)60>", "Split<'<'>"},
      {"Split<','>::next", "Split<','>::next"},
      {"std::pair<Split<'('>, Split<')'> >", "std::pair<Split<'('>, Split<')'>>"},
      {"Split<'\\000'>", "Split<(char)0>"},
      {"Split<'\\37777777600'>", "Split<(char)-128>"},
      {"Split<'\\x80'>", "Split<(char)-128>"},
      {"Split<(char)-128>", "Split<(char)-128>"},
      {"Split<'\\''>", "Split<'\\''>"},
      {"Split<(char)92>", "Split<'\\\\'>"},
      {"Split<' '>", "Split<(char)32>"},
      {"main::'lambda'(int)", "main::'lambda'(int)"},
      {"Tree *", "Tree*"},
      {"char const*", "const char*"},
      {"int const* const", "const int* const"},
      {"Tree []", "Tree[]"},
      {"main::$_0", "main::{lambda#1}"},
      {"main::{lambda(int)#2}", "main::{lambda(int)#2}"},
      {"std::_Sp_counted_deleter<Tree*, main()::<lambda(Tree*)>, std::allocator<void>, "
       "(__gnu_cxx::_Lock_policy)2>",
       "std::_Sp_counted_deleter<Tree*, main()::<lambda(Tree*)>>"},
      {"Less<&(operator<(A, B))>", "Less<&(operator<(A, B))>"},
      {"Sum<(1)<(2)>", "Sum<(1)<(2)>"},
      {"a<b<c", "a<b<c"},
      {">>>)(", ">>>)("},
      {"operator", "operator"},
      {"$_", "$_"},
  };
  for (const auto& [from, to] : table) {
    CHECK(tidy_name(from) == to);
  }
}

TEST_CASE("a tidied name is tidy already", "[names]") {
  for (const char* name : {"std::map<std::string, unsigned long>", "std::shared_ptr<const Tree>",
                           "main::{lambda#1}", "std::array<const Tree*, 3>", "(anonymous namespace)::Node"}) {
    CHECK(tidy_name(name) == name);
  }
}

TEST_CASE("brackets a thousand deep are tidied without deep recursion", "[names]") {
  std::string deep;
  for (int i = 0; i < 20000; ++i) {
    deep += "A<";
  }
  CHECK(tidy_name(deep) == deep);
  const std::string closed = deep + std::string(20000, '>');
  CHECK(tidy_name(closed) == closed);
}

TEST_CASE("of brackets that nothing closes each is looked at once", "[names]") {
  std::string name(400'000, '<');
  for (int i = 0; i < 400'000; ++i) name += ')';
  CHECK(tidy_name(name) == name);
  CHECK(tidy_name("(" + name + ")").size() == name.size() + 2);
}

TEST_CASE("a function's name has no return type, no clone suffix and no long parameter list", "[names]") {
  const std::vector<std::pair<std::string, std::string>> table{
      {"make_graph()", "make_graph()"},
      {"f(void)", "f()"},
      {"void std::for_each<int*, F>(int*, int*, F)", "std::for_each<int*, F>(int*, int*, F)"},
      {"std::ostream& operator<< <Foo>(std::ostream&, Foo const&)",
       "operator<< <Foo>(std::ostream&, const Foo&)"},
      {"Foo::operator bool() const", "Foo::operator bool() const"},
      {"Foo::operator std::shared_ptr<Tree>() const", "Foo::operator std::shared_ptr<Tree>() const"},
      {"(anonymous namespace)::Node<3ul>::~Node() [clone .part.0]",
       "(anonymous namespace)::Node<3>::~Node()"},
      {"main::{lambda()#1}::operator()() const", "main::{lambda()#1}::operator()() const"},
      {"Foo::bar() const::{lambda()#1}::operator()() const",
       "Foo::bar() const::{lambda()#1}::operator()() const"},
      {"operator new(unsigned long)", "operator new(unsigned long)"},
      {"name[abi:cxx11](int)", "name(int)"},
      {"decltype (f(x)) g<int>(int)", "g<int>(int)"},
      {"long_one(std::vector<int, std::allocator<int> >, std::vector<long double, std::allocator<long "
       "double> >)",
       "long_one(...)"},
  };
  for (const auto& [from, to] : table) {
    CHECK(tidy_function_name(from) == to);
  }
}

TEST_CASE("a function's name ends where its parameters begin", "[names]") {
  CHECK(without_parameters("serve(std::shared_ptr<Session>, int)") == "serve");
  CHECK(without_parameters("(anonymous namespace)::A<int>::run(void (*)(int)) const") ==
        "(anonymous namespace)::A<int>::run");
  CHECK(without_parameters("main::{lambda(int)#1}::operator()(int) const") ==
        "main::{lambda(int)#1}::operator()");
  CHECK(without_parameters("serve()") == "serve");
  CHECK(without_parameters("serve") == "serve");
  CHECK(without_parameters("").empty());
}

TEST_CASE("the managed type is read from the name of a control block's class", "[names]") {
  const std::string policy = ", (__gnu_cxx::_Lock_policy)2>";
  CHECK(managed_type_name("std::_Sp_counted_ptr_inplace<Tree, std::allocator<void>" + policy) == "Tree");
  CHECK(managed_type_name("std::_Sp_counted_ptr_inplace<Map<A<int>, (B)1>, std::allocator<void>" + policy) ==
        "Map<A<int>, (B)1>");
  CHECK(managed_type_name("std::_Sp_counted_ptr<ns::Tree*" + policy) == "ns::Tree");
  CHECK(managed_type_name("std::_Sp_counted_ptr<Tree const*" + policy) == "const Tree");
  CHECK(managed_type_name("std::_Sp_counted_deleter<Tree*, void (*)(Tree*), std::allocator<void>" + policy) ==
        "Tree");
  CHECK(managed_type_name("std::_Sp_counted_deleter<Tree*, std::__sp_array_delete, std::allocator<void>" +
                          policy) == "Tree[]");
  CHECK(managed_type_name(
            "std::_Sp_counted_deleter<Tree*, std::default_delete<Tree []>, std::allocator<void>" + policy) ==
        "Tree[]");
  CHECK(managed_type_name("std::_Sp_counted_array<std::allocator<Tree>" + policy) == "Tree[]");
  CHECK(managed_type_name("std::_Sp_counted_ptr_inplace<Set<&(operator<(A, B))>, std::allocator<void>" +
                          policy) == "Set<&(operator<(A, B))>");
  CHECK(managed_type_name("std::_Sp_counted_ptr_inplace<int (int, char), std::allocator<void>" + policy) ==
        "int(int, char)");
  CHECK(managed_type_name("std::__1::__shared_ptr_emplace<Tree, std::__1::allocator<Tree> >") == "Tree");
  CHECK(managed_type_name(
            "std::__1::__shared_ptr_pointer<Tree*, std::__1::shared_ptr<Tree>::__shared_ptr_default_delete"
            "<Tree, Tree>, std::__1::allocator<Tree> >") == "Tree");
  CHECK(managed_type_name("std::__1::__shared_ptr_pointer<Tree*, std::__1::shared_ptr<Tree []>::"
                          "__shared_ptr_default_delete<Tree [], Tree>, std::__1::allocator<Tree> >") ==
        "Tree[]");
  CHECK(managed_type_name("boost::detail::sp_counted_impl_p<Tree>") == "Tree");
  CHECK(managed_type_name("boost::detail::sp_counted_impl_pd<Tree*, boost::detail::sp_ms_deleter<Tree> >") ==
        "Tree");
  CHECK(managed_type_name("boost::detail::sp_counted_impl_pd<Tree*, boost::checked_array_deleter<Tree> >") ==
        "Tree[]");
  CHECK(managed_type_name("boost::detail::sp_counted_impl_pda<Tree*, boost::detail::sp_as_deleter<Tree, "
                          "std::allocator<Tree> >, std::allocator<Tree> >") == "Tree");
  CHECK(managed_type_name("boost::detail::sp_array_base<boost::detail::sp_array_state<boost::default_::"
                          "default_allocator<Tree> > >") == "Tree[]");
  CHECK(managed_type_name("boost::detail::sp_array_base").empty());
  CHECK(managed_type_name("boost::detail::sp_array_base<int>").empty());
  CHECK(managed_type_name("ns::Tree").empty());
  CHECK(managed_type_name("std::vector<int>").empty());
  CHECK(managed_type_name("std::_Sp_counted_ptr_inplace<").empty());
  CHECK(managed_type_name("").empty());
}

TEST_CASE("names agree exactly, possibly or not at all", "[names]") {
  CHECK(match_names("ns::A<int>", "ns::A<int>") == NameMatch::same);
  CHECK(match_names("A<int>", "A<long>") == NameMatch::different);
  CHECK(match_names("A<int>", "A<int, int>") == NameMatch::different);
  CHECK(match_names("A<int>", "A") == NameMatch::different);
  CHECK(match_names("Holder<main::Local>", "Holder<main()::Local>") == NameMatch::same);
  CHECK(match_names("Holder<main::Local>", "Holder<main(int, char**)::Local>") == NameMatch::same);
  CHECK(match_names("Holder<c_name::Local>", "Holder<c_name(void (*)(int))::Local::Inner>") ==
        NameMatch::different);
  CHECK(match_names("Holder<c_name::A::B>", "Holder<c_name(void (*)(int), Of<int>)::A::B>") ==
        NameMatch::same);
  CHECK(match_names("Holder<f(int)::Local>", "Holder<f(long)::Local>") == NameMatch::different);
  CHECK(match_names("Holder<int>", "Holder<int (char)>") == NameMatch::different);
  CHECK(match_names("P<main::{lambda(int)#2}>", "P<main()::<lambda(int)>>") == NameMatch::possible);
  CHECK(match_names("P<main::{lambda#1}>", "P<(lambda at a.cpp:1:2)>") == NameMatch::possible);
  CHECK(match_names("P<main::{lambda#1}, A>", "P<(lambda at a.cpp:1:2), B>") == NameMatch::different);
  CHECK(match_names("P<(Colour)1>", "P<Colour::green>") == NameMatch::possible);
  CHECK(match_names("P<(Colour)1>", "P<(Colour)2>") == NameMatch::different);
  CHECK(match_names("P<(anonymous namespace)::Node>", "P<zoo::Node<int, 3>>") == NameMatch::different);
}

TEST_CASE("only mangled names are demangled", "[names]") {
  CHECK(demangle_symbol("_ZN4Tree3addEv") == "Tree::add()");
  CHECK(demangle_symbol("main").empty());
  CHECK(demangle_symbol("i").empty());
  CHECK(demangle_type("4Tree") == "Tree");
  CHECK(demangle_type("*N12_GLOBAL__N_14TreeE") == "(anonymous namespace)::Tree");
  CHECK(demangle_type("").empty());
  CHECK(demangle_type("*").empty());
  CHECK(demangle_type("no mangled name").empty());
}

// A name that doubles with each level: X<X<X<int, int>, X<int, int>>, ...>.
std::string doubling(int levels) {
  std::string type = "S_IiiE";
  for (int level = 2; level <= levels; ++level) {
    const int number = level - 2;  // of what the level before is, in base 36
    const auto digit = [](int value) { return static_cast<char>(value < 10 ? '0' + value : 'A' + value - 10); };
    type = "S_I" + type + "S" + (number < 36 ? "" : std::string(1, digit(number / 36))) + digit(number % 36) + "_E";
  }
  return "1X" + type.substr(2);
}

TEST_CASE("a name that stands for more than a megabyte is none, and one that would not end is refused", "[names]") {
  CHECK(demangle_type(doubling(3)) == "X<X<X<int, int>, X<int, int> >, X<X<int, int>, X<int, int> > >");
  CHECK(demangle_type(doubling(12)).size() > 30'000);
  CHECK(demangle_type(doubling(18)).empty());
  CHECK(demangle_symbol("_Z1f" + doubling(18)).empty());
  CHECK_THROWS_WITH(demangle_type(doubling(25)), ContainsSubstring("the name 1XIS_IS_"));
}

TEST_CASE("template arguments are cut out of a name at every level", "[names]") {
  CHECK(without_arguments("std::_Optional_payload_base<T>::_Storage<T, false>") ==
        "std::_Optional_payload_base::_Storage");
  CHECK(without_arguments("A") == "A");
  CHECK(without_arguments("a<b") == "a<b");
}
