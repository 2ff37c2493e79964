#pragma once
/// Describe: a filter as a term of a tiny language, so that a parser test is one line a case.
///
///     { $.a = 1 || $.b[0] != "x" }   ->   json(any(eq(a, num 1), ne(b[0], quoted x)))
///     [ip, status = 4*, ...]         ->   fields(ip, status: eq(bare 4*), ...)
///     ERROR -"x y"                   ->   terms(+ERROR, -"x y")
#include <string>

#include "pattern/pattern.h"

namespace secretwatch::pattern {

std::string describe(const Filter& filter);

}  // namespace secretwatch::pattern
