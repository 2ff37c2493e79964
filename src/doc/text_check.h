#pragma once
/// Text check: is this text that a person wrote? UTF-8 without control characters other than tab and line breaks.
#include <string_view>

#include "base/diagnostic.h"

namespace secretwatch::doc {

/// Adds one error for the first fault. Requires that `text` is the text of `file`.
bool check_text(std::string_view text, FileId file, Diagnostics& out);

}  // namespace secretwatch::doc
