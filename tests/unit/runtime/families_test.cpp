// families_test.cpp - scan/families.h
#include <cstring>

#include "catch.h"
#include "scan/families.h"

using namespace gordian::rt;
using gordian::snapshot::Family;

namespace {

constexpr char kStd[] = "St16_Sp_counted_baseILN9__gnu_cxx12_Lock_policyE2EE";
constexpr char kStdMutex[] = "St16_Sp_counted_baseILN9__gnu_cxx12_Lock_policyE1EE";
constexpr char kLibcxx[] = "NSt3__119__shared_weak_countE";
constexpr char kBoost[] = "N5boost6detail15sp_counted_baseE";

const ControlFamily& by_base(const char* base) { return family_at(family_of_base(base)); }
const ControlFamily& shim() { return family_at(FamilyRow::shim); }

Holding holding(const char* base, const char* name) {
  return kind_of_control(by_base(base), name).holding;
}
ManagedAt managed_at(const char* base, const char* name) {
  return kind_of_control(by_base(base), name).managed_at;
}

// A control block with these words behind its vptr.
struct Block {
  std::uint64_t words[8] = {};
  Address address() const { return reinterpret_cast<Address>(words); }
};

Block two_ints(std::uint32_t use, std::uint32_t weak, std::size_t at = 1) {
  Block block;
  block.words[at] = std::uint64_t{weak} << 32 | use;
  return block;
}

}  // namespace

TEST_CASE("a family is known by its base, and by nothing else") {
  CHECK(by_base(kStd).id == Family::std_shared);
  CHECK(by_base(kLibcxx).id == Family::libcxx_shared);
  CHECK(by_base(kBoost).id == Family::boost_shared);
  CHECK(family_of_base("") == FamilyRow::none);
  CHECK(family_of_base("N5boost6detail15sp_counted_baseEx") == FamilyRow::none);
  CHECK(family_of_base("NSt3__114__shared_countE") ==
        FamilyRow::none);  // a future's state: counted, but by no weak handle
}

TEST_CASE("an object that counts itself is known by no base, and holds from its first byte on") {
  CHECK(family_at(FamilyRow::counted).id == Family::custom);
  CHECK(family_at(FamilyRow::counted).header == 0);
  for (const char* base : {"", kStd, kLibcxx, kBoost}) CHECK(family_of_base(base) != FamilyRow::counted);
}

TEST_CASE("each library's counts are read where it keeps them") {
  const Counts std_counts = read_counts(shim(), two_ints(2, 4).address());
  CHECK(std_counts.plausible);
  CHECK(std_counts.use == 2);
  CHECK(std_counts.weak == 3);
  const Counts locked = read_counts(by_base(kStdMutex), two_ints(2, 4, 6).address());
  CHECK(locked.plausible);
  CHECK(locked.use == 2);
  CHECK(locked.weak == 3);
  Block libcxx;
  libcxx.words[1] = 1;  // two strong handles
  libcxx.words[2] = 3;  // three weak ones, and the strong ones together
  const Counts counts = read_counts(by_base(kLibcxx), libcxx.address());
  CHECK(counts.plausible);
  CHECK(counts.use == 2);
  CHECK(counts.weak == 3);
}

TEST_CASE("an expired object's weak count is that of its handles") {
  CHECK(read_counts(shim(), two_ints(0, 2).address()).weak == 2);
  Block libcxx;
  libcxx.words[1] = ~std::uint64_t{0};  // -1: no strong handle
  libcxx.words[2] = 1;                  // two weak ones
  const Counts counts = read_counts(by_base(kLibcxx), libcxx.address());
  CHECK(counts.plausible);
  CHECK(counts.use == 0);
  CHECK(counts.weak == 2);
}

TEST_CASE("counts that no living control block can have are not believed") {
  CHECK_FALSE(read_counts(shim(), two_ints(0, 0).address()).plausible);
  CHECK_FALSE(read_counts(shim(), two_ints(1, 0).address()).plausible);
  CHECK_FALSE(read_counts(shim(), two_ints(0xffffffff, 1).address()).plausible);
  CHECK_FALSE(read_counts(shim(), two_ints(1, 0x80000000).address()).plausible);
  Block libcxx;
  libcxx.words[1] = ~std::uint64_t{0};
  libcxx.words[2] = ~std::uint64_t{0};  // the last weak handle went, and the memory with it
  CHECK_FALSE(read_counts(by_base(kLibcxx), libcxx.address()).plausible);
}

