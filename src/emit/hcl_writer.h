#pragma once
/// HCL writer: one tree, written as Terraform's HCL in canonical format or as Terraform's JSON syntax.
///
///     hcl::Body body;
///     body.set("bucket", hcl::Expression("aws_s3_bucket.trail.id"));
///     body.block("rule").set("object_ownership", hcl::String("BucketOwnerEnforced"));
///     print_hcl(body)    // what `terraform fmt` would leave
///     print_tf_json(body)
///
/// Literal text is escaped here and nowhere else: `${` and `%{` begin a template in both syntaxes and are doubled.
/// Sources: HCL native syntax specification; Terraform, "JSON configuration syntax" and "Style conventions".
#include <deque>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "emit/template.h"

namespace secretwatch::emit::hcl {

/// Raw HCL: a reference or a call. In JSON it is written "${…}".
struct Expression {
  explicit Expression(std::string text_) : text(std::move(text_)) {}
  std::string text;
};

/// An address where Terraform wants no template: depends_on, the type of a variable.
struct Address {
  explicit Address(std::string text_) : text(std::move(text_)) {}
  std::string text;
};

/// Text of literals and expressions: "${aws_cloudwatch_log_group.trail.arn}:*".
struct String {
  String() = default;
  explicit String(std::string literal) { parts.emplace_back(std::move(literal)); }
  explicit String(std::vector<std::variant<std::string, Expression>> parts_) : parts(std::move(parts_)) {}
  std::vector<std::variant<std::string, Expression>> parts;
};

struct Value;
using List = std::vector<Value>;
using Object = std::vector<std::pair<std::string, Value>>;

struct Value {
  Value(bool value) : data(value) {}                   // NOLINT
  Value(std::int64_t value) : data(value) {}           // NOLINT
  Value(double value) : data(value) {}                 // NOLINT
  Value(Expression value) : data(std::move(value)) {}  // NOLINT
  Value(Address value) : data(std::move(value)) {}     // NOLINT
  Value(String value) : data(std::move(value)) {}      // NOLINT
  Value(List value);                                   // NOLINT
  Value(Object value);                                 // NOLINT
  std::variant<bool, std::int64_t, double, Expression, Address, String, List, Object> data;
};

struct Block;

/// What stands between braces, or in a file: attributes, blocks, comments and blank lines, in order.
class Body {
 public:
  void set(std::string name, Value value);
  Body& block(std::string type, std::vector<std::string> labels = {});
  void comment(std::vector<std::string> lines);
  void blank_line();
  void append(Body other);

  struct Attribute {
    std::string name;
    Value value;
  };
  struct Comment {
    std::vector<std::string> lines;
  };
  struct BlankLine {};
  using Item = std::variant<Attribute, Comment, BlankLine, std::size_t>;  // the last: index of a block

  const std::vector<Item>& items() const { return items_; }
  const Block& block_at(std::size_t index) const;

 private:
  std::vector<Item> items_;
  std::deque<Block> blocks_;  // references to bodies stay valid
};

struct Block {
  std::string type;
  std::vector<std::string> labels;
  Body body;
};

std::string print_hcl(const Body& file);

/// The text of one value, as it stands behind `name = ` on one line.
std::string print_value(const Value& value);

/// `head` is the comment under "//".
Json to_tf_json(const Body& file, const std::string& head);

}  // namespace secretwatch::emit::hcl
