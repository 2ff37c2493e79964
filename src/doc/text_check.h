#pragma once
/// Text check: is this text that a person wrote? UTF-8 without control characters other than tab and line breaks.
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/diagnostic.h"

namespace secretwatch::doc {

inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Adds one error for the first fault. Requires that `text` is the text of `file`.
bool check_text(std::string_view text, FileId file, Diagnostics& out);

/// The first character that YAML calls not printable, which an escape such as "\x1b" can still bring into a scalar: no
/// template could carry it on. Requires UTF-8.
std::optional<char32_t> find_control_character(std::string_view text);

}  // namespace secretwatch::doc
