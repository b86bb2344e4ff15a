// doctor_command.cpp - `gordian doctor PROGRAM`.
#include "commands/doctor_command.h"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "commands/exit_status.h"
#include "commands/output.h"
#include "commands/parser.h"
#include "commands/preload.h"
#include "commands/program_file.h"
#include "doctor/diagnose.h"
#include "doctor/doctor_text.h"
#include "doctor/examine.h"
#include "program/elf/executable.h"
#include "report/wording.h"

namespace gordian {
namespace {

struct DoctorOptions {
  std::string program;
  std::string families;
};

constexpr const char* kDoctorFooter =
    "PROGRAM may be a library, too. Nothing of it is run: its files are read, and those of the\n"
    "libraries that the loader would bring along, found as the loader finds them. Libraries that\n"
    "it opens later (dlopen) are not known. Stacks are read by unwind tables; frame pointers do\n"
    "not matter.\n"
    "\n"
    "Exit status: 0 it can be checked, and nothing limits what is found; 1 something does, or it\n"
    "cannot be checked; 2 gordian could not tell: there is no such file, or no ELF file in it.";

// A library needs no right to be executed.
std::string file_of(const std::string& name) {
  const char* const search_path = std::getenv("PATH");
  const ProgramFile program = find_program(name, search_path != nullptr ? search_path : "/bin:/usr/bin");
  std::error_code error;
  if (!program.path.empty()) return program.path;
  if (name.find('/') != std::string::npos && std::filesystem::is_regular_file(name, error)) return name;
  throw Error(program.why);
}

// Why there is nothing to look at, though it is known what it is; "" for a program of this machine.
std::string why_no_elf_of_ours(const std::string& path) {
  switch (read_executable(path).kind) {
    case Executable::Kind::ours:
      return "";
    case Executable::Kind::script:
      if (std::string why = why_script_not_watched(path, {path}, {}); !why.empty()) return why;
      break;
    case Executable::Kind::foreign:
      return why_not_watched(path);
    case Executable::Kind::other:
      break;
  }
  throw Error(why_not_watched(path));
}

std::string own_runtime() {
  try {
    return find_runtime();
  } catch (const Error&) {  // the tool alone: nothing to compare with, and `gordian run` says so itself
    return "";
  }
}

int run_doctor(const DoctorOptions& options) {
  if (options.program.empty()) throw Error("PROGRAM is required; see gordian doctor --help");
  // Whoever asks what there is does not want it to be downloaded.
  ::unsetenv("DEBUGINFOD_URLS");
  const std::string path = file_of(options.program);
  if (const std::string why = why_no_elf_of_ours(path); !why.empty()) {
    write_all({{"-", [&](const Terminal&) { return "gordian: " + printable(why, 1000) + "\n"; }}});
    return kSomethingFails;
  }
  Families families;
  if (!options.families.empty()) families.read(options.families);
  const auto modules = examine(path, LoaderPlaces::of_this_machine(), families);
  const Diagnosis diagnosis = diagnose(modules, {why_not_watched(path), own_runtime()});
  write_all(
      {{"-", [&](const Terminal& terminal) { return doctor_text(modules, diagnosis, Paint(terminal)); }}});
  const bool fine = diagnosis.limits.empty() && (diagnosis.checked || !diagnosis.is_program);
  return fine ? kNothingFails : kSomethingFails;
}

}  // namespace

std::function<int()> declare_doctor_command(Parser& parser) {
  const auto options = std::make_shared<DoctorOptions>();
  parser.word("PROGRAM", options->program, "the program that is to be tested with gordian");
  parser.input("--families", options->families, "a file that describes smart pointers of your own");
  parser.footer(kDoctorFooter);
  return [options] { return run_doctor(*options); };
}

}  // namespace gordian
