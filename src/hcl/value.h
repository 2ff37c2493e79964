#pragma once
/// Value: what an expression of Terraform stands for, as far as it can be known without the cloud.
///
///     "${aws_sns_topic.alerts.arn}/*"          text of two parts: a reference, "/*"
///     merge(var.tags, { Name = "x" })          object, Name = "x", the rest unknown: variable 'tags' has no value
///     var.create ? "a" : "b"                   choice on `var.create`: "a", "b"
///     1 / 0                                    unknown, and a fault: Terraform refuses it
///
/// Three-valued: what is known inside of what is not known stays known. Values are small, immutable and shared; a
/// container knows how large and high it is and what its leaves are, and one past the limits is made Unknown
/// (`limited`), so that walks over any value are short and may recurse. Not here: types of variables (load/), marks for
/// sensitive values (they change no value).
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/source.h"
#include "hcl/number.h"

namespace secretwatch::hcl {

/// A resource (no path), or an attribute of it that only the cloud knows. It is taken to be neither null nor empty.
struct Reference {
  std::string address;            // as the resolver named it: "module.m.aws_sns_topic.alerts"
  std::uint32_t handle = 0;       // the resolver's own
  std::vector<std::string> path;  // "arn"; an index is in brackets: "[0]", "[\"a\"]"
  friend bool operator==(const Reference&, const Reference&) = default;
};
/// aws_sns_topic.alerts.arn
std::string print(const Reference& reference);

/// Beyond us, and why. `term` names what is not known, when it has a name: two unknowns of one term are the same value.
struct Unknown {
  std::string reason;     // "variable 'topic' has no value"
  std::string term{};     // "var.topic"
  bool is_fault = false;  // there is no value: Terraform would refuse the expression
  Span where{};
};

using TextPart = std::variant<std::string, Reference, Unknown>;
class Value;

/// A string in parts; neighbouring literals are one part, there are no empty literals.
struct Text {
  std::vector<TextPart> parts;
  std::shared_ptr<const Value> json{};  // of what jsonencode made: what it was made of

  Text() = default;
  explicit Text(std::string literal) { append(std::move(literal)); }
  void append(TextPart part);
  void append(const Text& text);
  /// The whole text when it is only literal.
  std::optional<std::string> literal() const;
};

struct Sequence {
  enum class Kind { tuple, list, set };
  Kind kind = Kind::tuple;
  std::vector<Value> items;               // of a set: in its order, each once as far as is known
  std::shared_ptr<const Unknown> rest{};  // more items, nobody knows how many, where and which
};

struct Mapping {
  enum class Kind { object, map };
  Kind kind = Kind::object;
  std::vector<std::pair<std::string, Value>> entries;  // sorted by key, each key once
  std::shared_ptr<const Unknown> rest{};               // more keys, other than these

  /// Null: no such key among those that are known.
  const Value* find(std::string_view key) const;
};

/// What decides a choice; equal terms (not empty), equal outcome.
struct Condition {
  std::string term;
  std::string reason;
  Span where{};
};

struct Choice;
struct Null {};

class Value {
 public:
  Value() = default;  // null
  Value(bool value, Span at = {}) : span(at), state_(value) {}
  Value(Number value, Span at = {}) : span(at), state_(std::move(value)) {}     // NOLINT: 300 is a Value
  Value(Text value, Span at = {}) : span(at), state_(std::move(value)) {}       // NOLINT
  Value(Reference value, Span at = {}) : span(at), state_(std::move(value)) {}  // NOLINT
  Value(Unknown value, Span at = {}) : span(at), state_(std::move(value)) {}    // NOLINT
  Value(Sequence value, Span at = {});                                          // NOLINT
  Value(Mapping value, Span at = {});                                           // NOLINT
  Value(Choice value, Span at = {});                                            // NOLINT
  Value(const char*) = delete;                                                  // would be a bool
  static Value text(std::string literal, Span at = {}) { return {Text(std::move(literal)), at}; }

  bool is_null() const { return std::holds_alternative<Null>(state_); }
  const bool* boolean() const { return std::get_if<bool>(&state_); }
  const Number* number() const { return std::get_if<Number>(&state_); }
  const Text* text() const { return std::get_if<Text>(&state_); }
  const Reference* reference() const { return std::get_if<Reference>(&state_); }
  const Unknown* unknown() const { return std::get_if<Unknown>(&state_); }
  const Sequence* sequence() const { return pointed<Sequence>(); }
  const Mapping* mapping() const { return pointed<Mapping>(); }
  const Choice* choice() const { return pointed<Choice>(); }
  /// The string, when it is one and all literal.
  std::optional<std::string> literal() const { return text() == nullptr ? std::nullopt : text()->literal(); }

  /// Leaves and containers in it, and how high it is.
  std::uint32_t size() const;
  std::uint32_t height() const;
  /// Is there anything in it that is not known? A reference is not. A choice? A fault, however the choices in it fall
  /// out, or in some world only?
  bool has_unknown() const;
  bool has_choice() const;
  bool has_fault() const;
  bool may_have_fault() const;

  /// Where it was written, or where what made it was.
  Span span{};

 private:
  struct Measure {
    std::uint32_t size = 1;
    std::uint32_t height = 1;
    bool has_unknown = false;
    bool has_choice = false;
    bool has_fault = false;
    bool may_have_fault = false;
    void add(const Value& value);
  };
  template <class T>
  struct Shared {
    std::shared_ptr<const T> value;
    Measure measure;
  };
  template <class T>
  const T* pointed() const {
    const auto* shared = std::get_if<Shared<T>>(&state_);
    return shared == nullptr ? nullptr : shared->value.get();
  }
  const Measure* measure() const;

  std::variant<Null, bool, Number, Text, Reference, Unknown, Shared<Sequence>, Shared<Mapping>, Shared<Choice>> state_;
};

struct Choice {
  std::shared_ptr<const Condition> condition;
  Value then;
  Value otherwise;
};

/// The greatest value that is built: nodes, levels, worlds of a choice, bytes of a string.
inline constexpr std::uint32_t greatest_size = 200'000;
inline constexpr std::uint32_t greatest_height = 100;
inline constexpr std::size_t greatest_worlds = 64;
inline constexpr std::size_t greatest_text = 2'000'000;

/// The value, or Unknown when it is past the limits.
Value limited(Value value);

/// A choice, or its branch when both are the same or the condition is decided further up.
Value choose(const std::shared_ptr<const Condition>& condition, Value then, Value otherwise, Span at);
/// The value where the condition holds (or not); looks into containers.
Value assume(const Value& value, const Condition& condition, bool holds);
/// The condition of some choice in it; null: there is none.
std::shared_ptr<const Condition> first_condition(const Value& value);
std::size_t count_worlds(const Value& value);

enum class Equality { equal, different, undecided };
/// Terraform's `==`: values of different types differ.
Equality compare(const Value& a, const Value& b);

/// As `terraform console` writes it; references, unknowns and choices in brackets: <aws_x.y.arn>.
std::string print(const Value& value);

}  // namespace secretwatch::hcl
