#include "load/labels.h"

#include <fmt/format.h>

#include "base/text.h"

namespace secretwatch::load {

std::string Labels::take(const std::vector<std::string>& wanted, const stack::Body& body) {
  const auto is_free = [&](const std::string& label) {
    const std::string plain = plain_form(label);
    return !plain.empty() && taken_.emplace(body.index(), plain).second;
  };
  for (const std::string& label : wanted)
    if (is_free(label)) return label;
  for (std::size_t& number = numbers_[plain_form(wanted.back())];; ++number)
    if (std::string numbered = fmt::format("{}-{}", wanted.back(), number + 2); is_free(numbered)) return numbered;
}

}  // namespace secretwatch::load
