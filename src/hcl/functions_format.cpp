/// format and formatlist: the verbs of Go's printf that Terraform knows.
#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "hcl/functions.h"
#include "hcl/json_text.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {
namespace {

struct Verb {
  char letter = 0;
  bool is_sharp = false;
  bool is_plus = false;
  bool is_minus = false;
  bool is_space = false;
  bool is_zero = false;
  std::optional<std::size_t> width;
  std::optional<std::size_t> precision;
  std::optional<std::size_t> argument;  // from %[1]s, counted from 0
};

class Formatter {
 public:
  Formatter(std::string_view pattern, Arguments& call, const std::vector<Value>& values)
      : pattern_(pattern), call_(call), values_(values) {}

  Value format() {
    while (at_ < pattern_.size()) {
      const std::size_t mark = std::min(pattern_.find('%', at_), pattern_.size());
      result_.append(std::string(pattern_.substr(at_, mark - at_)));
      at_ = mark + 1;
      if (mark == pattern_.size()) break;
      const auto verb = read_verb();
      if (!verb) return call_.refuse("'{}' has a verb that is not complete", shown(pattern_));
      if (verb->letter == '%') {
        result_.append(std::string("%"));
      } else if (auto failure = write(*verb)) {
        return *failure;
      }
    }
    if (!uses_indexes_ && next_ < values_.size()) return call_.refuse("there are more arguments than verbs");
    return Value(std::move(result_), call_.at);
  }

 private:
  std::optional<std::size_t> digits() {
    if (at_ >= pattern_.size() || !is_digit(pattern_[at_])) return std::nullopt;
    std::size_t number = 0;
    for (; at_ < pattern_.size() && is_digit(pattern_[at_]); ++at_)
      number = std::min<std::size_t>(number * 10 + static_cast<std::size_t>(pattern_[at_] - '0'), 100'000);
    return number;
  }

  std::optional<Verb> read_verb() {
    Verb verb;
    for (; at_ < pattern_.size(); ++at_) {
      bool* flag = pattern_[at_] == '#'   ? &verb.is_sharp
                   : pattern_[at_] == '+' ? &verb.is_plus
                   : pattern_[at_] == '-' ? &verb.is_minus
                   : pattern_[at_] == ' ' ? &verb.is_space
                   : pattern_[at_] == '0' ? &verb.is_zero
                                          : nullptr;
      if (flag == nullptr) break;
      *flag = true;
    }
    verb.width = digits();
    if (pattern_.substr(at_, 1) == ".") {
      ++at_;
      verb.precision = digits().value_or(0);
    }
    if (pattern_.substr(at_, 1) == "[") {
      ++at_;
      const auto number = digits();
      if (!number || *number == 0 || pattern_.substr(at_, 1) != "]") return std::nullopt;
      ++at_;
      verb.argument = *number - 1;
    }
    if (at_ >= pattern_.size()) return std::nullopt;
    verb.letter = pattern_[at_++];
    return verb;
  }

  /// Appends to the result; gives a value only when the call has no other.
  std::optional<Value> write(const Verb& verb) {
    uses_indexes_ = uses_indexes_ || verb.argument.has_value();
    const std::size_t which = verb.argument.value_or(next_);
    next_ = which + 1;
    if (which >= values_.size()) return call_.refuse("there is no argument {} for '%{}'", which + 1, verb.letter);
    const Value& value = values_[which];
    if (value.is_null()) return beyond(call_.at, "an argument of 'format' is null");
    switch (verb.letter) {
      case 'v':
        return write_any(verb, value);
      case 's':
      case 'q':
        return write_text(verb, value);
      case 't':
        return write_boolean(verb, value);
      case 'b':
      case 'd':
      case 'o':
      case 'x':
      case 'X':
        return write_integer(verb, value);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return write_real(verb, value);
      default:
        return call_.refuse("'%{}' is not a verb", verb.letter);
    }
  }

  std::optional<Value> write_any(const Verb& verb, const Value& value) {
    const bool is_simple = value.text() != nullptr || value.reference() != nullptr || value.unknown() != nullptr;
    if (is_simple && !verb.is_sharp) return write_text(verb, value);
    if (value.number() != nullptr && !verb.is_sharp) return pad(verb, value.number()->print());
    const Value json = json_of(value, call_.at);
    if (const auto literal = json.literal()) return pad(verb, *literal);
    result_.append(*json.text());
    return std::nullopt;
  }

  std::optional<Value> write_text(const Verb& verb, const Value& value) {
    const Value text = to_text(value, call_.at);
    if (text.has_fault()) return text;
    if (auto literal = text.literal()) {
      if (verb.precision) literal = first_characters(*literal, *verb.precision);
      return pad(verb, verb.letter == 'q' ? json_string(*literal) : *literal);
    }
    if (verb.precision || verb.width) return call_.not_known(text);
    if (verb.letter == 'q') result_.append(std::string("\""));
    if (text.text() != nullptr)
      result_.append(*text.text());
    else if (text.reference() != nullptr)
      result_.append(*text.reference());
    else
      result_.append(*text.unknown());
    if (verb.letter == 'q') result_.append(std::string("\""));
    return std::nullopt;
  }

  std::optional<Value> write_boolean(const Verb& verb, const Value& value) {
    const Value truth = to_boolean(value, call_.at);
    if (truth.boolean() != nullptr) return pad(verb, *truth.boolean() ? "true" : "false");
    return unknown_part(truth);
  }

  std::optional<Value> write_integer(const Verb& verb, const Value& value) {
    const Value number = to_number(value, call_.at);
    if (number.number() == nullptr) return unknown_part(number);
    if (!number.number()->is_integer()) return call_.refuse("'%{}' needs a whole number", verb.letter);
    const auto whole = number.number()->integer();
    if (!whole && verb.letter == 'd') return pad_number(verb, number.number()->print());
    if (!whole) return call_.not_known(beyond(call_.at, "so large a number is not written in another base"));
    const std::uint64_t size = *whole < 0 ? 0 - static_cast<std::uint64_t>(*whole) : static_cast<std::uint64_t>(*whole);
    std::string digits;
    switch (verb.letter) {
      case 'b':
        digits = fmt::format("{:b}", size);
        break;
      case 'o':
        digits = fmt::format("{:o}", size);
        break;
      case 'x':
        digits = fmt::format("{}{:x}", verb.is_sharp ? "0x" : "", size);
        break;
      case 'X':
        digits = fmt::format("{}{:X}", verb.is_sharp ? "0X" : "", size);
        break;
      default:
        digits = fmt::format("{}", size);
    }
    return pad_number(verb, (*whole < 0 ? "-" : "") + digits);
  }

  std::optional<Value> write_real(const Verb& verb, const Value& value) {
    const Value number = to_number(value, call_.at);
    if (number.number() == nullptr) return unknown_part(number);
    if (!verb.precision && (verb.letter == 'g' || verb.letter == 'G')) return shortest(verb, *number.number());
    const char pattern[] = {'%', '.', '*', verb.letter, '\0'};
    char buffer[600];
    const int precision = static_cast<int>(std::min<std::size_t>(verb.precision.value_or(6), 200));
    const int length = std::snprintf(buffer, sizeof buffer, pattern, precision, number.number()->as_double());
    if (length < 0 || length >= static_cast<int>(sizeof buffer)) return call_.refuse("the number is too long");
    return pad_number(verb, std::string(buffer, static_cast<std::size_t>(length)));
  }

  /// %g without precision: as few digits as tell the number, an exponent from 21 digits on.
  std::optional<Value> shortest(const Verb& verb, const Number& number) {
    const double real = number.as_double();
    if (real != 0 && (std::abs(real) < 1e-4 || std::abs(real) >= 1e21)) {
      std::string text = fmt::format("{:e}", real);
      const auto exact = fmt::format("{}", real);
      if (exact.find('e') != std::string::npos) text = exact;
      return pad_number(verb, text);
    }
    return pad_number(verb, number.print());
  }

  std::optional<Value> unknown_part(const Value& value) {
    if (value.has_fault()) return value;
    if (value.reference() != nullptr)
      result_.append(*value.reference());
    else
      result_.append(why_unknown(value));
    return std::nullopt;
  }

  static std::string first_characters(const std::string& text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size() && count > 0; --count)
      at += std::max<std::size_t>(1, decode(std::string_view(text).substr(at)).length);
    return text.substr(0, at);
  }

