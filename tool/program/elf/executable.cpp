// executable.cpp - see executable.h.
#include "program/elf/executable.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>

#include "base/error.h"
#include "program/elf/machine.h"

namespace gordian {
namespace {

class File {
 public:
  explicit File(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (fd_ < 0) throw Error(path + ": cannot be read: " + std::strerror(errno));
  }
  ~File() { ::close(fd_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int fd() const { return fd_; }

 private:
  int fd_;
};

struct EndElf {
  void operator()(Elf* elf) const { elf_end(elf); }
};

constexpr std::string_view kInterpreterBlank = " \t";

// "#! /bin/sh -e x" gives /bin/sh and "-e x", as the kernel reads it.
std::vector<std::string> split_interpreter_line(std::string_view text) {
  const auto trim = [](std::string_view part) {
    const auto first = part.find_first_not_of(kInterpreterBlank);
    if (first == std::string_view::npos) return std::string_view();
    return part.substr(first, part.find_last_not_of(kInterpreterBlank) - first + 1);
  };
  const std::string_view line = trim(text.substr(0, text.find('\n')));
  const std::string_view interpreter = line.substr(0, line.find_first_of(kInterpreterBlank));
  const std::string_view argument = trim(line.substr(interpreter.size()));
  std::vector<std::string> words;
  if (!interpreter.empty()) words.emplace_back(interpreter);
  if (!argument.empty()) words.emplace_back(argument);
  return words;
}

// A string of the file itself, up to its NUL; "" when it does not lie in the file.
std::string string_at(Elf* elf, const GElf_Phdr& segment) {
  Elf_Data* const data =
      elf_getdata_rawchunk(elf, static_cast<std::int64_t>(segment.p_offset), segment.p_filesz, ELF_T_BYTE);
  if (data == nullptr || data->d_buf == nullptr) return "";
  const auto* const text = static_cast<const char*>(data->d_buf);
  return {text, ::strnlen(text, data->d_size)};
}

// False: the file ends before its program headers do.
bool read_segments(Elf* elf, const GElf_Ehdr& header, Executable& out) {
  std::uint64_t first = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t end = 0;
  for (int i = 0; i < header.e_phnum; ++i) {
    GElf_Phdr segment;
    if (gelf_getphdr(elf, i, &segment) == nullptr) return false;
    if (segment.p_type == PT_LOAD) {
      first = std::min(first, segment.p_vaddr);
      end = std::max(end, segment.p_vaddr + segment.p_memsz);
    }
    if (segment.p_type == PT_INTERP) out.loader = string_at(elf, segment);
    if (segment.p_type == PT_GNU_EH_FRAME) out.unwind_tables = true;
  }
  if (end > first) out.span = end - first;
  return true;
}

void read_dynamic(Elf* elf, Elf_Data* data, const GElf_Shdr& header, Executable& out) {
  GElf_Dyn entry;
  for (int i = 0; gelf_getdyn(data, i, &entry) != nullptr && entry.d_tag != DT_NULL; ++i) {
    if (entry.d_tag != DT_NEEDED && entry.d_tag != DT_SONAME && entry.d_tag != DT_RPATH &&
        entry.d_tag != DT_RUNPATH) {
      continue;
    }
    const char* const text = elf_strptr(elf, header.sh_link, entry.d_un.d_val);
    if (text == nullptr) continue;
    if (entry.d_tag == DT_NEEDED) out.needed.emplace_back(text);
    if (entry.d_tag == DT_SONAME) out.soname = text;
    if (entry.d_tag == DT_RPATH) out.rpath = text;
    if (entry.d_tag == DT_RUNPATH) out.runpath = text;
  }
}

void read_symbols(Elf* elf, Elf_Data* data, const GElf_Shdr& header, Executable& out) {
  GElf_Sym symbol;
  for (int i = 0; gelf_getsym(data, i, &symbol) != nullptr; ++i) {
    const char* const name = elf_strptr(elf, header.sh_link, symbol.st_name);
    if (name == nullptr || name[0] == '\0') continue;
    (symbol.st_shndx == SHN_UNDEF ? out.imported : out.exported).emplace(name);
  }
}

void read_sections(Elf* elf, Executable& out) {
  for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf, section)) != nullptr;) {
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == nullptr) continue;
    if (header.sh_type != SHT_DYNAMIC && header.sh_type != SHT_DYNSYM) continue;
    Elf_Data* const data = elf_getdata(section, nullptr);
    if (data == nullptr) continue;
    (header.sh_type == SHT_DYNAMIC ? read_dynamic : read_symbols)(elf, data, header, out);
  }
}

void read_elf(int fd, Executable& out) {
  elf_version(EV_CURRENT);
  const std::unique_ptr<Elf, EndElf> elf(elf_begin(fd, ELF_C_READ_MMAP, nullptr));
  GElf_Ehdr header;
  if (!elf || elf_kind(elf.get()) != ELF_K_ELF || gelf_getehdr(elf.get(), &header) == nullptr) return;
  if (header.e_type != ET_EXEC && header.e_type != ET_DYN) return;
  const bool ours = header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_machine == own_machine().elf;
  if (!ours) {
    out.kind = Executable::Kind::foreign;
  } else if (read_segments(elf.get(), header, out)) {
    out.kind = Executable::Kind::ours;
    read_sections(elf.get(), out);
  }
}

}  // namespace

Executable read_executable(const std::string& path) {
  const File file(path);
  Executable out;
  std::array<char, 256> start{};  // the kernel reads no more of a #! line either
  const ssize_t size = ::pread(file.fd(), start.data(), start.size(), 0);
  if (size < 0) throw Error(path + ": cannot be read: " + std::strerror(errno));
  const std::string_view begins(start.data(), static_cast<std::size_t>(size));
  if (begins.substr(0, 2) == "#!") {
    out.kind = Executable::Kind::script;
    out.interpreter_line = split_interpreter_line(begins.substr(2));
  } else {
    read_elf(file.fd(), out);
  }
  return out;
}

}  // namespace gordian
