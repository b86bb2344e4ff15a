# Writes the header that says which commit the sources are of. It runs at each build, because a commit need not change
# any file that is compiled, and touches the header only when it is to say something else.
#
#   cmake -DSOURCE_DIR=... -DOUTPUT=... -P source_commit.cmake
#
# Where there is no git, as in the archive of a release, archived_commit.txt has what `git archive` wrote into it. Where
# neither tells, the commit is "".
set(commit "")
find_program(git git)
if(git AND EXISTS "${SOURCE_DIR}/.git")  # ours, and not that of a project that has us in a folder
  execute_process(COMMAND "${git}" -C "${SOURCE_DIR}" describe --always "--exclude=*" --abbrev=12 --dirty=-changed
    OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
else()
  file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/archived_commit.txt" archived LIMIT_COUNT 1)
  string(REGEX MATCH "^[0-9a-f]+$" commit "${archived}")
  string(SUBSTRING "${commit}" 0 12 commit)
endif()

set(text "// source_commit.h - the commit that these sources are of; made at each build.
#pragma once

inline constexpr const char* kSourceCommit = \"${commit}\";
")
set(before "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" before)
endif()
if(NOT text STREQUAL before)
  file(WRITE "${OUTPUT}" "${text}")
endif()
