#include "chain/metric_math.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace secretwatch::chain {

struct MathNode {
  enum class Kind { number, name, text, list, call, unary, binary };
  Kind kind = Kind::number;
  double number = 0;
  std::string text{};  // of a name, a text, a function; of an operator its sign
  std::vector<std::shared_ptr<const MathNode>> parts{};
};

namespace {

using Node = std::shared_ptr<const MathNode>;
using Kind = MathNode::Kind;

constexpr std::size_t deepest = 100;
constexpr std::size_t longest = 4096;  // CloudWatch takes 2,048

std::string upper_case(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return upper;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Node root() {
    Node node = binary(0);
    skip_blanks();
    if (!error_ && at_ < text_.size()) fail(fmt::format("'{}' does not belong here", text_[at_]));
    return error_ ? nullptr : node;
  }
  const std::optional<TextError>& error() const { return error_; }
  std::vector<std::string> names;
  bool uses_all_metrics = false;

 private:
  Node fail(std::string message) {
    if (!error_) error_ = TextError{at_, std::move(message)};
    return nullptr;
  }
  void skip_blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  bool take(std::string_view sign) {
    skip_blanks();
    if (text_.substr(at_, sign.size()) != sign) return false;
    at_ += sign.size();
    return true;
  }
  std::string_view peek_word() {
    skip_blanks();
    std::size_t end = at_;
    while (end < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[end])) != 0 || text_[end] == '_'))
      ++end;
    return text_.substr(at_, end - at_);
  }
  static Node make(MathNode node) { return std::make_shared<const MathNode>(std::move(node)); }

  /// The operator of a level that stands here, in the spelling that evaluation knows; "" when none does.
  std::string_view take_operator(std::size_t level) {
    static const std::vector<std::vector<std::string_view>> levels = {
        {"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"+", "-"}, {"*", "/"}, {"^"}};
    const std::string word = upper_case(peek_word());
    if ((level == 0 && word == "OR") || (level == 1 && word == "AND")) {
      at_ += word.size();
      return levels[level].front();
    }
    for (const std::string_view sign : levels[level])
      if (take(sign)) return sign;
    return {};
  }

  Node binary(std::size_t level) {
    constexpr std::size_t highest = 6;
    if (level > highest) return unary();
    Node left = binary(level + 1);
    while (!error_) {
      const std::string_view sign = take_operator(level);
      if (sign.empty()) break;
      Node right = binary(level + 1);
      left = make({.kind = Kind::binary, .text = std::string(sign), .parts = {left, right}});
    }
    return left;
  }

  Node unary() {
    if (++depth_ > deepest) return fail("it is nested too deeply");
    Node node = take("-")   ? make({.kind = Kind::unary, .text = "-", .parts = {unary()}})
                : take("!") ? make({.kind = Kind::unary, .text = "!", .parts = {unary()}})
                            : primary();
    --depth_;
    return error_ ? nullptr : node;
  }

  std::vector<Node> list_until(char close) {
    std::vector<Node> items;
    if (take({&close, 1})) return items;
    do items.push_back(binary(0));
    while (!error_ && take(","));
    if (!error_ && !take({&close, 1})) fail(fmt::format("'{}' is missing", close));
    return items;
  }

  Node primary() {
    skip_blanks();
    if (at_ >= text_.size()) return fail("something is missing at the end");
    if (take("(")) {
      Node inner = binary(0);
      return error_ || take(")") ? inner : fail("')' is missing");
    }
    if (take("[")) return make({.kind = Kind::list, .parts = list_until(']')});
    if (text_[at_] == '"' || text_[at_] == '\'') return quoted();
    double number = 0;
    const char* const begin = text_.data() + at_;
    const auto [end, fault] = std::from_chars(begin, text_.data() + text_.size(), number);
    const std::string_view word = peek_word();
    if (fault == std::errc() && (word.empty() || std::isalpha(static_cast<unsigned char>(word.front())) == 0)) {
      at_ += static_cast<std::size_t>(end - begin);
      return make({.kind = Kind::number, .number = number});
    }
    if (word.empty()) return fail(fmt::format("'{}' does not belong here", text_[at_]));
    at_ += word.size();
    if (!take("(")) return name(word);
    const std::string function = upper_case(word);
    if (function == "METRICS") uses_all_metrics = true;
    return make({.kind = Kind::call, .text = function, .parts = list_until(')')});
  }

  Node name(std::string_view word) {
    // REPEAT and LINEAR are words of FILL; ids begin with a lower-case letter.
    if (std::islower(static_cast<unsigned char>(word.front())) != 0 &&
        std::find(names.begin(), names.end(), word) == names.end())
      names.emplace_back(word);
    return make({.kind = Kind::name, .text = std::string(word)});
  }

  Node quoted() {
    const char quote = text_[at_];
    const std::size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return fail("the quote is not closed");
    std::string inside(text_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    return make({.kind = Kind::text, .text = std::move(inside)});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::optional<TextError> error_;
};

// --- evaluation ---

/// What a part stands for: one number for all periods, a metric's point, several of them; or it is not decided.
struct Result {
  enum class Shape { scalar, series, list, undecided };
  Shape shape = Shape::undecided;
  MathPoint point{};
  std::vector<MathPoint> points{};

  bool is_single() const { return shape == Shape::scalar || shape == Shape::series; }
};

Result scalar(double number) {
  return {Result::Shape::scalar, number, {}};
}
Result series(MathPoint point) {
  return {Result::Shape::series, point, {}};
}

std::optional<double> combine(std::string_view sign, double a, double b) {
  if (sign == "+") return a + b;
  if (sign == "-") return a - b;
  if (sign == "*") return a * b;
  if (sign == "/") return b == 0 ? std::nullopt : std::optional(a / b);
  if (sign == "^") return std::pow(a, b);
  if (sign == "==") return a == b ? 1 : 0;
  if (sign == "!=") return a != b ? 1 : 0;
  if (sign == "<") return a < b ? 1 : 0;
  if (sign == "<=") return a <= b ? 1 : 0;
  if (sign == ">") return a > b ? 1 : 0;
  if (sign == ">=") return a >= b ? 1 : 0;
  if (sign == "&&") return a != 0 && b != 0 ? 1 : 0;
  return a != 0 || b != 0 ? 1 : 0;
}

class Evaluation {
 public:
  Evaluation(const MathPoints& points, const MathReading& reading) : points_(points), reading_(reading) {}

  Result of(const MathNode& node) const {
    switch (node.kind) {
      case Kind::number:
        return scalar(node.number);
      case Kind::name:
        return of_name(node.text);
      case Kind::text:
        return {};
      case Kind::list:
        return of_list(node);
      case Kind::call:
        return of_call(node);
      case Kind::unary:
        return of_each(of(*node.parts.front()), [&](double value) -> std::optional<double> {
          if (node.text == "-") return -value;
          return value == 0 ? 1 : 0;
        });
      case Kind::binary:
        return of_binary(node.text, of(*node.parts[0]), of(*node.parts[1]));
    }
    return {};
  }

 private:
  Result of_name(const std::string& name) const {
    const auto found =
        std::find_if(points_.begin(), points_.end(), [&](const auto& each) { return each.first == name; });
    return found == points_.end() ? Result{} : series(found->second);
  }

  Result of_list(const MathNode& node) const {
    Result list{Result::Shape::list, {}, {}};
    for (const Node& part : node.parts) {
      const Result item = of(*part);
      if (item.shape == Result::Shape::undecided) return {};
      if (item.shape == Result::Shape::list)
        list.points.insert(list.points.end(), item.points.begin(), item.points.end());
      else
        list.points.push_back(item.point);
    }
    return list;
  }

  template <class Map>
  static Result of_each(Result value, Map map) {
    const auto apply = [&](MathPoint& point) {
      if (!point) return true;
      point = map(*point);
      return point && std::isfinite(*point);
    };
    if (value.shape == Result::Shape::list)
      return std::all_of(value.points.begin(), value.points.end(), apply) ? value : Result{};
    return value.is_single() && apply(value.point) ? value : Result{};
  }

  /// A list and a single value: with each of the list. Two lists: not decided. A point needs points on both sides.
  static Result of_binary(std::string_view sign, const Result& left, const Result& right) {
    if (left.is_single() && right.is_single()) {
      const bool is_scalar = left.shape == Result::Shape::scalar && right.shape == Result::Shape::scalar;
      if (!left.point || !right.point) return series(std::nullopt);
      const std::optional<double> value = combine(sign, *left.point, *right.point);
      if (!value || !std::isfinite(*value)) return {};
      return is_scalar ? scalar(*value) : series(*value);
    }
    const bool is_left = left.shape == Result::Shape::list && right.is_single();
    const bool is_right = right.shape == Result::Shape::list && left.is_single();
    if (!is_left && !is_right) return {};
    Result list{Result::Shape::list, {}, {}};
    for (const MathPoint& point : is_left ? left.points : right.points) {
      const Result one = is_left ? of_binary(sign, series(point), right) : of_binary(sign, left, series(point));
      if (!one.is_single()) return {};
      list.points.push_back(one.point);
    }
    return list;
  }

  Result of_call(const MathNode& node) const {
    const std::string& f = node.text;
    const std::size_t count = node.parts.size();
    if (f == "METRICS") return of_metrics(node);
    if (count == 0) return {};
    if (f == "IF") return of_if(node);
    if (f == "FILL") return count == 2 ? of_fill(of(*node.parts[0]), of(*node.parts[1])) : Result{};
    const Result value = of(*node.parts.front());
    if (count != 1) return {};
    if (f == "ABS") return of_each(value, [](double v) { return std::optional(std::fabs(v)); });
    if (f == "CEIL") return of_each(value, [](double v) { return std::optional(std::ceil(v)); });
    if (f == "FLOOR") return of_each(value, [](double v) { return std::optional(std::floor(v)); });
    if (f == "LOG") return of_each(value, [](double v) { return std::optional(std::log(v)); });
    if (f == "LOG10") return of_each(value, [](double v) { return std::optional(std::log10(v)); });
    if (f == "SUM" || f == "AVG" || f == "MIN" || f == "MAX") return of_aggregate(f, value);
    return {};
  }

  /// METRICS(), METRICS("text in the id"): the metrics, not the expressions.
  Result of_metrics(const MathNode& node) const {
    Result list{Result::Shape::list, {}, {}};
    if (node.parts.size() > 1 || (node.parts.size() == 1 && node.parts.front()->kind != Kind::text)) return {};
    for (const auto& [name, point] : points_)
      if (node.parts.empty() || name.find(node.parts.front()->text) != std::string::npos) list.points.push_back(point);
    return list;
  }

  Result of_if(const MathNode& node) const {
    if (node.parts.size() < 2 || node.parts.size() > 3) return {};
    const Result condition = of(*node.parts.front());
    const Result then = of(*node.parts[1]);
    const Result otherwise = node.parts.size() == 3 ? of(*node.parts[2]) : series(std::nullopt);
    if (!condition.is_single() || !then.is_single() || !otherwise.is_single()) return {};
    if (!condition.point) return series(std::nullopt);
    return series(*condition.point != 0 ? then.point : otherwise.point);
  }

  Result of_fill(const Result& value, const Result& filling) const {
    if (!filling.is_single()) return {};  // REPEAT, LINEAR
    const auto fill = [&](const MathPoint& point) {
      return point || !reading_.fills_empty_metrics ? point : filling.point;
    };
    if (value.is_single()) return series(fill(value.point));
    if (value.shape != Result::Shape::list) return {};
    Result list = value;
    for (MathPoint& point : list.points) point = fill(point);
    return list;
  }

  /// Over a list. Of one metric it would be over time, which is not decided here.
  Result of_aggregate(const std::string& f, const Result& list) const {
    if (list.shape != Result::Shape::list) return {};
    std::vector<double> known;
    for (const MathPoint& point : list.points)
      if (point) known.push_back(*point);
    if (known.empty() || (known.size() < list.points.size() && !reading_.lists_skip_missing))
      return series(std::nullopt);
    if (f == "MIN") return series(*std::min_element(known.begin(), known.end()));
    if (f == "MAX") return series(*std::max_element(known.begin(), known.end()));
    double sum = 0;
    for (const double value : known) sum += value;
    return series(f == "SUM" ? sum : sum / static_cast<double>(known.size()));
  }

  const MathPoints& points_;
  const MathReading& reading_;
};

}  // namespace

Expected<MathExpression> MathExpression::parse(std::string_view text) {
  if (text.size() > longest) return TextError{longest, fmt::format("it is longer than {} characters", longest)};
  Parser parser(text);
  MathExpression expression;
  expression.root_ = parser.root();
  if (parser.error()) return *parser.error();
  expression.names_ = std::move(parser.names);
  expression.uses_all_metrics_ = parser.uses_all_metrics;
  return expression;
}

MathExpression::Answer MathExpression::value(const MathPoints& points, const MathReading& reading) const {
  const Result result = Evaluation(points, reading).of(*root_);
  if (!result.is_single()) return {};
  return {true, result.point};
}

}  // namespace secretwatch::chain
