// family_rows.cpp - see family_rows.h.
#include "program/types/family_rows.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace gordian {
namespace {

constexpr std::size_t kMostNamed = 5;  // a file that many programs share describes more than one of them has

class RowChecker {
 public:
  RowChecker(DebugInfo& info, ClassLayouts& layouts) : info_(info), layouts_(layouts) {}

  // What of a row whose handles are these is found nowhere, as the rest of a sentence; "" when all is found.
  // `wrong` says whether the classes are there, and have no such member.
  std::string unfound(const FamilyRow& row, const std::vector<Dwarf_Die>& handles, bool& wrong) {
    wrong = true;
    for (const std::string& member : {row.pointer, row.object}) {
      if (!member.empty() && !some_has(handles, {"", member, {}})) return lacks(row.handle, member);
    }
    if (!row.count.owner.empty()) return unfound_count(row.count, wrong);
    const std::vector<Dwarf_Die> counted = pointees(row, handles);
    if (counted.empty() || some_has(counted, row.count)) return "";
    return "no class that a " + row.handle + " points to has a data member " + row.count.name;
  }

 private:
  static std::string lacks(const std::string& name, const std::string& member) {
    return name + " has no data member " + member;
  }

  bool some_has(const std::vector<Dwarf_Die>& classes, const Member& member) {
    return std::any_of(classes.begin(), classes.end(),
                       [&](const Dwarf_Die& die) { return !layouts_.find_member(die, member).empty(); });
  }

  std::string unfound_count(const Member& count, bool& wrong) {
    const std::vector<Dwarf_Die> owners = info_.classes_of_template(count.owner);
    if (!owners.empty()) return some_has(owners, count) ? "" : lacks(count.owner, count.name);
    wrong = false;
    if (count.offset) return "";  // for a class that is defined nowhere
    return "no module's debug info defines " + count.owner + " (of such a class, say " + count.owner +
           "::" + count.name + "@OFFSET)";
  }

  // The classes whose count it is, where they are defined.
  std::vector<Dwarf_Die> pointees(const FamilyRow& row, const std::vector<Dwarf_Die>& handles) {
    std::vector<Dwarf_Die> found;
    for (const Dwarf_Die& handle : handles) {
      std::vector<std::optional<Dwarf_Die>> types;
      for (auto& place : layouts_.find_member(handle, {"", row.pointer, {}})) {
        if (dwarf_tag(&place.type) == DW_TAG_pointer_type) types.push_back(dwarf::type_of(place.type));
      }
      if (row.object.empty()) types.push_back(dwarf::template_type(handle, 0));
      for (const auto& type : types) {
        const auto whole = type && dwarf::is_class(*type) ? info_.definition_of(*type) : std::nullopt;
        if (whole) found.push_back(*whole);
      }
    }
    return found;
  }

  DebugInfo& info_;
  ClassLayouts& layouts_;
};

// `rows` are those whose handle is in no debug info.
std::string without_handle(const std::vector<const FamilyRow*>& rows) {
  std::string list;
  for (std::size_t i = 0; i < std::min(rows.size(), kMostNamed); ++i) {
    list += (i == 0 ? "" : ", ") + rows[i]->handle + " (" + rows[i]->where + ")";
  }
  if (rows.size() > kMostNamed) list += " and " + std::to_string(rows.size() - kMostNamed) + " more";
  return "no module's debug info has the handle class" + std::string(rows.size() == 1 ? " " : "es ") + list +
         ": " + (rows.size() == 1 ? "that line finds" : "these lines find") + " nothing";
}

}  // namespace

std::vector<std::string> note_unfound_rows(DebugInfo& info, ClassLayouts& layouts, const Families& families,
                                           Notes& notes) {
  RowChecker checker(info, layouts);
  std::vector<const FamilyRow*> lost;
  std::vector<std::string> wrong;
  for (const FamilyRow& row : families.own_rows()) {
    const std::vector<Dwarf_Die> handles = info.classes_of_template(row.handle);
    if (handles.empty()) {
      lost.push_back(&row);
      continue;
    }
    bool is_wrong = false;
    const std::string why = checker.unfound(row, handles, is_wrong);
    if (why.empty()) continue;
    const std::string sentence = row.where + ": " + why + ": that line finds nothing";
    notes.add(sentence);
    if (is_wrong) wrong.push_back(sentence);
  }
  if (!lost.empty()) notes.add(without_handle(lost));
  return wrong;
}

}  // namespace gordian
