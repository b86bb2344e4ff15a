#!/usr/bin/env bash
# doctor.sh - what `gordian doctor` says of real programs is what becomes of them when they are run.
#
#   doctor.sh GORDIAN RUNTIME SOURCE_DIR CXX [CLANGXX]
set -euo pipefail
gordian=$1 runtime=$2 source=$3 cxx=$4 clangxx=${5-}
unset GORDIAN_OPTIONS GITHUB_ACTIONS LD_LIBRARY_PATH LD_PRELOAD

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd -- "$work"
fail() { echo "doctor: $*" >&2; cat -- said.txt >&2 2>/dev/null || :; exit 1; }

include=(-I "$source/runtime/include")
shim=("${include[@]}" -include gordian/shim.hpp)
libdir=$(dirname -- "$runtime")
link=(-L "$libdir" -Wl,--no-as-needed -lgordian "-Wl,-rpath,$libdir")

# doctor STATUS PROGRAM [PATTERN... [-- PATTERN...]]: ends so, and says the first patterns (extended expressions) and
# none of the others.
doctor() {
  local expected=$1 program=$2 status=0 wanted=yes pattern
  shift 2
  "$gordian" doctor "./$program" >said.txt 2>&1 || status=$?
  [ "$status" -eq "$expected" ] || fail "$program: status $status, not $expected"
  for pattern in "$@"; do
    if [ "$pattern" = -- ]; then wanted=no
    elif [ $wanted = yes ]; then grep -qE -- "$pattern" said.txt || fail "$program: does not say '$pattern'"
    elif grep -qE -- "$pattern" said.txt; then fail "$program: says '$pattern'"; fi
  done
}

# ends STATUS COMMAND...: what becomes of it in fact.
ends() {
  local expected=$1 status=0
  shift
  "$@" >said.txt 2>&1 || status=$?
  [ "$status" -eq "$expected" ] || fail "$* ended with $status, not $expected"
}

cat >leaks.cpp <<'EOF'
#include <memory>
struct Leaf { std::shared_ptr<Leaf> self; virtual ~Leaf() {} };
void other();
int main() {
  auto leaf = std::make_shared<Leaf>();
  leaf->self = leaf;
  other();
}
EOF
cat >other.cpp <<'EOF'
#include <memory>
struct Node { std::shared_ptr<Node> next; };
void other() {
  auto node = std::make_shared<Node>();
  node->next = node;
}
EOF
# The shim has nothing to see there.
printf 'int unused(int number) { return number + 1; }\n' >plain.cpp
limits='thing(s)? limit'

"$cxx" -g -c leaks.cpp other.cpp plain.cpp
"$cxx" -g "${shim[@]}" -c leaks.cpp -o leaks.shim.o
"$cxx" -g "${shim[@]}" -c other.cpp -o other.shim.o

echo "== linked, with the shim in every file that matters"
"$cxx" leaks.shim.o other.shim.o plain.o "${link[@]}" -o linked
doctor 0 linked 'can be checked$' 'linked .*checked whenever it ends' 'linked +full +yes +2 of 2 files +yes' 'std::shared_ptr' \
  -- "$limits" 'was compiled'
ends 23 ./linked

echo "== linked, and one file without the shim"
"$cxx" leaks.shim.o other.o plain.o "${link[@]}" -o mixed
doctor 1 mixed '1 thing limits' '1 of 2 files' 'without the shim: other\.cpp' -- 'without the shim: .*(leaks|plain)'
ends 23 ./mixed
grep -q 'allocation stack not recorded' said.txt || fail "mixed: there is a stack after all"

echo "== linked, and nothing with the shim"
"$cxx" leaks.o other.o "${link[@]}" -o unshimmed
doctor 0 unshimmed 'note: Nothing was compiled with the shim' -- "$limits"
ends 23 ./unshimmed

echo "== compiled with the shim, and not linked"
"$cxx" leaks.shim.o other.shim.o -o forgotten
doctor 1 forgotten 'not linked with gordian' -- 'without the shim'
ends 0 ./forgotten

echo "== as it is"
"$cxx" leaks.o other.o -o plain
doctor 0 plain 'linked +no: gordian run checks it' 'gordian run +works' 'plain +full +yes +none +yes' -- "$limits" 'Nothing was compiled'
ends 23 "$gordian" run ./plain

