#include "emit/identifiers.h"

#include <fmt/format.h>

#include "base/text.h"
#include "emit/emit.h"

namespace secretwatch::emit {

std::string pascal_case(std::string_view label) {
  std::string identifier;
  bool word_begins = true;
  for (const char c : label) {
    if (!is_letter_or_digit(c)) {
      word_begins = true;
    } else {
      identifier += word_begins ? to_upper(c) : c;
      word_begins = false;
    }
  }
  return identifier;
}

std::string snake_case(std::string_view label) {
  std::string identifier;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const char c = label[i];
    if (!is_letter_or_digit(c)) {
      if (!identifier.empty() && identifier.back() != '_') identifier += '_';
      continue;
    }
    const bool after_lower = i > 0 && (is_lower(label[i - 1]) || is_digit(label[i - 1]));
    const bool last_of_capitals = i > 0 && is_upper(label[i - 1]) && i + 1 < label.size() && is_lower(label[i + 1]);
    const bool word_begins = is_upper(c) && (after_lower || last_of_capitals);
    if (word_begins && !identifier.empty() && identifier.back() != '_') identifier += '_';
    identifier += to_lower(c);
  }
  while (!identifier.empty() && identifier.back() == '_') identifier.pop_back();
  if (!identifier.empty() && is_digit(identifier.front())) identifier.insert(identifier.begin(), '_');
  return identifier;
}

std::string logical_id(const stack::Resource& resource) {
  return pascal_case(resource.label) + std::string(stack::identifier_suffix(resource.body));
}

std::string generated_line(const stack::Stack& stack) {
  return fmt::format("{}{}; edit the spec, not this file.", generated_by, stack.spec_hash);
}

}  // namespace secretwatch::emit
