#include "pattern/wildcard.h"

namespace secretwatch::pattern {

Wildcard::Wildcard(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t star = text.find('*'); star != std::string_view::npos; star = text.find('*', begin)) {
    pieces_.emplace_back(text.substr(begin, star - begin));
    begin = star + 1;
  }
  pieces_.emplace_back(text.substr(begin));
}

bool Wildcard::matches(std::string_view value) const {
  if (pieces_.size() == 1) return value == pieces_.front();
  if (value.substr(0, pieces_.front().size()) != pieces_.front()) return false;
  std::size_t end = pieces_.front().size();
  for (std::size_t i = 1; i < pieces_.size(); ++i) {
    const std::size_t found = value.find(pieces_[i], end);
    if (found == std::string_view::npos) return false;
    end = found + pieces_[i].size();
  }
  return pieces_.back().empty() || end == value.size();
}

}  // namespace secretwatch::pattern
