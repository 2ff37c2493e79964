#include "base/text_form.h"

namespace secretwatch {

TextForm::TextForm(std::string_view text, const Marks& marks) {
  for (;;) {
    std::size_t nearest = std::string_view::npos;
    const Marks::value_type* found = nullptr;
    for (const Marks::value_type& mark : marks)
      if (const std::size_t at = text.find(mark.first); at < nearest) {
        nearest = at;
        found = &mark;
      }
    if (found == nullptr) break;
    pieces_.push_back({std::string(text.substr(0, nearest)), found->second});
    text.remove_prefix(nearest + found->first.size());
  }
  rest_ = text;
}

void TextForm::fill(const std::vector<std::string>& values, std::string& out) const {
  for (const Piece& piece : pieces_) out.append(piece.before).append(values[piece.value]);
  out.append(rest_);
}

std::string TextForm::fill(const std::vector<std::string>& values) const {
  std::size_t size = rest_.size();
  for (const Piece& piece : pieces_) size += piece.before.size() + values[piece.value].size();
  std::string text;
  text.reserve(size);
  fill(values, text);
  return text;
}

}  // namespace secretwatch
