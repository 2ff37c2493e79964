#pragma once
/// Syntax: the tree of a Terraform file, as it is written; nothing is evaluated.
///
///     resource "aws_sns_topic" "alerts" {          Block{type "resource", labels "aws_sns_topic", "alerts"}
///       name = "${var.name}-alerts" # all of them    Attribute{"name", Template{Interpolation, TemplateText}}
///     }                                              Comment " all of them"
///
/// Every node has the span of its text. Texts of templates are decoded: escapes resolved, `~` and the indentation of
/// `<<-` taken off. The tree is never higher than Limits::nesting, so that walks over it may recurse.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/source.h"

namespace secretwatch::hcl {

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct NullLiteral {};
struct BooleanLiteral {
  bool value = false;
};
struct NumberLiteral {
  std::string text;  // exactly as written: "007", "1.50", "1e3"
};

struct TemplatePart;

struct TemplateText {
  std::string text;
};
struct Interpolation {  // ${expression}
  ExpressionPtr expression;
};
struct TemplateIf {  // %{ if condition }then%{ else }otherwise%{ endif }
  ExpressionPtr condition;
  std::vector<TemplatePart> then;
  std::vector<TemplatePart> otherwise;
};
struct TemplateFor {  // %{ for key, value in collection }body%{ endfor }
  std::string key;    // empty: not named
  std::string value;
  ExpressionPtr collection;
  std::vector<TemplatePart> body;
};

/// "…", <<EOT or <<-EOT, or a text that is a template as a whole (a string of Terraform JSON).
struct Template {
  enum class Form { quoted, heredoc, indented_heredoc, bare };
  Form form = Form::quoted;
  std::vector<TemplatePart> parts;
  /// A template of one interpolation alone has its value, of whatever type; any other is a string.
  bool is_interpolation_alone() const;
};

struct Variable {  // the first name of `var.region`; names of functions are in Call
  std::string name;
};

/// What follows a term: `.name`, `[index]`, `.0` (legacy), `[*]`, `.*`. All steps after `[*]` apply to each element;
/// after `.*` only those written with a dot.
struct Step {
  enum class Kind { attribute, index, legacy_index, splat, attribute_splat };
  Kind kind = Kind::attribute;
  std::string name{};  // of an attribute
  ExpressionPtr index{};
  Span span{};
};
struct Access {
  ExpressionPtr source;
  std::vector<Step> steps;  // at least one
};

struct Tuple {
  std::vector<Expression> items;
};

struct ObjectEntry;
struct Object {
  std::vector<ObjectEntry> entries;  // in the order of the text, duplicates too
};

/// [for key, value in collection : result if condition], {for … : result_key => result...}
struct For {
  bool makes_object = false;
  bool groups = false;  // `...`: the results of equal keys form a list
  std::string key;      // empty: not named
  std::string value;
  ExpressionPtr collection;
  ExpressionPtr result_key;  // null: makes a tuple
  ExpressionPtr result;
  ExpressionPtr condition;  // null: none
};

struct Call {
  std::string name;  // "provider::aws::arn_parse" with its namespaces
  Span name_span;
  std::vector<Expression> arguments;
  bool expands_last = false;  // f(list...)
};

struct Parenthesised {
  ExpressionPtr inner;
};

enum class UnaryOperator { negate, logical_not };
struct Unary {
  UnaryOperator op = UnaryOperator::negate;
  ExpressionPtr operand;
};

enum class BinaryOperator {
  logical_or,
  logical_and,
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo
};
struct Binary {
  BinaryOperator op = BinaryOperator::add;
  ExpressionPtr left;
  ExpressionPtr right;
};

struct Conditional {
  ExpressionPtr condition;
  ExpressionPtr then;
  ExpressionPtr otherwise;
};

using ExpressionBody = std::variant<NullLiteral, BooleanLiteral, NumberLiteral, Template, Variable, Access, Tuple,
                                    Object, For, Call, Parenthesised, Unary, Binary, Conditional>;

struct Expression {
  Span span;
  std::uint32_t height = 1;  // of the tree below, 1 for a leaf
  ExpressionBody body;
};

struct TemplatePart {
  Span span;
  std::variant<TemplateText, Interpolation, TemplateIf, TemplateFor> body;
};

/// `name = value`, `"key" = value`, `(expression) = value`; `:` is the same as `=`.
struct ObjectEntry {
  std::string name;   // of a bare word, which stands for itself
  ExpressionPtr key;  // null: `name` is it
  Span key_span;
  Expression value;
};

struct Attribute {
  std::string name;
  Span name_span;
  Expression value;
  Span span;  // from the name to the end of the value
};

struct Label {
  std::string text;
  Span span;  // with the quotes
};

struct Block;

/// Attributes have different names. The order of the text is that of the spans.
struct Body {
  std::vector<Attribute> attributes;
  std::vector<Block> blocks;
  Span span;

  /// Null: no such attribute.
  const Attribute* find(std::string_view name) const;
};

struct Block {
  std::string type;
  Span type_span;
  std::vector<Label> labels;
  Body body;
  Span header;  // from the type to the last label
  Span span;    // to the closing brace
};

/// `# …`, `// …` or `/* … */`; the span holds the marks, the text does not.
struct Comment {
  std::string text;
  Span span;
};

struct File {
  Body body;
  std::vector<Comment> comments;  // in the order of the text
};

}  // namespace secretwatch::hcl
