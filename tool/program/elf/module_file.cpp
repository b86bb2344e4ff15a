// module_file.cpp - see module_file.h.
#include "program/elf/module_file.h"

#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "program/elf/system_library.h"

namespace gordian {
namespace {

// dwfl_report_elf() opens the file itself, so it never asks find_elf.
int find_no_elf(Dwfl_Module*, void**, const char*, Dwarf_Addr, char**, Elf**) {
  return -1;
}

char* debug_info_path = nullptr;  // null: libdw's default, .debug beside the file and /usr/lib/debug

const Dwfl_Callbacks callbacks = {find_no_elf, dwfl_standard_find_debuginfo, nullptr, &debug_info_path};

std::string hex(const unsigned char* bytes, int count) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

std::string last_error() {
  const char* message = dwfl_errmsg(-1);
  return message != nullptr ? message : "unknown error";
}

}  // namespace

Dwfl_Module* ModuleFile::open() {
  if (opened_) {
    return file_;
  }
  opened_ = true;
  open_at(module_.path);
  if (file_ == nullptr && !running_.empty() && !module_.build_id.empty()) {
    const std::string why_not = std::exchange(why_not_, {});
    open_at(running_);
    if (file_ == nullptr) {
      why_not_ = why_not;
    }
  }
  return file_;
}

// Sets file_, or why_not_.
void ModuleFile::open_at(const std::string& path) {
  std::error_code error;
  // The path comes from the snapshot: it may name a pipe, where opening would wait for ever.
  if (!std::filesystem::is_regular_file(path, error)) {
    why_not_ = module_.path + " is not there any more: its types, functions and lines are unknown";
    return;
  }
  opened_path_ = path;
  session_.reset(dwfl_begin(&callbacks));
  if (!session_) {
    why_not_ = module_.path + " could not be read (" + last_error() + ")";
    return;
  }
  dwfl_report_begin(session_.get());
  file_ = dwfl_report_elf(session_.get(), module_.path.c_str(), path.c_str(), -1, module_.bias, true);
  if (file_ == nullptr) {
    why_not_ = module_.path + " could not be read (" + last_error() +
               "): its types, functions and lines are unknown";
  }
  dwfl_report_end(session_.get(), nullptr, nullptr);
  if (file_ != nullptr && !is_the_file_that_ran()) {
    file_ = nullptr;
    why_not_ =
        module_.path + " was changed since the program ran; its types, functions and lines are left out";
  }
}

bool ModuleFile::is_the_file_that_ran() {
  if (module_.build_id.empty()) {
    return true;
  }
  GElf_Addr bias = 0;
  if (dwfl_module_getelf(file_, &bias) == nullptr) {
    return false;
  }
  const unsigned char* bytes = nullptr;
  GElf_Addr where = 0;
  const int count = dwfl_module_build_id(file_, &bytes, &where);
  return count > 0 && hex(bytes, count) == module_.build_id;
}

std::optional<ModuleFile::Debug> ModuleFile::debug() {
  if (asked_debug_) {
    return debug_;
  }
  asked_debug_ = true;
  // Nobody's leak is explained there, and where it is installed it takes longer to unpack than all else to
  // read.
  if (is_system_library(module_.path) || open() == nullptr) {
    return std::nullopt;
  }
  Dwarf_Addr bias = 0;
  if (Dwarf* dwarf = dwfl_module_getdwarf(file_, &bias); dwarf != nullptr) {
    debug_ = Debug{dwarf, bias};
  } else {
    why_not_ = "no debug info in " + module_.path + ": offsets instead of members and lines there";
  }
  return debug_;
}

std::string ModuleFile::separate_debug_file() {
  if (!debug()) {
    return {};
  }
  const char* path = nullptr;
  dwfl_module_info(file_, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, &path);
  return path != nullptr && opened_path_ != path ? path : "";
}

std::string ModuleFile::symbol_at(std::uint64_t address) {
  if (open() == nullptr) {
    return {};
  }
  GElf_Off offset = 0;
  GElf_Sym symbol;
  const char* name = dwfl_module_addrinfo(file_, address, &offset, &symbol, nullptr, nullptr, nullptr);
  return name != nullptr ? name : "";
}

std::optional<ModuleFile::Symbol> ModuleFile::data_symbol_over(std::uint64_t address) {
  if (open() == nullptr) {
    return std::nullopt;
  }
  GElf_Off offset = 0;
  GElf_Sym symbol;
  const char* name = dwfl_module_addrinfo(file_, address, &offset, &symbol, nullptr, nullptr, nullptr);
  if (name == nullptr || GELF_ST_TYPE(symbol.st_info) != STT_OBJECT || offset >= symbol.st_size) {
    return std::nullopt;
  }
  return Symbol{name, address - offset, symbol.st_size};
}

std::span<const char> ModuleFile::bytes_from(std::uint64_t address) {
  GElf_Addr bias = 0;
  Elf* elf = open() != nullptr ? dwfl_module_getelf(file_, &bias) : nullptr;
  const std::uint64_t at = address - bias;
  for (Elf_Scn* section = nullptr; elf != nullptr && (section = elf_nextscn(elf, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr || (header.sh_flags & SHF_ALLOC) == 0 ||
        header.sh_type == SHT_NOBITS || at < header.sh_addr || at - header.sh_addr >= header.sh_size) {
      continue;
    }
    const Elf_Data* data = elf_rawdata(section, nullptr);
    const std::uint64_t offset = at - header.sh_addr;
    if (data == nullptr || data->d_buf == nullptr || offset >= data->d_size) {
      return {};
    }
    return {static_cast<const char*>(data->d_buf) + offset, data->d_size - offset};
  }
  return {};
}

std::optional<std::uint64_t> ModuleFile::word_at(std::uint64_t address) {
  const std::span<const char> bytes = bytes_from(address);
  std::uint64_t word = 0;
  if (bytes.size() < sizeof word) {
    return std::nullopt;
  }
  std::memcpy(&word, bytes.data(), sizeof word);
  return word;
}

void ModuleFile::note_missing_debug_info() {
  if (!why_not_.empty() && !is_system_library(module_.path)) {
    notes_.add(why_not_);
  }
}

void ModuleFile::note_unknown_type() {
  if (is_system_library(module_.path) || debug()) {
    return;
  }
  notes_.add(file_ == nullptr ? why_not_
                              : "what an object of <unknown type> is would be in the debug info of " +
                                    module_.path + ", which has none: compile it with -g");
}

void ModuleFile::note_missing_class() {
  note_missing_debug_info();
  if (debug_ && !is_system_library(module_.path)) {
    notes_.add("the debug info of " + module_.path +
               " does not say what some classes hold (built with -g1, or its .dwo files are missing or "
               "packed): offsets instead of members there");
  }
}

}  // namespace gordian
