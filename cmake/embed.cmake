# embed_starter_specs(TARGET file...): writes cli/starter_specs.h, with each file of templates/ as a string.
function(embed_starter_specs target)
  set(header ${CMAKE_BINARY_DIR}/generated/cli/starter_specs.h)
  set(entries "")
  foreach(name IN LISTS ARGN)
    set(file ${PROJECT_SOURCE_DIR}/templates/${name}.yaml)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND entries "    {\"${name}\", R\"spec(${text})spec\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${header} @ONLY CONTENT
"#pragma once
// Made from templates/*.yaml by cmake/embed.cmake.
#include <string_view>

namespace secretwatch::cli {

struct StarterSpec {
  std::string_view name;
  std::string_view text;
};

inline constexpr StarterSpec starter_specs[] = {
@entries@};

}  // namespace secretwatch::cli
")
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()
