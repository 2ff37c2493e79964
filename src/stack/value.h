#pragma once
/// Value and Text: what a property of a resource can be, before anything is deployed.
///
///     Value<std::int64_t> period = 300;                        // known
///     Value<Text> group = Ref{log_group, Attribute::arn};      // a link to another resource
///     Text arn = {"arn:", Pseudo::partition, ":sns:", Pseudo::region, ":", Pseudo::account, ":alerts"};
///     Value<bool> logging = Unknown{"variable 'enabled' has no default"};
///
/// Three-valued on purpose: a rule may report only what is known, a proof may pass only what is known, and everything
/// else says why it is not. A property that is not written is an absent std::optional<Value<T>>.
/// A Choice depends on a condition of the stack; who judges it looks at both branches. In a branch, a value may be
/// Absent: with that branch the property is not written at all (AWS::NoValue). A list that is not known is a list of
/// one unknown value.
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/source.h"

namespace secretwatch::stack {

enum class ResourceId : std::uint32_t {};
enum class ParameterId : std::uint32_t {};
enum class ConditionId : std::uint32_t {};

/// What the cloud knows about the place of deployment and a template does not.
enum class Pseudo { partition, region, account, url_suffix, stack_name, stack_id };

/// Which attribute of a resource a reference reads; `other` keeps the attribute as written in Ref::written.
enum class Attribute { name, arn, id, other };

struct Ref {
  ResourceId target{};
  Attribute attribute = Attribute::name;
  std::string written{};
  friend bool operator==(const Ref&, const Ref&) = default;
};

/// Why a value is not known, for those who can do something about it.
enum class Cause {
  other,
  parameter,          // subject: the parameter that has neither default nor given value
  imported,           // subject: the name of another stack's export
  nested_output,      // subject: Stack.Outputs.Name
  nothing_there,      // subject: the name, which nothing in the template has
  dynamic_reference,  // subject: {{resolve:…}}, filled in when the stack is deployed
  computed            // subject: an expression over values of the place of deployment
};

/// Beyond us, and why: "parameter 'Topic' has no default", "Fn::ImportValue of 'shared-topic'". Two with the same cause
/// and a subject, which then is not empty, are the same value, whatever that is.
struct Unknown {
  std::string reason;
  Cause cause = Cause::other;
  std::string subject{};
  friend bool operator==(const Unknown&, const Unknown&) = default;
};

/// Not written; only in a branch of a Choice.
struct Absent {
  friend bool operator==(const Absent&, const Absent&) = default;
};

using Part = std::variant<std::string, Pseudo, ParameterId, Ref, Unknown>;

/// A string in parts. Neighbouring literals are one part, and there are no empty literals: equal texts have equal
/// parts.
class Text {
 public:
  Text() = default;
  Text(std::string literal) { append(std::move(literal)); }         // NOLINT: a literal is a Text
  Text(std::string_view literal) { append(std::string(literal)); }  // NOLINT
  Text(const char* literal) { append(std::string(literal)); }       // NOLINT
  Text(std::initializer_list<Part> parts) {
    for (const Part& part : parts) append(part);
  }

  void append(Part part);
  Text& operator+=(const Text& text);

  const std::vector<Part>& parts() const { return parts_; }
  /// The whole text when it is only literal ("" for an empty one), else nothing.
  std::optional<std::string> literal() const;
  bool has_unknown() const;

  friend bool operator==(const Text&, const Text&) = default;

 private:
  std::vector<Part> parts_;
};

enum class Comparison { equal, different, undecided };

/// Do two texts denote the same string whatever is deployed? `different` is said only when that is certain.
Comparison compare(const Text& a, const Text& b);

/// How a known value came to be known.
enum class Origin { literal, parameter_default, given };

template <class T>
struct Known {
  T value{};
  Origin origin = Origin::literal;
  std::optional<ParameterId> parameter{};  // of parameter_default and given
};

template <class T>
class Value;

template <class T>
struct Choice {
  ConditionId condition{};
  std::vector<Value<T>> branches{};  // two: if the condition holds, and otherwise
};

template <class T>
class Value {
 public:
  Value() : state_(Known<T>{}) {}
  Value(T value, Span where = {}) : span(where), state_(Known<T>{std::move(value)}) {}  // NOLINT: 300 is a Value
  Value(Known<T> known, Span where = {}) : span(where), state_(std::move(known)) {}     // NOLINT
  Value(Ref ref, Span where = {}) : span(where), state_(std::move(ref)) {}              // NOLINT
  Value(Unknown unknown, Span where = {}) : span(where), state_(std::move(unknown)) {}  // NOLINT
  Value(Choice<T> choice, Span where = {}) : span(where), state_(std::move(choice)) {}  // NOLINT
  Value(Absent absent, Span where = {}) : span(where), state_(absent) {}                // NOLINT

  const Known<T>* known() const { return std::get_if<Known<T>>(&state_); }
  const Ref* ref() const { return std::get_if<Ref>(&state_); }
  const Unknown* unknown() const { return std::get_if<Unknown>(&state_); }
  const Choice<T>* choice() const { return std::get_if<Choice<T>>(&state_); }
  bool is_absent() const { return std::holds_alternative<Absent>(state_); }

  /// The value, when it is known.
  const T* get() const { return known() == nullptr ? nullptr : &known()->value; }

  Span span{};  // of the value itself
  Span key{};   // of the property's name, when it stands in a template

 private:
  std::variant<Known<T>, Ref, Unknown, Choice<T>, Absent> state_;
};

/// From the name of the property to the end of its value, where both stand together.
template <class T>
Span whole(const Value<T>& value) {
  const bool apart = value.key.is_nowhere() || value.key.file != value.span.file || value.key.begin > value.span.begin;
  return apart ? value.span : Span{value.span.file, value.key.begin, value.span.end};
}

/// A text that is nothing but one reference is that reference.
Value<Text> text_value(Text text, Span where = {});

/// The literal text of a value, when it is known and literal.
std::optional<std::string> literal_of(const Value<Text>& value);

}  // namespace secretwatch::stack
