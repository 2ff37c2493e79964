#include "hcl/json_text.h"

#include <map>

#include "base/text.h"
#include "hcl/convert.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  static constexpr std::string_view hex = "0123456789abcdef";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\b' || c == '\f') {
      out += c == '\b' ? "\\b" : "\\f";
    } else if (byte < 0x20 || c == '<' || c == '>' || c == '&') {
      out += "\\u00";
      out += hex[byte >> 4U];
      out += hex[byte & 15U];
    } else if (text.substr(i, 3) == "\xE2\x80\xA8" || text.substr(i, 3) == "\xE2\x80\xA9") {
      out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += c;
    }
  }
}

class Writer {
 public:
  Text text;

  void write(const Value& value) {
    if (value.is_null()) return text.append(std::string("null"));
    if (value.boolean() != nullptr) return text.append(std::string(*value.boolean() ? "true" : "false"));
    if (value.number() != nullptr) return text.append(value.number()->print());
    if (value.text() != nullptr) return string(*value.text());
    if (value.reference() != nullptr) {
      Text whole;
      whole.append(*value.reference());
      return string(whole);
    }
    if (value.sequence() != nullptr) return sequence(*value.sequence());
    if (value.mapping() != nullptr) return mapping(*value.mapping());
    text.append(*value.unknown());
  }

 private:
  void string(const Text& of) {
    text.append(std::string("\""));
    for (const TextPart& part : of.parts) {
      if (const auto* literal = std::get_if<std::string>(&part)) {
        std::string escaped;
        append_escaped(escaped, *literal);
        text.append(std::move(escaped));
      } else {
        text.append(part);
      }
    }
    text.append(std::string("\""));
  }
  void sequence(const Sequence& of) {
    bool is_first = true;
    for (const Value& item : of.items) {
      text.append(std::string(is_first ? "[" : ","));
      is_first = false;
      write(item);
    }
    if (is_first) text.append(std::string("["));
    if (of.rest != nullptr) text.append(*of.rest);
    text.append(std::string("]"));
  }
  void mapping(const Mapping& of) {
    bool is_first = true;
    for (const auto& [key, item] : of.entries) {
      text.append((is_first ? "{" : ",") + json_string(key) + ":");
      is_first = false;
      write(item);
    }
    if (is_first) text.append(std::string("{"));
    if (of.rest != nullptr) text.append(*of.rest);
    text.append(std::string("}"));
  }
};

class Reader {
 public:
  Reader(std::string_view text, const Span& at) : text_(text), at_(at) {}

  std::optional<Value> whole() {
    auto result = value(0);
    blanks();
    if (position_ != text_.size()) return std::nullopt;
    return result;
  }

 private:
  void blanks() { position_ = std::min(text_.find_first_not_of(" \t\r\n", position_), text_.size()); }
  bool accept(std::string_view word) {
    if (text_.substr(position_, word.size()) != word) return false;
    position_ += word.size();
    return true;
  }

  std::optional<Value> value(std::uint32_t depth) {
    blanks();
    if (depth > greatest_height || position_ == text_.size()) return std::nullopt;
    if (accept("null")) return Value();
    if (accept("true")) return Value(true, at_);
    if (accept("false")) return Value(false, at_);
    if (accept("\"")) {
      auto text = string();
      if (!text) return std::nullopt;
      return Value::text(std::move(*text), at_);
    }
    if (accept("[")) return sequence(depth);
    if (accept("{")) return mapping(depth);
    return number();
  }

  std::optional<Value> number() {
    const std::size_t end = std::min(text_.find_first_not_of("+-.eE0123456789", position_), text_.size());
    const std::string_view digits = text_.substr(position_, end - position_);
    const std::string_view whole = digits.substr(digits.starts_with('-') ? 1 : 0);
    const bool begins_well = !whole.empty() && is_digit(whole.front());
    const bool has_leading_zero = whole.size() > 1 && whole.front() == '0' && is_digit(whole[1]);
    const auto number = Number::parse(digits);
    if (!begins_well || has_leading_zero || !number) return std::nullopt;
    position_ = end;
    return Value(*number, at_);
  }

  std::optional<Value> sequence(std::uint32_t depth) {
    Sequence result;
    blanks();
    if (accept("]")) return Value(std::move(result), at_);
    do {
      auto item = value(depth + 1);
      if (!item) return std::nullopt;
      result.items.push_back(std::move(*item));
      blanks();
    } while (accept(","));
    if (!accept("]")) return std::nullopt;
    return Value(std::move(result), at_);
  }

  std::optional<Value> mapping(std::uint32_t depth) {
    std::map<std::string, Value> entries;
    blanks();
    if (!accept("}")) {
      do {
        blanks();
        if (!accept("\"")) return std::nullopt;
        const auto key = string();
        blanks();
        if (!key || !accept(":")) return std::nullopt;
        auto item = value(depth + 1);
        if (!item) return std::nullopt;
        entries.insert_or_assign(*key, std::move(*item));
        blanks();
      } while (accept(","));
      if (!accept("}")) return std::nullopt;
    }
    Mapping result;
    for (auto& [key, item] : entries) result.entries.emplace_back(key, std::move(item));
    return Value(std::move(result), at_);
  }

  /// After the quote.
  std::optional<std::string> string() {
    std::string result;
    while (position_ < text_.size()) {
      const char c = text_[position_++];
      if (c == '"') return result;
      if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
      if (c != '\\') {
        result += c;
      } else if (!escape(result)) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  bool escape(std::string& into) {
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const char c = position_ < text_.size() ? text_[position_++] : '\0';
    if (const std::size_t which = letters.find(c); c != '\0' && which != std::string_view::npos) {
      into += meanings[which];
      return true;
    }
    auto unit = c == 'u' ? four_digits() : std::nullopt;
    if (!unit) return false;
    if (*unit >= 0xD800 && *unit < 0xDC00 && accept("\\u")) {
      const auto low = four_digits();
      if (!low) return false;
      if (*low >= 0xDC00 && *low < 0xE000) {
        append_utf8(into, 0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00));
        return true;
      }
      append_utf8(into, 0xFFFD);
      unit = low;
    }
    append_utf8(into, *unit >= 0xD800 && *unit < 0xE000 ? 0xFFFD : *unit);
    return true;
  }

  std::optional<char32_t> four_digits() {
    char32_t result = 0;
    for (int i = 0; i < 4; ++i, ++position_) {
      const char c = position_ < text_.size() ? to_lower(text_[position_]) : '\0';
      if (!is_digit(c) && (c < 'a' || c > 'f')) return std::nullopt;
      result = result * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return result;
  }

  std::string_view text_;
  Span at_;
  std::size_t position_ = 0;
};

}  // namespace

std::string json_string(std::string_view text) {
  std::string result = "\"";
  append_escaped(result, text);
  return result + "\"";
}

Value json_of(const Value& value, const Span& at) {
  Writer writer;
  writer.write(value);
  writer.text.json = std::make_shared<const Value>(value);
  return Value(std::move(writer.text), at);
}

std::optional<Value> value_of_json(std::string_view text, const Span& at) {
  return Reader(text, at).whole();
}

}  // namespace secretwatch::hcl
