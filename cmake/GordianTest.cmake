# GordianTest.cmake - tests that gordian checks, as CTest runs them.
#
#   gordian_add_test(NAME name COMMAND program [argument...] [RUN [FOLLOW glob]] [options])
#
# adds a test. The program links gordian::runtime (or a listener), or is run as it is: RUN, with FOLLOW also what it starts.
#
#   gordian_test_properties(variable NAME name [options])
#
# gives the same properties for tests that somebody else adds:
#   catch_discover_tests(my_tests PROPERTIES ${variable})
#   set_tests_properties(my_test PROPERTIES ${variable})
#
# Options of both, as of GORDIAN_OPTIONS; relative paths are relative to the source directory:
#   FAIL_ON cycles|orphans|none   SUPPRESSIONS file   BASELINE file
#   FORMATS format...             reports beside the JSON one: junit html sarif markdown
#   OPTIONS key=value...          any other ones
#
# Each process writes gordian-reports/tests/NAME.PID.json in the build tree. The tests have the label `gordian` and need the
# fixture gordian.reports: before the first of them what an earlier run has left goes, after the last all is merged
# into gordian-reports/all.* by gordian merge. What GORDIAN_OPTIONS has when CTest is started wins.
include_guard(GLOBAL)

function(gordian_add_test)
  cmake_parse_arguments(PARSE_ARGV 0 arg "RUN" "NAME;FOLLOW;FAIL_ON;SUPPRESSIONS;BASELINE" "COMMAND;FORMATS;OPTIONS")
  _gordian_check_arguments(gordian_add_test)
  if(NOT arg_COMMAND)
    message(FATAL_ERROR "gordian_add_test: COMMAND is missing")
  endif()
  if(arg_FOLLOW AND NOT arg_RUN)
    message(FATAL_ERROR "gordian_add_test: FOLLOW is for tests that are RUN by gordian")
  endif()
  if(arg_RUN)
    list(POP_FRONT arg_COMMAND program)
    if(TARGET "${program}")
      set(program "$<TARGET_FILE:${program}>")  # as CTest would have it for a target in the first place
    endif()
    set(gordian "$<TARGET_FILE:gordian::tool>" run)
    if(arg_FOLLOW)
      list(APPEND gordian "--follow=${arg_FOLLOW}")
    endif()
    list(PREPEND arg_COMMAND ${gordian} -- "${program}")
  endif()
  add_test(NAME "${arg_NAME}" COMMAND ${arg_COMMAND})
  _gordian_properties(properties)
  set_tests_properties("${arg_NAME}" PROPERTIES ${properties})
endfunction()

function(gordian_test_properties variable)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME;FAIL_ON;SUPPRESSIONS;BASELINE" "FORMATS;OPTIONS")
  _gordian_check_arguments(gordian_test_properties)
  _gordian_properties(properties)
  set(${variable} "${properties}" PARENT_SCOPE)
endfunction()

# A macro, as the next one is: both read the arguments that their caller was given.
macro(_gordian_check_arguments function)
  if(CMAKE_VERSION VERSION_LESS 3.22)
    message(FATAL_ERROR "${function} needs CMake 3.22 for ENVIRONMENT_MODIFICATION; this is ${CMAKE_VERSION}")
  endif()
  if(arg_UNPARSED_ARGUMENTS OR arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "${function}: not understood: ${arg_UNPARSED_ARGUMENTS} ${arg_KEYWORDS_MISSING_VALUES}")
  endif()
  if(NOT arg_NAME)
    message(FATAL_ERROR "${function}: NAME is missing")
  endif()
endmacro()

macro(_gordian_properties variable)
  _gordian_add_report_tests()
  set(options)
  # A name is any text; a file's is not. What was changed keeps names apart by a digest.
  string(REGEX REPLACE "[^A-Za-z0-9._+-]" "_" file "${arg_NAME}")
  if(NOT file STREQUAL arg_NAME)
    string(SHA1 digest "${arg_NAME}")
    string(SUBSTRING "${digest}" 0 8 digest)
    string(APPEND file ".${digest}")
  endif()
  foreach(format IN LISTS arg_FORMATS ITEMS json)
    if(NOT format MATCHES "^(json|junit|html|sarif|markdown)$")
      message(FATAL_ERROR "FORMATS: ${format} is none of json junit html sarif markdown")
    endif()
    string(REPLACE "junit" "junit.xml" ending "${format}")
    string(REPLACE "markdown" "md" ending "${ending}")
    _gordian_add_path(${format} "${CMAKE_BINARY_DIR}/gordian-reports/tests/${file}.%p.${ending}")
  endforeach()
  foreach(key IN ITEMS suppressions baseline)
    string(TOUPPER "${key}" argument)
    if(arg_${argument})
      get_filename_component(path "${arg_${argument}}" ABSOLUTE)
      _gordian_add_path(${key} "${path}")
    endif()
  endforeach()
  if(arg_FAIL_ON)
    list(APPEND options "fail_on=${arg_FAIL_ON}")
  endif()
  list(APPEND options ${arg_OPTIONS})
  # Options are told from paths in them by ":", as this operation joins them.
  list(JOIN options ":" options)
  set(${variable} LABELS gordian FIXTURES_REQUIRED gordian.reports
    ENVIRONMENT_MODIFICATION "GORDIAN_OPTIONS=path_list_prepend:${options}")
endmacro()

# Adds key=path to the caller's `options`, quoted where the runtime would take a part of the path for another option.
function(_gordian_add_path key path)
  if(path MATCHES ";" OR (path MATCHES "'" AND path MATCHES ":"))
    message(FATAL_ERROR "gordian cannot be told of this path: ${path}")
  elseif(path MATCHES ":")
    set(path "'${path}'")
  endif()
  set(options ${options} "${key}=${path}" PARENT_SCOPE)
endfunction()

# The fixture of all tests, once in a build.
function(_gordian_add_report_tests)
  get_property(added GLOBAL PROPERTY _gordian_report_tests_added)
  if(added)
    return()
  endif()
  set_property(GLOBAL PROPERTY _gordian_report_tests_added TRUE)
  set(directory "${CMAKE_BINARY_DIR}/gordian-reports")
  set(script "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/GordianReports.cmake")
  add_test(NAME gordian.clear_reports COMMAND "${CMAKE_COMMAND}" -D STEP=clear -D "DIRECTORY=${directory}" -P "${script}")
  add_test(NAME gordian.merge_reports COMMAND "${CMAKE_COMMAND}" -D STEP=merge -D "DIRECTORY=${directory}"
    -D "SOURCE=${CMAKE_SOURCE_DIR}" -D "TOOL=$<TARGET_FILE:gordian::tool>" -P "${script}")
  set_tests_properties(gordian.clear_reports PROPERTIES FIXTURES_SETUP gordian.reports)
  set_tests_properties(gordian.merge_reports PROPERTIES FIXTURES_CLEANUP gordian.reports
    ATTACHED_FILES "${directory}/all.json;${directory}/all.html")
endfunction()
