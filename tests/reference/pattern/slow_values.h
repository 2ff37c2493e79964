#pragma once
/// Slow values: JSON and numbers for the reference, simple over fast. Nothing here is shared with src/pattern.
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace secretwatch::reference {

struct Value {
  enum class Kind { null, boolean, number, text, array, object };
  Kind kind = Kind::null;
  bool truth = false;
  std::string text{};  // characters of a text, spelling of a number
  std::vector<Value> elements{};
  std::vector<std::pair<std::string, Value>> members{};
};

Value null();
Value boolean(bool truth);
Value number(std::string spelling);
Value text(std::string characters);
Value array(std::vector<Value> elements);
Value object(std::vector<std::pair<std::string, Value>> members);

/// Picks one of n equivalent spellings: blanks, escapes, needless parentheses. Number 0 is the plain one.
using Choose = std::function<std::size_t(std::size_t n)>;
std::size_t plainly(std::size_t n);

/// As JSON.
std::string write(const Value& value, const Choose& choose = plainly);

/// -1, 0 or 1; both spellings have exponents that can be written out as zeros.
int compare_numbers(const std::string& a, const std::string& b);

/// How a JSON number counts: an integer as it is spelled, everything else as the shortest spelling of the nearest
/// double; empty if that is an infinity.
std::string value_spelling(const std::string& json_number);

/// What Java prints for it.
std::string java_text(const std::string& json_number);

}  // namespace secretwatch::reference
