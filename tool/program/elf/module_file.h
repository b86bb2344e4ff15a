// module_file.h - one module of the checked program: its file, its symbols, its debug info.
//
// Nothing is opened before it is asked for. A file that is gone, that is no longer the
// one that ran, or that libdw cannot read is as good as one without any information:
// the caller gets nothing, the notes say why.
#pragma once

#include <elfutils/libdwfl.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "program/elf/notes.h"
#include "snapshot/snapshot.h"

namespace gordian {

class ModuleFile {
 public:
  // `module` and `notes` must outlive the object. `running` is where the kernel has the file as long as the process runs, to be
  // read where the module's path leads to another one by now; "" where it has not.
  ModuleFile(const Module& module, Notes& notes, std::string running = {})
      : module_(module), running_(std::move(running)), notes_(notes) {}

  const Module& module() const { return module_; }

  // libdwfl's view of it; null when the file is of no use.
  Dwfl_Module* open();

  struct Debug {
    Dwarf* dwarf;
    std::uint64_t bias;  // address in the process minus address in the debug info
  };
  // None for a run-time library, whether it has any or not.
  std::optional<Debug> debug();
  // The file that debug() came from; "" where it is the module's own.
  std::string separate_debug_file();

  // The ELF symbol that covers `address` (of the process), not demangled; "" without.
  std::string symbol_at(std::uint64_t address);

  struct Symbol {
    std::string name;  // not demangled
    std::uint64_t address;
    std::uint64_t size;  // bytes
  };
  // The symbol of the data at `address` (of the process); none where no symbol says that it reaches so far.
  std::optional<Symbol> data_symbol_over(std::uint64_t address);

  // What the file holds from `address` (of the process) to the end of its section, not relocated; none where it has none.
  std::span<const char> bytes_from(std::uint64_t address);
  // Likewise the word there.
  std::optional<std::uint64_t> word_at(std::uint64_t address);

  // Somebody wanted types or lines of this module and there were none.
  void note_missing_debug_info();
  // Somebody wanted a class of this module, and its debug info, if any, has no definition of it.
  void note_missing_class();
  // Nobody can say what some object is, which is of this module as far as can be told. No note
  // when it has debug info.
  void note_unknown_type();

 private:
  struct EndSession {
    void operator()(Dwfl* session) const { dwfl_end(session); }
  };

  void open_at(const std::string& path);
  bool is_the_file_that_ran();

  const Module& module_;
  const std::string running_;
  Notes& notes_;
  bool opened_ = false;
  bool asked_debug_ = false;
  std::string opened_path_;
  std::unique_ptr<Dwfl, EndSession> session_;
  Dwfl_Module* file_ = nullptr;
  std::optional<Debug> debug_;
  std::string why_not_;  // a sentence about the file, when it is of no use
};

}  // namespace gordian
