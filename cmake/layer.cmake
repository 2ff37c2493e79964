# layer(NAME SOURCES file... HEADERS file... USES layer... LIBRARIES target... PUBLIC_LIBRARIES target...)
#
# One folder of src/ = one stage = one static library `secretwatch_NAME`. USES is the whole list of stages that the
# folder may include; the list of all layers is written to layers.txt, which a test compares with the #include lines
# and with docs/architecture.md. Every header must compile alone: the presets `clang` and `tidy` hold that.
add_library(secretwatch_options INTERFACE)
target_compile_options(secretwatch_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<BOOL:${SECRETWATCH_WERROR}>:-Werror>
  -pthread)  # as RE2 wants it: what is compiled ahead must be compiled alike

file(WRITE ${CMAKE_BINARY_DIR}/layers.txt "")

# What nearly every source includes, compiled once for all stages.
set(SECRETWATCH_COMMON_HEADERS <algorithm> <cstdint> <functional> <map> <memory> <optional> <set> <string> <string_view>
  <utility> <variant> <vector> <fmt/format.h>)

function(layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;HEADERS;USES;LIBRARIES;PUBLIC_LIBRARIES")
  set(target secretwatch_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src FILES ${arg_HEADERS})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC_LIBRARIES} PRIVATE secretwatch_options ${arg_LIBRARIES})
  foreach(used IN LISTS arg_USES)
    target_link_libraries(${target} PUBLIC secretwatch_${used})
  endforeach()
  if(SECRETWATCH_PRECOMPILED_HEADERS AND name STREQUAL "base")
    target_precompile_headers(${target} PRIVATE ${SECRETWATCH_COMMON_HEADERS})
  elseif(SECRETWATCH_PRECOMPILED_HEADERS)
    target_precompile_headers(${target} REUSE_FROM secretwatch_base)
  endif()
  list(JOIN arg_USES " " uses)
  file(APPEND ${CMAKE_BINARY_DIR}/layers.txt "${name}: ${uses}\n")
endfunction()
