// debug_info.cpp - any bytes as the file of a program: its debug info, symbols and code's addresses, asked
// everything, and the doctor's verdict on it.
//
// The seeds are small libraries that the build makes (fixture.cpp). Mutations of an ELF file go into one of
// its debug sections, where most bytes mean something, or into a header.
#include <elf.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

#include "analysis/analyse.h"
#include "doctor/diagnose.h"
#include "doctor/doctor_text.h"
#include "doctor/examine.h"
#include "fuzz.h"
#include "program/program.h"
#include "unit/snapshot/snapshot_writer.h"

using namespace gordian;

namespace {

// Where code and data of the fixture's builds lie.
constexpr std::uint64_t kLow = 0xb00;
constexpr std::uint64_t kHigh = 0x1500;

// A ring of objects of the fixture's classes, as the runtime would have recorded it of a program whose file
// is at `path`.
Snapshot ring_in(const std::string& path) {
  test::SnapshotWriter writer = test::ring_of_three();
  writer.modules[0] = {0, 0, kHigh, writer.string(path), 0};
  for (const char* name :
       {"St15_Sp_counted_ptrIP4TreeLN9__gnu_cxx12_Lock_policyE2EE", "4Tree", "4Leaf", "N3own4NodeE"})
    writer.vtables.push_back({0x1200 + writer.vtables.size() * 8, {0xcb0}, writer.string(name), 0});
  for (snapshot::ObjectRow& object : writer.objects) object.vtable = 1;
  writer.blocks.back().vtable = 2;
  for (std::uint64_t& frame : writer.frames) frame = kLow + 0x200 + frame % 0x100;
  writer.calls = {{0x7ffc0000, kLow + 0x240}, {0x7ffc0100, 0}};
  writer.root_words[0] = {0x7ffc0040, 0x2000, snapshot::Place::stack, {}};
  test::MemoryFile file(writer.bytes());
  return read_snapshot(file.path());
}

void ask_for_words(TypeModel& types, TypeId type) {
  types.name(type);
  types.count_offset(type);
  types.having_part(type, 0, 2 * types.size(type));
  for (std::uint64_t offset = 0; offset < std::min<std::uint64_t>(types.size(type), 256); offset += 8)
    types.word_at(types.word_at(type, offset).element, 8);
}

void ask_for_types(const Snapshot& snapshot, TypeModel& types) {
  for (std::uint32_t vtable = 0; vtable < snapshot.vtables.size(); ++vtable) {
    const ControlType control = types.control_type(vtable);
    types.dynamic_name(vtable);
    for (const TypeId type : {control.control, control.managed, types.dynamic_type(vtable)})
      ask_for_words(types, type);
  }
  for (const auto& counted : types.counted_classes()) ask_for_words(types, counted.type);
}

void ask_for_places(Program& program) {
  TypeModel& types = program.types();
  for (std::uint64_t at = kLow; at < kHigh; at += 0x30) {
    fuzz::require(!program.frames().frames_at(at).empty());
    types.variable_at(at);
    for (const TypeId type : {types.erased_type(at), types.operation_type(at), types.coroutine_frame(at),
                              types.thrown_type(at), types.announced_by(std::span(&at, 1))})
      ask_for_words(types, type);
    for (const TypeId type : types.allocated_by(std::span(&at, 1))) ask_for_words(types, type);
  }
  types.variable_at(0x7ffc0008);
}

// Where the bytes lie that are worth a change: a section, or the headers.
std::pair<std::size_t, std::size_t> place_to_change(const std::uint8_t* data, std::size_t size,
                                                    std::mt19937& random) {
  Elf64_Ehdr header;
  if (size < sizeof header) return {0, size};
  std::memcpy(&header, data, sizeof header);
  const std::size_t table = std::size_t{header.e_shnum} * sizeof(Elf64_Shdr);
  if (header.e_shoff > size || table > size - header.e_shoff || header.e_shnum == 0) return {0, size};
  if (random() % 10 == 0)
    return random() % 4 == 0 ? std::pair{std::size_t{0}, sizeof header} : std::pair{header.e_shoff, table};
  Elf64_Shdr section;
  std::memcpy(&section, data + header.e_shoff + random() % header.e_shnum * sizeof section, sizeof section);
  if (section.sh_type == SHT_NOBITS || section.sh_offset > size || section.sh_size > size - section.sh_offset)
    return {0, size};
  return {section.sh_offset, section.sh_size};
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most,
                                               unsigned seed) {
  std::mt19937 random(seed);
  if (random() % 20 == 0) return LLVMFuzzerMutate(data, size, most);
  for (std::size_t changes = 1 + random() % 3; changes > 0; --changes) {
    const auto [offset, length] = place_to_change(data, size, random);
    if (length == 0) continue;
    const std::size_t part = std::min<std::size_t>(length, 1 + random() % 16);
    const std::size_t at = offset + random() % (length - part + 1);
    std::vector<std::uint8_t> bytes(data + at, data + at + part);
    LLVMFuzzerMutate(bytes.data(), part, part);
    std::copy(bytes.begin(), bytes.end(), data + at);
  }
  return size;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static test::MemoryFile file(std::span<const std::byte>{});
  static const Snapshot snapshot = ring_in(file.path().string());
  static const Families families;
  file.replace(fuzz::as_bytes(data, size));
  fuzz::ask([] {
    Program program(snapshot, families);
    ask_for_types(snapshot, program.types());
    ask_for_places(program);
    analyse(snapshot, program.types());
  });
  fuzz::ask([] {
    const auto modules = examine(file.path().string(), LoaderPlaces{}, families);
    fuzz::require(!doctor_text(modules, diagnose(modules, {}), Paint()).empty());
  });
  return 0;
}
