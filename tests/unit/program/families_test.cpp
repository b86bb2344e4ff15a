// families_test.cpp - how a families file is read, and what is built in.
#include "program/types/families.h"

#include <string>
#include <vector>

#include "base/error.h"
#include "catch.h"

using namespace gordian;

namespace {

Families with(const std::string& text) {
  Families families;
  families.read_text(text, "own.families");
  return families;
}

// What is said of a text that is wrong; "" when nothing is.
std::string complaint(const std::string& text) {
  try {
    with(text);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

// The handle's family; fails the test where there is none.
HandleFamily family(const Families& families, const std::string& handle) {
  const auto number = families.of_handle(handle);
  REQUIRE(number);
  return families[*number];
}

// CLASS::MEMBER@OFFSET, as in a file.
std::string text(const Member& member) {
  return (member.owner.empty() ? "" : member.owner + "::") + member.name +
         (member.offset ? "@" + std::to_string(*member.offset) : "");
}

std::vector<std::string> counts(const HandleFamily& family) {
  std::vector<std::string> texts;
  for (const Member& count : family.counts) texts.push_back(text(count));
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a row names the handle, its pointer and the count") {
  const HandleFamily own = family(with("mine::Ref object_ mine::Counted::references_\n"), "mine::Ref");
  CHECK(own.handle == "mine::Ref");
  CHECK(own.pointer == "object_");
  CHECK(counts(own) == Texts{"mine::Counted::references_"});
}

TEST_CASE("the rows of a file are kept with their lines, and those built in are not") {
  CHECK(Families().own_rows().empty());
  const Families families = with("# ours\nRef p A::count_@8\n\nRef p count_\nShared q n object_\n");
  REQUIRE(families.own_rows().size() == 3);
  CHECK(families.own_rows()[0].where == "own.families:2");
  CHECK(text(families.own_rows()[0].count) == "A::count_@8");
  CHECK(families.own_rows()[1].where == "own.families:4");
  CHECK(families.own_rows()[2].handle == "Shared");
  CHECK(families.own_rows()[2].object == "object_");
}

TEST_CASE("a byte order mark in front of the first row is skipped, and nowhere else") {
  const std::string mark = "\xef\xbb\xbf";
  CHECK(with(mark + "Ref p count_\n").of_handle("Ref") == 0u);
  CHECK(with(mark).own_rows().empty());
  CHECK(with(mark + "# ours\n").own_rows().empty());
  CHECK_FALSE(with("Other p count_\n" + mark + "Ref p count_\n").of_handle("Ref"));
}

TEST_CASE("a count may be any class's, or have an offset for where its class is only declared") {
  CHECK(counts(family(with("Ref p count_"), "Ref")) == Texts{"count_"});
  CHECK(counts(family(with("Ref p Counted::count_@8"), "Ref")) == Texts{"Counted::count_@8"});
  CHECK(counts(family(with("Ref p a::b::Counted::count_@0"), "Ref")) == Texts{"a::b::Counted::count_@0"});
  CHECK(counts(family(with("Ref p Counted::count_@1048576"), "Ref")) == Texts{"Counted::count_@1048576"});
}

TEST_CASE("a row of four names says where the object is, whose count lies apart") {
  const Families families = with("Shared counts_ Counts::strong object_ # apart\nRef p count_\n");
  CHECK(family(families, "Shared").pointer == "counts_");
  CHECK(family(families, "Shared").object == "object_");
  CHECK(counts(family(families, "Shared")) == Texts{"Counts::strong"});
  CHECK(family(families, "Ref").object.empty());
  CHECK(family(Families(), "QSharedPointer").object == "value");
}

TEST_CASE(
    "rows of one handle that disagree where the object is are two families, the first of which counts") {
  const Families families = with("Ref p A::count_\nRef p B::count_ object_\n");
  CHECK(families.size() == Families().size() + 2);
  CHECK(family(families, "Ref").object.empty());
  CHECK(counts(family(families, "Ref")) == Texts{"A::count_"});
}

TEST_CASE("comments, blank lines and blanks of any kind say nothing") {
  const std::uint32_t known = Families().size();
  for (const char* nothing :
       {"", "\n", "\n\n\n", "# only a comment", "   \t\n", "#\n", "\r\n", " # Ref p count_\n"}) {
    INFO(nothing);
    CHECK(with(nothing).size() == known);
  }
  const Families families = with("# ours\n\n  \tRef\t p  count_ # the base's\r\nOther p n # #\n \n");
  CHECK(families.size() == known + 2);
  CHECK(counts(family(families, "Ref")) == Texts{"count_"});
  CHECK(counts(family(families, "Other")) == Texts{"n"});
}

TEST_CASE("several rows for one handle are one family with several counts, in their order") {
  const Families families = with("Ref p A::count_\nOther q n\nRef p B::count_@8\nRef p count_\n");
  CHECK(families.size() == Families().size() + 2);
  CHECK(counts(family(families, "Ref")) == Texts{"A::count_", "B::count_@8", "count_"});
  CHECK(counts(family(families, "Other")) == Texts{"n"});
}

TEST_CASE("the program's own rows come first, in the order of the file") {
  const Families families = with("Ref p count_\nOther q count_\n");
  CHECK(families[0].handle == "Ref");
  CHECK(families[1].handle == "Other");
  CHECK(families.of_handle("Ref") == 0u);
  CHECK(families[2].handle == Families()[0].handle);
}

TEST_CASE("a row for a well-known handle adds to what is known of it") {
  const Families families = with("boost::intrusive_ptr px mine::Counted::count_\n");
  CHECK(families.of_handle("boost::intrusive_ptr") == 0u);
  CHECK(counts(families[0]) ==
        Texts{"mine::Counted::count_", "boost::sp_adl_block::intrusive_ref_counter::m_ref_counter"});
}

TEST_CASE("a row that calls a well-known handle's pointer otherwise stands instead of what is known of it") {
  const Families families = with("RefPtr object_ Counted::count_\n");
  const HandleFamily own = family(families, "RefPtr");
  CHECK(own.pointer == "object_");
  CHECK(counts(own) == Texts{"Counted::count_"});
}

TEST_CASE("two files are read one after the other") {
  Families families;
  families.read_text("Ref p A::count_\n", "first");
  families.read_text("Ref p B::count_\nOther p count_\n", "second");
  CHECK(counts(family(families, "Ref")) == Texts{"A::count_", "B::count_"});
  CHECK(families.of_handle("Other") == 1u);
}

TEST_CASE("a handle is known by its whole name only") {
  const Families families = with("mine::Ref p count_\n");
  for (const char* other :
       {"", "Ref", "mine::Re", "mine::Refs", "mine", "other::mine::Ref", "mine::Ref<Node>"}) {
    INFO(other);
    CHECK_FALSE(families.of_handle(other));
  }
}

TEST_CASE("a line that is wrong is named with its file, line and column") {
  const std::string needs = "; it needs HANDLE POINTER COUNT";
  CHECK(complaint("Ref") == "own.families:1:4: the line has no pointer member" + needs);
  CHECK(complaint("Ref p") == "own.families:1:6: the line has no count member" + needs);
  CHECK(complaint("Ref p  # count_") == "own.families:1:8: the line has no count member" + needs);
  CHECK(complaint("Ref p count_ object_ more") ==
        "own.families:1:22: there is more on the line than HANDLE POINTER COUNT OBJECT");
  CHECK(complaint("Ref p count_ A::object_") ==
        "own.families:1:14: \"A::object_\" cannot be the name of the object member");
  CHECK(complaint("\n# x\nRef<int> p count_\n") ==
        "own.families:3:1: write the class without its template arguments");
  CHECK(complaint("Ref p Counted<int>::count_") ==
        "own.families:1:7: write the class without its template arguments");
  CHECK(complaint("  9Ref p count_") == "own.families:1:3: \"9Ref\" cannot be the name of the handle class");
  CHECK(complaint("Ref A::p count_") ==
        "own.families:1:5: \"A::p\" cannot be the name of the pointer member");
  CHECK(complaint("Ref p count-") == "own.families:1:7: \"count-\" cannot be the name of the count member");
  CHECK(complaint("Ref p count_@8") ==
        "own.families:1:7: an offset needs the class that it is in: CLASS::MEMBER@OFFSET");
}

TEST_CASE("an offset that is no number of bytes is refused") {
  for (const char* wrong : {"", "-8", "+8", "8x", "0x8", "8@8", "1048577", "99999999999999999999"}) {
    CHECK(complaint(std::string("Ref p C::count_@") + wrong) ==
          std::string("own.families:1:7: \"") + wrong + "\" is no offset in bytes");
  }
}

TEST_CASE("what is no name is refused, and what a C++ program may call a thing is not") {
  for (const char* wrong :
       {"::Ref", "Ref::", "a::::b", "a:b", "a:::b", "a.b", "a-b", "1", "a::1", "*", "@8", "~A"}) {
    INFO(wrong);
    CHECK_FALSE(complaint(std::string(wrong) + " p count_").empty());
    CHECK_FALSE(complaint(std::string("Ref p ") + wrong).empty());
  }
  for (const char* right : {"a", "_", "A9", "_a::b_::C3", "\xc3\xa4hnlich::Zeiger"}) {
    INFO(right);
    CHECK(complaint(std::string(right) + " p count_").empty());
    CHECK(complaint(std::string("Ref p ") + right).empty());
  }
  CHECK_FALSE(complaint(std::string("Ref p co\0unt", 12)).empty());
}

TEST_CASE("every well-known row has a pointer, and a count that says whose it is or at least its name") {
  const Families families;
  REQUIRE(families.size() > 10);
  for (std::uint32_t f = 0; f < families.size(); ++f) {
    INFO(families[f].handle);
    CHECK_FALSE(families[f].handle.empty());
    CHECK_FALSE(families[f].pointer.empty());
    CHECK_FALSE(families[f].counts.empty());
    CHECK(families.of_handle(families[f].handle) == f);  // no handle is there twice
    for (const Member& count : families[f].counts) CHECK_FALSE(count.name.empty());
  }
  CHECK(counts(family(families, "boost::intrusive_ptr")) ==
        Texts{"boost::sp_adl_block::intrusive_ref_counter::m_ref_counter"});
  CHECK(counts(family(families, "llvm::IntrusiveRefCntPtr")) ==
        Texts{"llvm::RefCountedBase::RefCount", "llvm::ThreadSafeRefCountedBase::RefCount"});
}

TEST_CASE("what is built in is as readable as a program's own file") {
  CHECK(complaint(std::string(known_families())).empty());
  Families twice;
  twice.read_text(known_families(), "again");
  for (const HandleFamily& known : {family(Families(), "sk_sp"), family(Families(), "Poco::AutoPtr")}) {
    CHECK(family(twice, known.handle).pointer == known.pointer);
  }
}

TEST_CASE("a shared_ptr is no handle of an object that counts itself") {
  for (const char* other : {"std::shared_ptr", "std::unique_ptr", "boost::shared_ptr", "std::weak_ptr"}) {
    CHECK_FALSE(Families().of_handle(other));
  }
}

TEST_CASE("a row of a file is the user's own, a built-in one is not", "[families]") {
  const Families families = with("Ref p A::count_\n");
  CHECK(families.is_own(*families.of_handle("Ref")));
  CHECK_FALSE(families.is_own(*families.of_handle("RefPtr")));
  CHECK_FALSE(Families().is_own(*Families().of_handle("RefPtr")));
}