echo "== stripped"
strip -o stripped plain
doctor 1 stripped 'stripped +none +yes' 'stripped has no debug info' 'to do: compile and link it with -g'
strip -o linked_stripped linked
doctor 1 linked_stripped 'none +yes +in some files' 'has no debug info' -- 'not linked' 'taken for an owner'

echo "== debug info in a file of its own, and that lost"
objcopy --only-keep-debug plain apart.debug
objcopy --strip-all --add-gnu-debuglink=apart.debug plain apart
doctor 0 apart 'apart +full, separate' -- "$limits"
rm apart.debug
doctor 1 apart 'the debug info of ./apart is missing' 'put its file apart\.debug'

echo "== -g1, split, compressed, some files without"
"$cxx" -g1 leaks.cpp other.o -o lines
doctor 1 lines 'full in part' '1 of 2 source files was compiled with lines only .*leaks\.cpp'
"$cxx" -g1 leaks.cpp other.cpp -o lines
doctor 1 lines 'lines +lines only' '2 of 2 source files were compiled with lines only'
"$cxx" -c other.cpp -o bare.o
"$cxx" leaks.o bare.o -o some
doctor 1 some '1 of 2 source files was compiled without debug info: other\.cpp' -- 'info: .*leaks'
"$cxx" -g -gz leaks.cpp other.cpp -o compressed
doctor 0 compressed 'full, compressed' -- "$limits"
"$cxx" -g -gsplit-dwarf -c leaks.cpp -o split.o
"$cxx" split.o other.o -o split
doctor 0 split 'split +full ' -- "$limits"
rm split.dwo
doctor 1 split 'without \.dwo' '1 \.dwo file cannot be read' -- 'compiled without debug info'

echo "== without RTTI: nothing is seen, unless the shim announces it"
"$cxx" -g -fno-rtti leaks.cpp other.cpp -o nortti
doctor 1 nortti 'full +no +none' 'compiled without RTTI'
ends 0 "$gordian" run ./nortti
"$cxx" -g -fno-rtti "${shim[@]}" leaks.cpp other.cpp "${link[@]}" -o nortti_linked
doctor 0 nortti_linked 'full +no +2 of 2' -- "$limits"
ends 23 ./nortti_linked

echo "== without unwind tables"
"$cxx" -g -fno-exceptions -fno-asynchronous-unwind-tables leaks.cpp other.cpp -o tableless
doctor 1 tableless 'have no unwind table' 'fasynchronous-unwind-tables'

echo "== link-time optimisation"
"$cxx" -g -O2 -flto "${shim[@]}" -c leaks.cpp -o lto.leaks.o
"$cxx" -g -O2 -flto -c other.cpp -o lto.other.o
"$cxx" -g -O2 -flto lto.leaks.o lto.other.o "${link[@]}" -o lto 2>/dev/null
doctor 1 lto 'full +yes +1 of 2 files' 'without the shim: other\.cpp'

echo "== an allocator of the program's own"
cat >own.c <<'EOF'
#include <stddef.h>
#include <string.h>
static char heap[1 << 22] __attribute__((aligned(16)));
static size_t used;
void* malloc(size_t size) {
  size_t* block = (size_t*)(heap + __atomic_fetch_add(&used, (size + 31) & ~(size_t)15, __ATOMIC_RELAXED));
  *block = size;
  return block + 2;
}
void free(void* block) { (void)block; }
void* calloc(size_t count, size_t size) { return malloc(count * size); }
void* realloc(void* old, size_t size) {
  void* block = malloc(size);
  if (old) memcpy(block, old, ((size_t*)old)[-2] < size ? ((size_t*)old)[-2] : size);
  return block;
}
EOF
"$cxx" -x c -fPIC -g -c own.c -o own.o
"$cxx" leaks.shim.o other.shim.o own.o "${link[@]}" -o own_linked
doctor 1 own_linked 'cannot be checked' 'defines malloc itself'
ends 24 ./own_linked
ends 2 "$gordian" run ./own_linked
"$cxx" -shared own.o -o libown.so
"$cxx" leaks.shim.o other.shim.o -Wl,--no-as-needed -L. -lown '-Wl,-rpath,$ORIGIN' "${link[@]}" -o own_first
doctor 1 own_first 'checked by gordian run, and not as it is linked' 'libown\.so comes before libgordian'
ends 24 ./own_first
ends 23 "$gordian" run ./own_first
"$cxx" leaks.shim.o other.shim.o "${link[@]}" -Wl,--no-as-needed -L. -lown '-Wl,-rpath,$ORIGIN' -o own_last
doctor 0 own_last 'can be checked$' 'libown\.so +full' -- "$limits"
ends 23 ./own_last