  std::optional<Value> pad_number(const Verb& verb, std::string text) {
    const bool is_negative = text.starts_with('-');
    if (!is_negative && (verb.is_plus || verb.is_space)) text.insert(0, 1, verb.is_plus ? '+' : ' ');
    if (verb.is_zero && !verb.is_minus && verb.width && text.size() < *verb.width) {
      const bool has_sign = !is_digit(text.front());
      text.insert(has_sign ? 1 : 0, *verb.width - text.size(), '0');
    }
    return pad(verb, std::move(text));
  }

  std::optional<Value> pad(const Verb& verb, std::string text) {
    const std::size_t width = verb.width.value_or(0);
    const std::size_t length = count_characters(text);
    if (width > 10'000) return call_.refuse("the width is too large");
    if (length < width)
      text.insert(verb.is_minus ? text.size() : 0, width - length, verb.is_zero && !verb.is_minus ? '0' : ' ');
    result_.append(std::move(text));
    return std::nullopt;
  }

  std::string_view pattern_;
  Arguments& call_;
  const std::vector<Value>& values_;
  std::size_t at_ = 0;
  std::size_t next_ = 0;
  bool uses_indexes_ = false;
  Text result_;
};

Value format(Arguments& call) {
  const auto pattern = call.text(0);
  if (!pattern) return call.failure();
  const std::vector<Value> values(call.values.begin() + 1, call.values.end());
  return Formatter(*pattern, call, values).format();
}

Value format_list(Arguments& call) {
  const auto pattern = call.text(0);
  if (!pattern) return call.failure();
  std::optional<std::size_t> length;
  for (std::size_t i = 1; i < call.count(); ++i) {
    if (call.values[i].sequence() == nullptr) continue;
    const Sequence* list = call.sequence(i);
    if (list == nullptr) return call.failure();
    if (length && *length != list->items.size()) return call.refuse("the lists have different lengths");
    length = list->items.size();
  }
  std::vector<Value> items;
  for (std::size_t row = 0; row < length.value_or(1); ++row) {
    std::vector<Value> values;
    for (std::size_t i = 1; i < call.count(); ++i) {
      const Sequence* list = call.values[i].sequence();
      values.push_back(list == nullptr ? call.values[i] : list->items[row]);
    }
    items.push_back(Formatter(*pattern, call, values).format());
    if (items.back().has_fault()) return items.back();
  }
  return limited(Value(Sequence{Sequence::Kind::list, std::move(items), nullptr}, call.at));
}

}  // namespace

const std::vector<Function> format_functions = {
    {"format", 1, any_number, format, true, true},
    {"formatlist", 1, any_number, format_list},
};

}  // namespace secretwatch::hcl
