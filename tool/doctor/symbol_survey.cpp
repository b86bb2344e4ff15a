// symbol_survey.cpp - see symbol_survey.h.
#include "doctor/symbol_survey.h"

#include <elfutils/libdw.h>

#include <array>
#include <cstdlib>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace gordian {
namespace {

constexpr std::string_view kVirtualTable = "_ZTV";
constexpr std::string_view kTypeInfo = "_ZTI";
// In every module for aarch64: libc's way to __gmon_start__(), before all that is the module's own.
constexpr std::string_view kStartWithoutTable = "call_weak_fn";
constexpr std::string_view kShimStart = "_ZN12_GLOBAL__N_118gordian_shim_startEv";

bool is_cxx_source(std::string_view file) {
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) return false;
  constexpr std::array<std::string_view, 7> kEndings = {"cpp", "cc", "cxx", "C", "c++", "CPP", "cppm"};
  for (const std::string_view ending : kEndings) {
    if (file.substr(dot + 1) == ending) return true;
  }
  return false;
}

// Of the blocks behind shared_ptr: libstdc++'s, libc++'s, boost's.
bool is_control_block(std::string_view class_symbol) {
  for (const std::string_view part : {"_Sp_counted_ptr", "_Sp_counted_deleter", "__shared_ptr_emplace",
                                      "__shared_ptr_pointer", "sp_counted_impl_p"}) {
    if (class_symbol.find(part) != std::string_view::npos) return true;
  }
  return false;
}

class SymbolSurvey {
 public:
  explicit SymbolSurvey(Dwfl_Module* module) : unwinding_(dwfl_module_eh_cfi(module, &unwinding_bias_)) {
    const int count = dwfl_module_getsymtab(module);
    for (int i = 1; i < count; ++i) {
      GElf_Sym symbol;
      GElf_Addr address = 0;
      GElf_Word section = 0;
      const char* const name =
          dwfl_module_getsym_info(module, i, &symbol, &address, &section, nullptr, nullptr);
      if (name != nullptr) add(symbol, address, section, name);
    }
    count_tables();
  }
  SymbolFacts take() { return std::move(facts_); }

 private:
  void add(const GElf_Sym& symbol, GElf_Addr address, GElf_Word section, std::string_view name) {
    const auto type = GELF_ST_TYPE(symbol.st_info);
    const bool local = GELF_ST_BIND(symbol.st_info) == STB_LOCAL;
    if (type == STT_FILE) {
      facts_.whole = true;
      file_ = name;
      if (is_cxx_source(name)) facts_.files.emplace_back(name);
      return;
    }
    if (name.starts_with(kTypeInfo)) described_.insert(std::string(name.substr(kTypeInfo.size())));
    if (section == SHN_UNDEF) return;
    facts_.whole = facts_.whole || (local && (type == STT_FUNC || type == STT_OBJECT));
    if (name == "__cxa_throw") facts_.cxx_runtime_inside = true;
    if (name.starts_with(kVirtualTable)) tables_.insert(std::string(name.substr(kVirtualTable.size())));
    if (type == STT_FUNC && symbol.st_size != 0) add_function(address, name);
    // The symbols of a file follow its name.
    if (local && name.starts_with(kShimStart) && is_cxx_source(file_)) {
      facts_.files_with_shim.emplace_back(file_);
    }
  }

  void add_function(GElf_Addr address, std::string_view name) {
    if (name == kStartWithoutTable) return;
    ++facts_.functions;
    Dwarf_Frame* frame = nullptr;
    if (unwinding_ == nullptr || dwarf_cfi_addrframe(unwinding_, address - unwinding_bias_, &frame) != 0) {
      facts_.without_unwinding.emplace_back(name);
    }
    std::free(frame);
  }

  void count_tables() {
    facts_.virtual_tables = tables_.size();
    for (const std::string& name : tables_) {
      if (described_.count(name) != 0) continue;
      ++facts_.tables_without_rtti;
      if (is_control_block(name)) ++facts_.controls_without_rtti;
    }
  }

  GElf_Addr unwinding_bias_ = 0;
  Dwarf_CFI* unwinding_;
  SymbolFacts facts_;
  std::string file_;
  std::unordered_set<std::string> tables_;     // classes that have one, mangled
  std::unordered_set<std::string> described_;  // classes with a type_info, here or elsewhere
};

}  // namespace

SymbolFacts survey_symbols(Dwfl_Module* module) {
  return SymbolSurvey(module).take();
}

}  // namespace gordian