echo "== a library that needs the runtime, and brings it too late"
"$cxx" -g -fPIC -shared "${shim[@]}" other.cpp "${link[@]}" -o libother.so
"$cxx" leaks.o -L. -lother '-Wl,-rpath,$ORIGIN' "-Wl,-rpath-link,$libdir" -o late
doctor 1 late 'libc\.so\.6 comes before libgordian' 'checked by gordian run'
ends 24 ./late
doctor 0 libother.so 'is a library' 'libother\.so +full +yes +1 of 1 file' -- "$limits" 'gordian run'

echo "== a library that is not found"
"$cxx" leaks.o -L. -lother "-Wl,-rpath-link,$libdir" -o lost
doctor 1 lost 'cannot be checked' 'starts +no' 'libother\.so, which ./lost needs, is not found'
ends 127 ./lost
LD_LIBRARY_PATH=$work doctor 1 lost 'gordian run +works' -- 'not found'

echo "== exits, other programs, libraries at run time"
cat >leaves.cpp <<'EOF'
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>
void* operator new(size_t size) { return malloc(size); }
void operator delete(void* block) noexcept { free(block); }
int main(int count, char** words) {
  delete new int(count);
  if (count > 3) dlopen(words[1], RTLD_NOW);
  if (count > 2) execv(words[1], words);
  if (count > 1) _exit(1);
}
EOF
"$cxx" -g leaves.cpp -o leaves
doctor 0 leaves 'may end by _exit' 'may start programs by execv' 'may open libraries by dlopen' 'defines operator new itself' \
  'No smart pointer that gordian knows' -- "$limits"
doctor 0 plain 'works' -- 'may end' 'may start' 'may open' 'operator new' 'No smart pointer'

echo "== what gordian run refuses"
if "$cxx" -static leaks.o other.o -o static 2>/dev/null; then
  doctor 1 static 'cannot be checked' 'linked statically' 'one linked into' -- 'unwind tables \('
  ends 2 "$gordian" run ./static
fi
cp plain elevated
chmod u+s elevated
doctor 1 elevated 'cannot be checked' 'set-user-ID'
printf '#!/bin/sh -e\nexit 0\n' >script
chmod +x script
doctor 1 script 'is a script; run its interpreter: gordian run -- /bin/sh -e ./script .*--follow'
if "$cxx" -g -fsanitize=address leaks.cpp other.cpp -o sanitized 2>/dev/null; then
  doctor 1 sanitized 'cannot be checked' 'AddressSanitizer'
fi
printf 'no program\n' >text
doctor 2 text 'neither a whole ELF program'
doctor 2 nothing 'no such file'

[ -n "$clangxx" ] || exit 0
echo "== clang++"
"$clangxx" -g "${shim[@]}" -c leaks.cpp -o clang.o
"$clangxx" clang.o other.o "${link[@]}" -o clang_mixed
doctor 1 clang_mixed 'full +yes +1 of 2 files' 'without the shim: other\.cpp'
"$clangxx" -gline-tables-only leaks.cpp other.cpp -o clang_lines
printf 'int main() {}\n' >empty.cpp
"$clangxx" -gline-tables-only empty.cpp -o clang_empty
doctor 1 clang_empty '1 of 1 source file was compiled with lines only'
doctor 1 clang_lines '2 of 2 source files were compiled with lines only'
if "$clangxx" -stdlib=libc++ -g "${shim[@]}" leaks.cpp other.cpp "${link[@]}" -o libcxx 2>/dev/null; then
  echo "== libc++"
  doctor 0 libcxx 'libc\+\+\.so\.1 .*which the shim does not know' 'std::shared_ptr' -- "$limits" 'Nothing was compiled'
  ends 23 ./libcxx
fi
