#include "fix/change_words.h"

#include <algorithm>

#include "base/text.h"

namespace secretwatch::fix {

Scalar scalar_of(const lint::Change::Setting& setting) {
  if (const auto* const text = std::get_if<std::string>(&setting)) return {*text, true};
  if (const auto* const number = std::get_if<std::int64_t>(&setting)) return {std::to_string(*number), false};
  if (const auto* const answer = std::get_if<bool>(&setting)) return {*answer ? "true" : "false", false};
  return {};
}

bool is_simple(std::string_view text) {
  constexpr std::string_view others = "_-./:*";
  return !text.empty() && is_letter_or_digit(text.front()) && text.back() != ':' &&
         std::all_of(text.begin(), text.end(),
                     [&](char c) { return is_letter_or_digit(c) || others.find(c) != std::string_view::npos; });
}

void add(const Step& step, lint::Fix& fix) {
  fix.title += (fix.title.empty() ? "" : ", ") + step.title;
  fix.edits.push_back(step.edit);
}

Touched touched_by(const std::vector<lint::Edit>& edits) {
  Touched touched;
  std::int64_t moved = 0;
  for (const lint::Edit& edit : edits) {
    touched.before.push_back(edit.span);
    const auto begin = static_cast<std::uint32_t>(edit.span.begin + moved);
    touched.after.push_back({edit.span.file, begin, begin + static_cast<std::uint32_t>(edit.text.size())});
    moved += static_cast<std::int64_t>(edit.text.size()) - (edit.span.end - edit.span.begin);
  }
  return touched;
}

}  // namespace secretwatch::fix
