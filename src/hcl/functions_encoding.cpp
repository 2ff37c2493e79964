/// Functions that encode and decode.
#include <algorithm>

#include "base/text.h"
#include "hcl/functions.h"
#include "hcl/json_text.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {
namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Value json_encode(Arguments& call) {
  return json_of(call.values[0], call.at);
}

Value json_decode(Arguments& call) {
  if (const Text* text = call.values[0].text(); text != nullptr && text->json != nullptr && !text->literal())
    return *text->json;
  const auto text = call.text(0);
  if (!text) return call.failure();
  auto value = value_of_json(*text, call.at);
  return value ? std::move(*value) : call.refuse("this is not JSON");
}

Value base64_encode(Arguments& call) {
  const auto text = call.text(0);
  return text ? Value::text(base64_of(*text), call.at) : call.failure();
}

Value base64_decode(Arguments& call) {
  const auto text = call.text(0);
  if (!text) return call.failure();
  std::string result;
  std::uint32_t bits = 0;
  int count = 0;
  std::size_t digits = 0;
  const std::string_view body = std::string_view(*text).substr(0, text->find_last_not_of('=') + 1);
  for (const char c : body) {
    if (c == '\n' || c == '\r') continue;
    const std::size_t digit = base64_digits.find(c);
    if (digit == std::string_view::npos) return call.refuse("this is not base64");
    ++digits;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    result += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  if (digits % 4 == 1 || (digits + (text->size() - body.size())) % 4 != 0) return call.refuse("this is not base64");
  if (find_broken_utf8(result)) return call.refuse("what is encoded is not text");
  return Value::text(std::move(result), call.at);
}

Value url_encode(Arguments& call) {
  const auto text = call.text(0);
  if (!text) return call.failure();
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string result;
  for (const char c : *text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_letter_or_digit(c) || std::string_view("-_.~").find(c) != std::string_view::npos) {
      result += c;
    } else if (c == ' ') {
      result += '+';
    } else {
      result += '%';
      result += hex[byte >> 4U];
      result += hex[byte & 15U];
    }
  }
  return Value::text(std::move(result), call.at);
}

/// The fields of a line from `at` on, which is moved behind its end; nothing for a stray quote.
std::optional<std::vector<std::string>> csv_row(std::string_view text, std::size_t& at) {
  std::vector<std::string> fields(1);
  bool is_quoted = false;
  bool was_quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (is_quoted) {
      if (c != '"') {
        fields.back() += c;
      } else if (text.substr(at + 1, 1) == "\"") {
        fields.back() += text[++at];
      } else {
        is_quoted = false;
      }
    } else if (c == '"' && fields.back().empty() && !was_quoted) {
      is_quoted = was_quoted = true;
    } else if (c == ',') {
      fields.emplace_back();
      was_quoted = false;
    } else if (c == '\n' || (c == '\r' && text.substr(at + 1, 1) == "\n")) {
      at += c == '\r' ? 2 : 1;
      return fields;
    } else if (c == '"' || was_quoted) {
      return std::nullopt;
    } else {
      fields.back() += c;
    }
  }
  if (is_quoted) return std::nullopt;
  return fields;
}

Value csv_decode(Arguments& call) {
  const auto text = call.text(0);
  if (!text) return call.failure();
  std::size_t at = 0;
  std::optional<std::vector<std::string>> head;
  std::vector<Value> rows;
  while (at < text->size()) {
    const auto row = csv_row(*text, at);
    if (!row) return call.refuse("a quote stands where none can");
    if (row->size() == 1 && row->front().empty()) continue;
    if (!head) {
      head = row;
      continue;
    }
    if (row->size() != head->size())
      return call.refuse("a line has {} fields, the first has {}", row->size(), head->size());
    Mapping object;
    for (std::size_t i = 0; i < row->size(); ++i)
      object.entries.emplace_back((*head)[i], Value::text((*row)[i], call.at));
    std::sort(object.entries.begin(), object.entries.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    rows.emplace_back(std::move(object), call.at);
  }
  if (!head) return call.refuse("there is no line with the names of the columns");
  return limited(Value(Sequence{Sequence::Kind::list, std::move(rows), nullptr}, call.at));
}

}  // namespace

std::string base64_of(std::string_view bytes) {
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t j = 0; j < 3; ++j)
      bits = (bits << 8U) | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    const std::size_t digits = std::min<std::size_t>(3, bytes.size() - i) + 1;
    for (std::size_t j = 0; j < 4; ++j)
      result += j < digits ? base64_digits[(bits >> (18U - 6U * static_cast<unsigned>(j))) & 63U] : '=';
  }
  return result;
}

const std::vector<Function> encoding_functions = {
    {"base64decode", 1, 1, base64_decode}, {"base64encode", 1, 1, base64_encode}, {"csvdecode", 1, 1, csv_decode},
    {"jsondecode", 1, 1, json_decode},     {"jsonencode", 1, 1, json_encode},     {"urlencode", 1, 1, url_encode},
};

}  // namespace secretwatch::hcl
