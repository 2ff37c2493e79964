#pragma once
/// Change words: what a change sets a property to, and how it is called; the same in every language.
#include <string>
#include <string_view>
#include <vector>

#include "lint/rule.h"

namespace secretwatch::fix {

/// A scalar to write.
struct Scalar {
  std::string text;
  bool is_text = true;  // false: a number or boolean, written without quotes
};
Scalar scalar_of(const lint::Change::Setting& setting);

/// Letters, digits and what means nothing in any of our languages. Others are not written.
bool is_simple(std::string_view text);

/// A change done to the text, and how it is called: "set Statistic to Sum".
struct Step {
  lint::Edit edit;
  std::string title;
};
void add(const Step& step, lint::Fix& fix);

/// Where edits change a text, in its own places and in those of what it becomes.
struct Touched {
  std::vector<Span> before;
  std::vector<Span> after;
};
/// Requires edits in the order of the text.
Touched touched_by(const std::vector<lint::Edit>& edits);

}  // namespace secretwatch::fix
