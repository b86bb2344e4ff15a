# GordianReports.cmake - what the fixture gordian.reports of GordianTest.cmake does before and after the tests.
#
#   cmake -D STEP=clear -D DIRECTORY=build/gordian-reports -P GordianReports.cmake
#   cmake -D STEP=merge -D DIRECTORY=build/gordian-reports -D SOURCE=. -D TOOL=gordian -P GordianReports.cmake
cmake_minimum_required(VERSION 3.22)

set(merged json junit.xml html sarif md)
list(TRANSFORM merged PREPEND "${DIRECTORY}/all.")

if(STEP STREQUAL "clear")
  # Only what is known by its name: nobody's own files.
  file(GLOB old "${DIRECTORY}/tests/*.json" "${DIRECTORY}/tests/*.junit.xml" "${DIRECTORY}/tests/*.html"
    "${DIRECTORY}/tests/*.sarif" "${DIRECTORY}/tests/*.md")
  if(old)
    file(REMOVE ${old})
  endif()
  file(REMOVE ${merged} "${DIRECTORY}/tests/reports.txt")
  file(MAKE_DIRECTORY "${DIRECTORY}/tests")
elseif(STEP STREQUAL "merge")
  # The formats that CI systems show name files relative to where the tool is started: the sources' root.
  file(GLOB reports RELATIVE "${SOURCE}" "${DIRECTORY}/tests/*.json")
  if(NOT reports)
    message(FATAL_ERROR "no test has left a report in ${DIRECTORY}/tests: none was checked, or GORDIAN_OPTIONS says json=")
  endif()
  list(JOIN reports "\n" names)
  file(WRITE "${DIRECTORY}/tests/reports.txt" "${names}\n")
  execute_process(COMMAND "${TOOL}" merge "@${DIRECTORY}/tests/reports.txt" --text -
      --json "${DIRECTORY}/all.json" --junit "${DIRECTORY}/all.junit.xml" --html "${DIRECTORY}/all.html"
      --sarif "${DIRECTORY}/all.sarif" --markdown "${DIRECTORY}/all.md"
    WORKING_DIRECTORY "${SOURCE}" RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "gordian merge ended with ${status}")
  endif()
else()
  message(FATAL_ERROR "STEP=${STEP} is neither clear nor merge")
endif()
