#pragma once
/// Lines: text for comments, in lines.
#include <string>
#include <string_view>
#include <vector>

#include "stack/stack.h"

namespace secretwatch::emit {

/// Split at every kind of line break, so that no part of a text can leave the comment it stands in.
std::vector<std::string> lines_of(std::string_view text);

/// A ruled title and the explanation below it.
std::vector<std::string> section_comment(const stack::Section& section);

}  // namespace secretwatch::emit
