#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/parsers.h"

namespace secretwatch::pattern {
namespace {

/// Letters, digits and `_`, not beginning with a digit.
Expected<std::string> read_field_name(Cursor& cursor) {
  const std::size_t begin = cursor.offset();
  const std::string_view name = cursor.take_word();
  if (name.empty()) return cursor.error("expected the name of a field, found " + cursor.found());
  if (is_digit(name.front()))
    return TextError{begin, "name " + shown(name) + " begins with a digit", fmt::format("write '_{}'", name)};
  return std::string(name);
}

std::string hint_after_name(const Cursor& cursor) {
  if (cursor.peek() == ')' || cursor.peek() == '}') return "write ']'";
  const bool is_word = !Cursor(cursor.rest()).take_word().empty();
  return is_word ? "separate fields with ','" : "";
}

/// The fields of one pattern, one after the other.
class Fields {
 public:
  Expected<Field> read(Cursor& cursor) {
    const std::size_t begin = cursor.offset();
    Expected<Field> field = read_any(cursor);
    if (!field) return field;
    field->place = cursor.place_since(begin);
    if (field->kind == Field::Kind::unnamed) return field;
    const std::string name = field->kind == Field::Kind::ellipsis ? std::string(ellipsis) : field->name;
    if (std::find(names_.begin(), names_.end(), name) != names_.end())
      return TextError{begin, "field " + shown(name) + " is there twice"};
    names_.push_back(name);
    return field;
  }

 private:
  Expected<Field> read_any(Cursor& cursor) {
    if (cursor.take(ellipsis)) return Field{Field::Kind::ellipsis, {}, {}};
    if (is_end(cursor)) return Field{Field::Kind::unnamed, {}, {}};
    Field field;
    Cursor ahead = cursor;
    const Expected<std::string> name = read_field_name(ahead);
    ahead.skip_blanks();
    if (name && is_end(ahead)) {
      cursor = ahead;
      field.name = *name;
      return field;
    }
    Expected<Expression> condition =
        read_condition(cursor, [&](Cursor& at) { return read_comparison(at, field.name); });
    if (!condition) return condition.error();
    field.condition.push_back(std::move(*condition));
    return field;
  }

  /// `field_name` is empty at first, then what the first comparison names.
  Expected<Expression> read_comparison(Cursor& cursor, std::string& field_name) {
    const std::size_t begin = cursor.offset();
    Expected<std::string> name = read_field_name(cursor);
    if (!name) return name.error();
    if (!field_name.empty() && *name != field_name)
      return TextError{begin, shown(*name) + " is compared in the field " + shown(field_name),
                       "give each field its own place, between commas"};
    field_name = *name;
    cursor.skip_blanks();
    if (cursor.at_end() || std::string_view("=!<>:").find(cursor.peek()) == std::string_view::npos)
      return cursor.error("expected an operator, ',' or ']', found " + cursor.found(), hint_after_name(cursor));
    Expected<Relation> relation = read_relation(cursor, ")],&|", counts_);
    if (!relation) return relation.error();
    return Expression{Comparison{Selector{{Member{std::move(*name)}}}, relation->op, std::move(relation->operand),
                                 cursor.place_since(begin)}};
  }

  static bool is_end(const Cursor& cursor) { return cursor.peek() == ',' || cursor.peek() == ']'; }

  static constexpr std::string_view ellipsis = "...";
  std::vector<std::string> names_;
  Counts counts_;
};

}  // namespace

Expected<DelimitedPattern> read_delimited(Cursor& cursor) {
  cursor.take("[");
  DelimitedPattern pattern;
  cursor.skip_blanks();
  if (cursor.take("]")) return pattern;
  Fields fields;
  while (true) {
    cursor.skip_blanks();
    Expected<Field> field = fields.read(cursor);
    if (!field) return field.error();
    pattern.fields.push_back(std::move(*field));
    cursor.skip_blanks();
    if (cursor.take("]")) return pattern;
    if (!cursor.take(",")) return expected_after_condition(cursor, "]");
  }
}

}  // namespace secretwatch::pattern
