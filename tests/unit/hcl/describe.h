#pragma once
/// A syntax tree as text, node by node and without places: equal texts, equal trees. Written apart from hcl::print,
/// which is what it tests.
#include <string>

#include "hcl/hcl.h"

namespace secretwatch::hcl::testing {

std::string describe(const Expression& expression);
std::string describe(const Body& body);

/// Parses, or fails the test and returns an empty tree.
File parse_text(const std::string& text);
/// The faults of a text: "2:5 this block is not closed", a line each.
std::string faults_of(const std::string& text);

}  // namespace secretwatch::hcl::testing
