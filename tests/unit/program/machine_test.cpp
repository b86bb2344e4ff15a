// machine_test.cpp - program/elf/machine.h
#include "program/elf/machine.h"

#include "catch.h"

using namespace gordian;

TEST_CASE("a call tells where it leads, forward and back") {
  CHECK(call_target_x86_64(0xcccccc'00000010'e8, 0x1000) == 0x1015);
  CHECK(call_target_x86_64(0xcccccc'fffffff0'e8, 0x1000) == 0xff5);
  CHECK_FALSE(call_target_x86_64(0xcccccc'00000010'e9, 0x1000));
  CHECK(call_target_aarch64(0xcccccccc'94000004, 0x1000) == 0x1010);
  CHECK(call_target_aarch64(0xcccccccc'97fffffc, 0x1000) == 0xff0);
  CHECK_FALSE(call_target_aarch64(0xcccccccc'14000004, 0x1000));
  CHECK_FALSE(call_target_aarch64(0xcccccccc'94000004, 0x1002));
}

TEST_CASE("the machine of this build is one of those that are known") {
  CHECK(own_machine().name == GORDIAN_MACHINE);
}
