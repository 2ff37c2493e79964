#pragma once
/// Difference: the first lines in which two texts differ, short enough to read, or all of them.
#include <string>
#include <string_view>

namespace secretwatch::cli {

/// "" when they are equal. Lines of the old text behind `-`, of the new one behind `+`, a few of each.
std::string first_difference(const std::string& path, std::string_view old_text, std::string_view new_text);

/// A unified diff with three lines around each change, as `patch` takes it; "" when the texts are equal.
std::string unified_difference(const std::string& path, std::string_view old_text, std::string_view new_text);

}  // namespace secretwatch::cli
