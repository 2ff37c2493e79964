#pragma once
/// Json text: values to JSON as Terraform writes it, and back.
#include <optional>
#include <string>
#include <string_view>

#include "hcl/value.h"

namespace secretwatch::hcl {

/// Keys sorted, no blanks, `<`, `>`, `&` as escapes. A reference stands in quotes: attributes of resources are taken to
/// be strings. Requires no choices and no faults inside. The text remembers the value.
Value json_of(const Value& value, const Span& at);

/// A string as JSON writes it, in quotes.
std::string json_string(std::string_view text);

/// Nothing: no JSON, or nested deeper than values may be.
std::optional<Value> value_of_json(std::string_view text, const Span& at);

}  // namespace secretwatch::hcl
