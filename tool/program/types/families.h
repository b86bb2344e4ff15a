// families.h - smart pointers to objects that count their handles themselves.
//
// Such a handle is one pointer, and nothing in memory tells it from any other. Its class does:
// debug info says where a `boost::intrusive_ptr<Node>` lies, that its member `px` is the
// pointer, and where in a Node the member `m_ref_counter` is. A row says these three names.
//
// The well-known rows are built in (known_families.cpp). A families file adds a program's own:
//
//   # handle's class template   its pointer   the count: CLASS::MEMBER, or MEMBER of any class
//   mine::Ref                   object_       mine::Counted::references_
//   mine::Shared                counts_       mine::Counts::strong           object_
//
// Where the count lies in a block of its own, as QSharedPointer's, the pointer is the one to that
// block, and a fourth name is the handle's member that points to the object.
//
// Names are written without template arguments. A class with virtual functions is often defined in the
// debug info of its library only, which may not be there: `Counted::references_@8` says that
// the count lies 8 bytes behind the class's start in that case.
// Several lines may describe one handle: whose
// count is the last, or which of them a class has, is found out class by class.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gordian {

struct Member {
  std::string owner;  // qualified class name without template arguments; "" for any class
  std::string name;
  std::optional<std::uint64_t>
      offset;  // in `owner`, where debug info has no definition of that; else not looked at
};

// One kind of handle.
struct HandleFamily {
  std::string handle;          // qualified class name without template arguments
  std::string pointer;         // its member that points to the object, or to what has its count
  std::string object;          // then that which points to the object; "" where the count lies in it
  std::vector<Member> counts;  // the object has one of them
};

// One line of a families file, as it was written.
struct FamilyRow {
  std::string where;  // "own.families:3"
  std::string handle;
  std::string pointer;
  std::string object;
  Member count;
};

class Families {
 public:
  // The well-known ones.
  Families();

  // Adds the rows of a file; they come before the well-known ones. Throws Error that names the
  // file, line and column of what is wrong.
  void read(const std::filesystem::path& path);
  // Likewise of a text; `name` is what errors call it.
  void read_text(std::string_view text, const std::string& name);

  // The number of the family whose handles are of that class (a name without template arguments).
  std::optional<std::uint32_t> of_handle(std::string_view class_name) const;
  const HandleFamily& operator[](std::uint32_t number) const { return families_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(families_.size()); }
  // Whether it was read from a file: then the class of that name is meant, and not somebody else's.
  bool is_own(std::uint32_t number) const { return number < own_; }

  // The lines that were read, in order; those that are built in are not among them.
  const std::vector<FamilyRow>& own_rows() const { return own_rows_; }

 private:
  void add(HandleFamily row);

  std::vector<HandleFamily> families_;
  std::vector<FamilyRow> own_rows_;
  std::size_t own_ = 0;  // the first so many are the user's
};

// The rows that are built in, in the form of a families file.
std::string_view known_families();

}  // namespace gordian
