# Makes a C++ source of the page's sources, for assets.h:
#
#   cmake -DOUTPUT=FILE -DPAGE=page.html "-DSTYLES=a.css;b.css" "-DSCRIPTS=a.js;b.js" -P embed.cmake
#
# Style sheets and scripts are joined in the order given: the page has one element of each, for which its policy has
# one hash.
cmake_minimum_required(VERSION 3.25)

# The files' texts, one after the other, in `out`.
function(join out)
  set(text "")
  foreach(file IN LISTS ARGN)
    file(READ "${file}" part)
    string(APPEND text "${part}")
  endforeach()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# The SHA-256 of `text` in base64: 32 bytes, three of which are four digits.
function(base64_sha256 out text)
  set(digits "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  string(SHA256 hex "${text}")
  set(result "")
  string(APPEND hex "00")
  foreach(at RANGE 0 60 6)
    string(SUBSTRING "${hex}" ${at} 6 three)
    foreach(shift 18 12 6 0)
      math(EXPR digit "(0x${three} >> ${shift}) & 63")
      string(SUBSTRING "${digits}" ${digit} 1 character)
      string(APPEND result "${character}")
    endforeach()
  endforeach()
  string(REGEX REPLACE ".$" "=" result "${result}")
  set(${out} "${result}" PARENT_SCOPE)
endfunction()

join(page "${PAGE}")
join(style ${STYLES})
join(script ${SCRIPTS})
base64_sha256(style_hash "${style}")
base64_sha256(script_hash "${script}")

set(source "// Made by embed.cmake.\n#include \"report/html/assets.h\"\n\nnamespace gordian {\n\n")
foreach(name Page Style Script StyleHash ScriptHash)
  string(REGEX REPLACE "(.)([A-Z])" "\\1_\\2" variable "${name}")
  string(TOLOWER "${variable}" variable)
  string(APPEND source "const std::string_view k${name} = R\"gordian~(${${variable}})gordian~\";\n\n")
endforeach()
string(APPEND source "}  // namespace gordian\n")
file(WRITE "${OUTPUT}" "${source}")
