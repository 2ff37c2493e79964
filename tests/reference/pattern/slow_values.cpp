#include "reference/pattern/slow_values.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace secretwatch::reference {
namespace {

/// A number with its exponent written out: digits, a dot, digits.
struct WrittenOut {
  bool negative = false;
  std::string before;
  std::string after;
};

WrittenOut write_out(std::string spelling) {
  WrittenOut number;
  number.negative = spelling[0] == '-';
  if (spelling[0] == '-' || spelling[0] == '+') spelling.erase(0, 1);
  const std::size_t e = std::min(spelling.find_first_of("eE"), spelling.size());
  int exponent = e == spelling.size() ? 0 : std::atoi(spelling.c_str() + e + 1);
  spelling.resize(e);
  const std::size_t dot = std::min(spelling.find('.'), spelling.size());
  number.before = spelling.substr(0, dot);
  number.after = dot == spelling.size() ? "" : spelling.substr(dot + 1);
  for (; exponent > 0; --exponent) {
    if (number.after.empty()) number.after = "0";
    number.before += number.after[0];
    number.after.erase(0, 1);
  }
  for (; exponent < 0; ++exponent) {
    if (number.before.empty()) number.before = "0";
    number.after.insert(0, 1, number.before.back());
    number.before.pop_back();
  }
  return number;
}

std::string format(const char* how, int precision, double number) {
  char buffer[512];
  std::snprintf(buffer, sizeof buffer, how, precision, number);
  return buffer;
}

/// The number of digits that just suffices to get the same double back.
int digits_needed(double number) {
  int digits = 1;
  while (std::strtod(format("%.*e", digits - 1, number).c_str(), nullptr) != number) ++digits;
  return digits;
}

std::string write_text(const std::string& characters, const Choose& choose) {
  constexpr const char* digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : characters) {
    const auto code = static_cast<unsigned char>(c);
    const bool must_escape = c == '"' || c == '\\' || code < 0x20;
    if (must_escape || (code < 0x80 && choose(8) == 1))
      out += std::string("\\u00") + digits[code / 16] + digits[code % 16];
    else
      out += c;
  }
  return out + "\"";
}

bool is_integer(const std::string& json_number) {
  return json_number.find_first_of(".eE") == std::string::npos;
}

}  // namespace

Value null() {
  return {};
}
Value boolean(bool truth) {
  Value value;
  value.kind = Value::Kind::boolean;
  value.truth = truth;
  return value;
}
Value number(std::string spelling) {
  Value value;
  value.kind = Value::Kind::number;
  value.text = std::move(spelling);
  return value;
}
Value text(std::string characters) {
  Value value;
  value.kind = Value::Kind::text;
  value.text = std::move(characters);
  return value;
}
Value array(std::vector<Value> elements) {
  Value value;
  value.kind = Value::Kind::array;
  value.elements = std::move(elements);
  return value;
}
Value object(std::vector<std::pair<std::string, Value>> members) {
  Value value;
  value.kind = Value::Kind::object;
  value.members = std::move(members);
  return value;
}

std::size_t plainly(std::size_t /*n*/) {
  return 0;
}

std::string write(const Value& value, const Choose& choose) {
  const auto blank = [&] { return std::string(choose(4) == 1 ? " " : ""); };
  std::string out;
  switch (value.kind) {
    case Value::Kind::null:
      return "null";
    case Value::Kind::boolean:
      return value.truth ? "true" : "false";
    case Value::Kind::number:
      return value.text;
    case Value::Kind::text:
      return write_text(value.text, choose);
    case Value::Kind::array:
      for (const Value& element : value.elements) out += (out.empty() ? "" : ",") + blank() + write(element, choose);
      return "[" + out + blank() + "]";
    case Value::Kind::object:
      for (const auto& [name, member] : value.members)
        out += (out.empty() ? "" : ",") + blank() + write_text(name, choose) + blank() + ":" + write(member, choose);
      return "{" + out + blank() + "}";
  }
  return out;
}

int compare_numbers(const std::string& a, const std::string& b) {
  WrittenOut x = write_out(a);
  WrittenOut y = write_out(b);
  const std::size_t before = std::max(x.before.size(), y.before.size());
  const std::size_t after = std::max(x.after.size(), y.after.size());
  const auto digits = [&](const WrittenOut& number) {
    return std::string(before - number.before.size(), '0') + number.before + number.after +
           std::string(after - number.after.size(), '0');
  };
  const std::string of_x = digits(x);
  const std::string of_y = digits(y);
  const bool both_zero = (of_x + of_y).find_first_not_of('0') == std::string::npos;
  if (both_zero) return 0;
  if (x.negative != y.negative) return x.negative ? -1 : 1;
  const int order = of_x < of_y ? -1 : of_x > of_y ? 1 : 0;
  return x.negative ? -order : order;
}

std::string value_spelling(const std::string& json_number) {
  if (is_integer(json_number)) return json_number;
  const double nearest = std::strtod(json_number.c_str(), nullptr);
  if (std::isinf(nearest)) return "";
  return format("%.*e", digits_needed(nearest) - 1, nearest);
}

std::string java_text(const std::string& json_number) {
  if (is_integer(json_number)) return json_number == "-0" ? "0" : json_number;
  const double nearest = std::strtod(json_number.c_str(), nullptr);
  if (std::isinf(nearest)) return nearest < 0 ? "-Infinity" : "Infinity";
  if (nearest == 0) return std::signbit(nearest) ? "-0.0" : "0.0";
  const int digits = digits_needed(nearest);
  const std::string scientific = format("%.*e", std::max(1, digits - 1), nearest);
  const std::size_t e = scientific.find('e');
  const int exponent = std::atoi(scientific.c_str() + e + 1);
  if (exponent < -3 || exponent > 6) return scientific.substr(0, e) + "E" + std::to_string(exponent);
  return format("%.*f", std::max(1, digits - 1 - exponent), nearest);
}

}  // namespace secretwatch::reference