TEST_CASE("how a control block holds its object is in its name") {
  CHECK(holding(kStd, "St23_Sp_counted_ptr_inplaceI1TSaIvELN9__gnu_cxx12_Lock_policyE2EE") ==
        Holding::in_place);
  CHECK(holding(kStd, "St15_Sp_counted_ptrIP1TLN9__gnu_cxx12_Lock_policyE2EE") == Holding::pointer);
  CHECK(holding(kLibcxx, "NSt3__120__shared_ptr_emplaceI1TNS_9allocatorIS1_EEEE") == Holding::in_place);
  CHECK(holding(kBoost, "N5boost6detail17sp_counted_impl_pI1TEE") == Holding::pointer);
  CHECK(holding(kBoost, "N5boost6detail18sp_counted_impl_pdIP1TNS0_13sp_ms_deleterIS2_EEEE") ==
        Holding::in_place);
  CHECK(holding(kBoost, "N5boost6detail19sp_counted_impl_pdaIP1TNS0_13sp_as_deleterIS2_SaIS2_EEES5_EE") ==
        Holding::in_place);
  CHECK(managed_at(kBoost, "N5boost6detail18sp_counted_impl_pdIP1T5MyDelEE") == ManagedAt::behind_counts);
  CHECK(managed_at(kStd, "St19_Sp_counted_deleterIP1T5MyDelSaIvELN9__gnu_cxx12_Lock_policyE2EE") ==
        ManagedAt::at_end);
  CHECK(holding(kStd, "N2my12CountedThingE") == Holding::unknown);
}

TEST_CASE("a deleter counts as deleting only when its name says so") {
  const char* deleting[][2] = {
      {kStd, "St19_Sp_counted_deleterIP1TSt17__sp_array_deleteSaIvELN9__gnu_cxx12_Lock_policyE2EE"},
      {kStd, "St19_Sp_counted_deleterIP1TSt14default_deleteIS0_ESaIvELN9__gnu_cxx12_Lock_policyE2EE"},
      {kStd, "St19_Sp_counted_deleterIP1TSt14default_deleteIA_S0_ESaIvELN9__gnu_cxx12_Lock_policyE2EE"},
      {kStd, "St19_Sp_counted_deleterIPiSt14default_deleteIiESaIvELN9__gnu_cxx12_Lock_policyE2EE"},
      {kLibcxx,
       "NSt3__120__shared_ptr_pointerIP1TNS_10shared_ptrIS1_E27__shared_ptr_default_deleteIS1_S1_EENS_"
       "9allocatorIS1_EEEE"},
      {kLibcxx, "NSt3__120__shared_ptr_pointerIP1TNS_14default_deleteIA_S1_EENS_9allocatorIS4_EEEE"},
      {kBoost, "N5boost6detail18sp_counted_impl_pdIP1TNS_21checked_array_deleterIS2_EEEE"},
      {kBoost, "N5boost6detail18sp_counted_impl_pdIP1TSt14default_deleteIS2_EEE"},
  };
  for (const auto& row : deleting) {
    INFO(row[1]);
    CHECK(holding(row[0], row[1]) == Holding::deleting);
  }
  // The managed type has the deleter in its name; the deleter itself is the user's.
  const char* adopting[][2] = {
      {kStd, "St19_Sp_counted_deleterIP1TZ4mainEUlS1_E_SaIvELN9__gnu_cxx12_Lock_policyE2EE"},
      {kStd,
       "St19_Sp_counted_deleterIP3BoxI1TSt14default_deleteIS1_EE4NoopSaIvELN9__gnu_cxx12_Lock_policyE2EE"},
      {kLibcxx, "NSt3__120__shared_ptr_pointerIP1T5MyDelNS_9allocatorIS1_EEEE"},
      {kLibcxx, "NSt3__120__shared_ptr_pointerIP3BoxI1TNS_14default_deleteIS2_EEE4NoopNS_9allocatorIS5_EEEE"},
      {kBoost, "N5boost6detail18sp_counted_impl_pdIP1T5MyDelEE"},
      {kBoost, "N5boost6detail18sp_counted_impl_pdIP3BoxI1TSt14default_deleteIS3_EE4NoopEE"},
  };
  for (const auto& row : adopting) {
    INFO(row[1]);
    CHECK(holding(row[0], row[1]) == Holding::deleter);
  }
}

TEST_CASE("objects of boost's local_shared_ptr, which count themselves, are left alone") {
  CHECK(holding(kBoost, "N5boost6detail19sp_counted_impl_pdaIP1TNS0_14lsp_ms_deleterIS2_SaIS2_EEES5_EE") ==
        Holding::not_control);
  CHECK(holding(
            kBoost,
            "N5boost6detail18sp_counted_impl_pdIP1TNS0_16local_sp_deleterINS_15checked_deleterIS2_EEEEEE") ==
        Holding::not_control);
}
