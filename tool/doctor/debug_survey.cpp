// debug_survey.cpp - see debug_survey.h.
#include "doctor/debug_survey.h"

#include <elfutils/libdwelf.h>
#include <gelf.h>

#include <string_view>

#include "program/dwarf/dwarf_die.h"
#include "program/dwarf/unit.h"

namespace gordian {
namespace {

constexpr std::string_view kShimFunction = "gordian_shim_start";

// Pointers that are known by their control blocks.
constexpr std::string_view kControlled[] = {"std::shared_ptr", "boost::shared_ptr"};

bool is_of_cxx(int language) {
  switch (language) {
    case DW_LANG_C_plus_plus:
    case DW_LANG_C_plus_plus_03:
    case DW_LANG_C_plus_plus_11:
    case DW_LANG_C_plus_plus_14:
    case 0x2a:  // C++17 and C++20, which older headers do not name
    case 0x2b:
      return true;
    default:
      return false;
  }
}

bool is_of_c(int language) {
  return language == DW_LANG_C || language == DW_LANG_C89 || language == DW_LANG_C99 ||
         language == DW_LANG_C11 || language == 0x2c;  // C17
}

// A walk over the names of one unit that lie outside of classes and functions.
class UnitSurvey {
 public:
  UnitSurvey(Dwarf_Die root, const Families& families, std::set<std::string>& pointers)
      : families_(families), pointers_(pointers), seen_(root.addr) {
    visit_scope(root, "", 0);
  }

  bool types = false;  // it has some, or something that has a type
  bool functions = false;
  bool described = false;  // of some of them it is told where they are declared
  bool shim = false;
  bool shared = false;  // uses std::shared_ptr
  bool lost = false;    // some class is elsewhere, and not found there

 private:
  void visit_scope(Dwarf_Die scope, const std::string& prefix, int depth) {
    dwarf::each_child(scope, [&](Dwarf_Die child) {
      if (child.addr <= seen_ || depth > dwarf::kDeepest) return false;
      seen_ = child.addr;
      visit(child, prefix, depth);
      return true;
    });
  }

  void visit(Dwarf_Die die, const std::string& prefix, int depth) {
    switch (dwarf_tag(&die)) {
      case DW_TAG_namespace:
        if (const char* name = dwarf_diename(&die)) {
          visit_scope(die, prefix + name + "::", depth + 1);
        } else {
          visit_scope(die, prefix, depth + 1);
        }
        return;
      case DW_TAG_subprogram: {
        const char* const name = dwarf_diename(&die);
        shim = shim || (name != nullptr && name == kShimFunction);
        functions = true;
        described = described || dwarf::has(die, DW_AT_decl_line);
        return;
      }
      case DW_TAG_class_type:
      case DW_TAG_structure_type:
        visit_class(die, prefix);
        types = true;
        return;
      case DW_TAG_base_type:
      case DW_TAG_enumeration_type:
      case DW_TAG_pointer_type:
      case DW_TAG_typedef:
      case DW_TAG_union_type:
        types = true;
        return;
      default:
        return;
    }
  }

  void visit_class(Dwarf_Die die, const std::string& prefix) {
    Dwarf_Die whole = dwarf::whole_class(die);
    lost = lost || (whole.addr == die.addr && dwarf::has(die, DW_AT_signature));
    const char* const own_name = dwarf_diename(&whole);
    if (own_name == nullptr) return;
    const std::string_view base = base_of_name(own_name);
    shared = shared || (base == "_Sp_counted_base" && prefix == "std::");
    std::string name = prefix + std::string(base);
    if (name.starts_with("std::__1::")) name.erase(5, 5);  // libc++
    bool known = families_.of_handle(name).has_value();
    for (const std::string_view controlled : kControlled) known = known || name == controlled;
    if (known) pointers_.insert(std::move(name));
  }

  const Families& families_;
  std::set<std::string>& pointers_;
  const void* seen_;  // each DIE is visited once, in order
};

// -g1 leaves types out. g++ notes its options; clang says nothing of where functions are declared then.
bool has_lines_only(const UnitSurvey& unit, Dwarf_Die root) {
  if (unit.types) return false;
  const std::string producer = dwarf::text(root, DW_AT_producer).value_or("");
  return producer.find(" -g1") != std::string::npos || (unit.functions && !unit.described);
}

// What was compiled, not what link-time optimisation has put together.
bool is_of_source(const std::string& name) {
  return !name.empty() && name.front() != '<';
}

std::string name_of_dwo(Dwarf_Die root) {
  for (const unsigned attribute : {DW_AT_dwo_name, DW_AT_GNU_dwo_name}) {
    if (const auto name = dwarf::text(root, attribute)) return *name;
  }
  return dwarf::name_of(root);
}

// Whether something in it says where it is declared.
bool survey_unit(Dwarf_Die root, Dwarf_Die dies, const Families& families, DebugFacts& facts) {
  const int language = dwarf_srclang(&dies);
  const std::string name = dwarf::name_of(dies);
  const bool shared_part =
      dwarf_tag(&dies) == DW_TAG_partial_unit;  // dwz puts there what units have in common
  const bool cxx = is_of_cxx(language);
  if (!shared_part && (!is_of_source(name) || (!cxx && !is_of_c(language)))) return false;
  const UnitSurvey unit(dies, families, facts.pointers);
  const bool lines_only = has_lines_only(unit, root);
  if (unit.types && !lines_only) facts.level = DebugFacts::Level::full;
  if (shared_part || !cxx) return unit.described;
  facts.units.push_back(name);
  if (lines_only) facts.lines_only.push_back(name);
  if (unit.lost) facts.without_dwo.push_back(name_of_dwo(root));
  if (unit.shim) {
    facts.with_shim.push_back(name);
  } else if (unit.shared) {
    facts.shared_without_shim.push_back(name);
  }
  return unit.described;
}

}  // namespace

void survey_debug_info(Dwarf* dwarf, const Families& families, DebugFacts& facts) {
  Dwarf_CU* unit = nullptr;
  std::uint8_t kind = 0;
  Dwarf_Die root;
  Dwarf_Die split;
  facts.level = DebugFacts::Level::lines;
  bool described = false;
  while (dwarf_get_units(dwarf, unit, &unit, nullptr, &kind, &root, &split) == 0) {
    if (kind == DW_UT_type || kind == DW_UT_split_type) continue;
    if (kind != DW_UT_skeleton) {
      described = survey_unit(root, root, families, facts) || described;
    } else if (split.addr != nullptr) {
      described = survey_unit(root, split, families, facts) || described;
    } else {
      facts.without_dwo.push_back(name_of_dwo(root));
    }
  }
  // A unit of clang's without any inlined call has nothing to know it by.
  if (facts.level == DebugFacts::Level::lines && !described) facts.lines_only = facts.units;
}

bool is_debug_info_compressed(Elf* elf) {
  std::size_t names = 0;
  if (elf == nullptr || elf_getshdrstrndx(elf, &names) != 0) return false;
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr) continue;
    const char* const name = elf_strptr(elf, names, header.sh_name);
    if (name == nullptr) continue;
    if (std::string_view(name) == ".zdebug_info") return true;
    if (std::string_view(name) == ".debug_info") return (header.sh_flags & SHF_COMPRESSED) != 0;
  }
  return false;
}

std::string named_debug_file(Elf* elf) {
  GElf_Word checksum = 0;
  const char* const name = elf != nullptr ? dwelf_elf_gnu_debuglink(elf, &checksum) : nullptr;
  return name != nullptr ? name : "";
}

}  // namespace gordian
