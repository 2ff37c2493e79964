#include "events/record_form.h"

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

std::string RecordForm::fill(const std::vector<std::string>& values) const {
  std::vector<std::string> written;
  written.reserve(values.size());
  for (const std::string& value : values) written.push_back(escaped(value));
  return form_.fill(written);
}

}  // namespace secretwatch::events
