#!/usr/bin/env bash
# packages.sh - the Debian packages hold what `cmake --install` installs, each file once; they say what they need and what
# they are; the same sources give the same bytes; and a program that is built from what is in them is checked.
#
# Nothing is installed: packages are unpacked into a scratch folder, whose usr/ is a prefix like any other. lintian is asked
# where it is there.
#
#   packages.sh BUILD_DIR CONSUMER_DIR C_COMPILER CXX_COMPILER
set -euo pipefail
build=$1 consumer=$2 cc=$3 cxx=$4
unset GORDIAN_OPTIONS GITHUB_ACTIONS SOURCE_DATE_EPOCH

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
fail() { echo "packages: $*" >&2; exit 1; }
umask 022

make_packages() { cpack --config "$build/CPackConfig.cmake" -B "$1" >"$1.log" 2>&1 || { cat "$1.log"; fail "cpack failed"; }; }
make_packages "$work/out"
names=(libgordian0 libgordian-dev gordian)
debs=("$work"/out/*.deb)
[ ${#debs[@]} -eq 3 ] || fail "there are ${#debs[@]} packages: ${debs[*]}"
version=$(dpkg-deb -f "$work"/out/gordian_*.deb Version)
for name in "${names[@]}"; do
  dpkg-deb --ctrl-tarfile "$work/out/${name}_"*.deb >"$work/$name.tar"
  mkdir -p "$work/$name.control"
  tar -xf "$work/$name.tar" -C "$work/$name.control"
  dpkg-deb -x "$work/out/${name}_"*.deb "$work/root"
  dpkg-deb --fsys-tarfile "$work/out/${name}_"*.deb | tar -t | grep -v '/$' | sed 's,^\./,,' | sort >"$work/$name.files"
done

echo "== each file is in one package, and none is left out"
cmake --install "$build" --prefix "$work/plain" >/dev/null
arch=$(dpkg-architecture -qDEB_HOST_MULTIARCH)
libdir=$(dirname "$(cd "$work/plain" && find . -name 'libgordian.so.0' | sed 's,^\./,,')")
(cd "$work/plain" && find . -type f -o -type l) | sed -E "s,^\./,usr/,; s,^usr/$libdir/,usr/lib/$arch/,
  s,/zsh/site-functions/,/zsh/vendor-completions/,; s,(/man/.*)$,\1.gz," | sort >"$work/wanted"
cat "$work"/*.files | grep -v '^usr/share/doc/' | sort >"$work/found"
diff "$work/wanted" "$work/found" || fail "the packages do not hold what is installed (< installed, > packed)"
for name in "${names[@]}"; do
  for file in copyright changelog.gz; do
    grep -qx "usr/share/doc/$name/$file" "$work/$name.files" || fail "$name has no $file"
  done
done
has() { grep -qx "$2" "$work/$1.files" || fail "$1 does not have $2"; }
has libgordian0 "usr/lib/$arch/libgordian.so.0"
has libgordian-dev "usr/lib/$arch/libgordian.so"
has libgordian-dev "usr/lib/$arch/pkgconfig/gordian.pc"
has gordian usr/bin/gordian
has gordian usr/share/man/man1/gordian-run.1.gz
[ "$(grep -c . "$work/libgordian0.files")" -eq 4 ] || fail "the runtime's package has more than the runtime: $(cat "$work/libgordian0.files")"

echo "== what they need and what they are"
field() {
  local found
  found=$(dpkg-deb -f "$work/out/${1}_"*.deb "$2")
  [[ $found == $3 ]] || fail "$1: $2 is '$found', not '$3'"
}
field libgordian0 Depends 'libc6 (>= *'
field libgordian0 Recommends "gordian (= $version)"
field libgordian0 Section libs
field libgordian0 Multi-Arch same
field libgordian-dev Depends "libgordian0 (= $version), gordian (= $version)"
field libgordian-dev Multi-Arch same
field gordian Depends "libgordian0 (= $version), *libdw1 (>=*"
field gordian Multi-Arch no
(cd "$work/libgordian0.control" && ls) | paste -sd' ' | grep -qx 'control md5sums shlibs symbols triggers' ||
  fail "libgordian0 has other control files: $(ls "$work/libgordian0.control")"
for name in "${names[@]}"; do (cd "$work/root" && md5sum --quiet -c "$work/$name.control/md5sums") || fail "md5sums of $name"; done
diff <(nm -D --defined-only "$work/root/usr/lib/$arch/libgordian.so.0" | awk '{print $NF "@Base"}' | sort) \
  <(sed -n 's/^ \([^ ]*\) [0-9.]*$/\1/p' "$work/libgordian0.control/symbols" | sort) || fail "the file symbols is not what is exported"
if command -v lintian >/dev/null; then
  (cd "$work/out" && lintian --fail-on error,warning "${debs[@]}") || fail "lintian found that"
else
  echo "no lintian here"
fi

echo "== the same bytes again"
make_packages "$work/again"
for deb in "${debs[@]}"; do cmp "$deb" "$work/again/${deb##*/}" || fail "${deb##*/} differs"; done

# The command "$@" must end with status $1 and name the member where that is 23.
check() {
  local wanted=$1 status=0
  shift
  env PATH=/usr/bin:/bin LD_LIBRARY_PATH="$work/root/usr/lib/$arch" "$@" 2>"$work/report.txt" || status=$?
  [ "$status" -eq "$wanted" ] || { cat "$work/report.txt"; fail "$* ended with status $status, not $wanted"; }
  [ "$wanted" -eq 0 ] || grep -q 'Obj::self' "$work/report.txt" || fail "the report of $* does not name Obj::self"
}

echo "== find_package and pkg-config"
cmake -S "$consumer" -B "$work/build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_PREFIX_PATH="$work/root/usr" \
  -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" >"$work/configure.log" || { cat "$work/configure.log"; exit 1; }
grep -q "^gordian_DIR:PATH=$work/root/usr/lib/$arch/cmake/gordian$" "$work/build/CMakeCache.txt" || fail "CMake took another gordian"
cmake --build "$work/build" >"$work/build.log" || { cat "$work/build.log"; exit 1; }
check 23 "$work/build/leaks"
export PKG_CONFIG_PATH=$work/root/usr/lib/$arch/pkgconfig
read -ra flags <<<"$(pkg-config --cflags --libs gordian)"
"$cc" -g -I"$work/root/usr/include" -c "$consumer/asks.c" -o "$work/asks.o"
"$cxx" -std=c++17 -g -Wl,--as-needed "$consumer/leaks.cpp" "$work/asks.o" "${flags[@]}" -o "$work/leaks"
check 23 "$work/leaks"

echo "== gordian run, without the files for development"
while read -r file; do rm -f -- "$work/root/$file"; done <"$work/libgordian-dev.files"
"$cxx" -std=c++17 -g "$consumer/plain.cpp" -o "$work/plain.out"
check 23 "$work/root/usr/bin/gordian" run -- "$work/plain.out"
check 0 "$work/root/usr/bin/gordian" run -- /bin/true
