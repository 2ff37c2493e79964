#include "events/record_template.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace secretwatch::events {
namespace {

bool is_plain(char c) {
  return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F && c != '"' && c != '\\';
}

/// What stands between the quotes of a JSON string.
std::string escaped(const std::string& text) {
  if (std::all_of(text.begin(), text.end(), is_plain)) return text;
  const std::string quoted = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

RecordTemplate::RecordTemplate(std::string_view text, const Marks& marks) {
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

std::string RecordTemplate::fill(const std::vector<std::string>& values) const {
  std::vector<std::string> written;
  written.reserve(values.size());
  for (const std::string& value : values) written.push_back(escaped(value));
  std::size_t size = rest_.size();
  for (const Piece& piece : pieces_) size += piece.before.size() + written[piece.value].size();
  std::string text;
  text.reserve(size);
  for (const Piece& piece : pieces_) text.append(piece.before).append(written[piece.value]);
  return text.append(rest_);
}

}  // namespace secretwatch::events
