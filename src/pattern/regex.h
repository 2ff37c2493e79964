#pragma once
/// Regex: the subset of regular expressions that the service accepts between two `%`, on RE2.
///
///     check_regex(R"(10\.0\.[0-9]+)")   // nothing: fine
///     check_regex("(a|b)")              // offset 0, "'(' is not allowed in a regular expression", hint "write '\x28'"
///
/// Letters, digits, blanks, `: _ # = @ / ; , -`, the operators `^ $ ? [ ] { } | \ * + .` and the escapes `\d \D \s \S
/// \w \W \xhh`; a backslash also makes any of the listed signs literal, but admits no other one. So there are no
/// groups. The search is unanchored, `.` skips a line break, \d \s \w know ASCII only. Sources: "Regex syntax" in the
/// user guide and recorded answers: lazy quantifiers are accepted, possessive ones, \p and reversed ranges are not.
/// That is RE2's behaviour (Java would take the possessive ones), hence what RE2 says decides the rest.
#include <memory>
#include <optional>
#include <string_view>

#include <re2/re2.h>

#include "base/expected.h"

namespace secretwatch::pattern {

/// What is wrong with the text between the `%`; offsets count from its first byte.
std::optional<TextError> check_regex(std::string_view regex);

std::unique_ptr<const RE2> compile_regex(std::string_view regex);

}  // namespace secretwatch::pattern
