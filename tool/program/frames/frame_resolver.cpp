// frame_resolver.cpp - see frame_resolver.h.
#include "program/frames/frame_resolver.h"

#include <filesystem>

#include "program/dwarf/inlined.h"
#include "program/frames/plumbing.h"
#include "program/names/names.h"

namespace gordian {
namespace {

constexpr const char* kNoFile = "???";  // libdw's name for it

struct Line {
  std::string file;
  int line = 0;
};

Line line_at(Dwarf_Die unit, std::uint64_t address) {
  Line result;
  Dwarf_Line* line = dwarf_getsrc_die(&unit, address);
  if (line == nullptr) {
    return result;
  }
  if (const char* file = dwarf_linesrc(line, nullptr, nullptr);
      file != nullptr && *file != 0 && std::string_view(file) != kNoFile) {
    std::filesystem::path path = file;
    if (path.is_relative()) {
      path = std::filesystem::path(dwarf::text(unit, DW_AT_comp_dir).value_or("")) / path;
    }
    result.file = path.lexically_normal().string();
  }
  dwarf_lineno(line, &result.line);
  return result;
}

// Whether debug info has all that a function's symbol would say: it is
// main, which is in every stack, or it has a linkage name.
bool has_own_name(const Dwarf_Die& function) {
  const bool external = dwarf::flag(dwarf::declaration_of(function), DW_AT_external);
  return !dwarf::linkage_name(function).empty() || (external && dwarf::name_of(function) == "main");
}

std::optional<std::string> symbol_name(ModuleFile& module, std::uint64_t address) {
  const std::string symbol = module.symbol_at(address);
  if (symbol.empty()) {
    return std::nullopt;
  }
  const std::string name = demangle_symbol(symbol);
  return name.empty() ? symbol.substr(0, symbol.find('@')) : tidy_function_name(name);
}

void set_line(Frame& frame, const Line& line) {
  if (!line.file.empty()) {
    frame.file = line.file;
  }
  if (line.line > 0) {
    frame.line = line.line;
  }
}

}  // namespace

std::vector<Frame> DwarfFrames::frames_at(std::uint64_t pc) {
  const auto known = known_.find(pc);
  if (known != known_.end()) {
    return known->second;
  }
  // A return address is the instruction after the call: it may belong to the next line, or function.
  return known_.emplace(pc, resolve(pc == 0 ? 0 : pc - 1)).first->second;
}

std::vector<Frame> DwarfFrames::resolve(std::uint64_t address) {
  Frame frame;
  ModuleFile* module = info_.module_at(address);
  if (module == nullptr) {
    frame.offset = address;
    return {frame};
  }
  frame.module = module->module().path;
  frame.offset = address - module->module().bias;
  std::vector<Frame> frames;
  const auto place = info_.place_of(address);
  // Finding a symbol goes through all of the module's: not done where debug info has the name.
  if (!place || !place->function || !has_own_name(*place->function)) {
    frame.function = symbol_name(*module, address);
  }
  if (place) {
    add_debug_frames(*place, address - place->module->bias(), frame, frames);
  } else {
    frames.push_back(frame);
    if (!is_plumbing(frame)) {
      module->note_missing_debug_info();
    }
  }
  return frames;
}

void DwarfFrames::add_debug_frames(const DebugInfo::Place& place, std::uint64_t address, const Frame& known,
                                   std::vector<Frame>& frames) {
  Line line = line_at(place.unit->lines, address);
  if (!place.function) {
    frames.push_back(known);
    set_line(frames.back(), line);
    return;
  }
  std::vector<Dwarf_Die> around{*place.function};
  dwarf::append_inlined_around(*place.function, address, around);
  for (std::size_t i = around.size(); i-- > 0;) {
    Frame frame = known;
    frame.inlined = i > 0;
    const std::string name = name_of(around[i], i == 0 ? known.function.value_or("") : "");
    frame.function = name.empty() ? std::nullopt : std::optional(name);
    set_line(frame, line);
    frames.push_back(frame);
    if (i > 0) {
      const auto file = dwarf::number(around[i], DW_AT_call_file);
      const auto number = dwarf::number(around[i], DW_AT_call_line);
      line.file = file ? info_.file_of(place.unit->dies, *file) : "";
      line.line = number && *number < 0x7fffffff ? static_cast<int>(*number) : 0;
    }
  }
}

std::string DwarfFrames::name_of(const Dwarf_Die& function, const std::string& symbol) {
  if (const std::string name = demangle_symbol(dwarf::linkage_name(function)); !name.empty()) {
    return tidy_function_name(name);
  }
  if (!symbol.empty()) {
    return symbol;
  }
  return tidy_function_name(info_.qualified_name(function));
}

}  // namespace gordian
