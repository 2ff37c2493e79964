#include "reference/pattern/slow_matcher.h"

#include <algorithm>
#include <cctype>

namespace secretwatch::reference {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string write(const Path& path) {
  std::string out = path.empty() ? "f" : "$";
  for (const Step& step : path) {
    if (step.kind == Step::Kind::member) out += "." + step.name;
    if (step.kind == Step::Kind::quoted_member) out += ".['" + step.name + "']";
    if (step.kind == Step::Kind::index) out += "[" + std::to_string(step.index) + "]";
    if (step.kind == Step::Kind::any_in_brackets) out += "[*]";
    if (step.kind == Step::Kind::any_after_dot) out += ".*";
  }
  return out;
}

std::string write(const Operand& operand) {
  if (operand.kind == Operand::Kind::quoted) return "\"" + escaped(operand.text) + "\"";
  if (operand.kind == Operand::Kind::regex) return "%" + operand.text + "%";
  return operand.text;
}

bool is_keyword(const std::string& op) {
  return op[0] == 'I' || op[0] == 'N';
}

std::string write_test(const Test& test, const Choose& choose, const std::string& subject) {
  const std::string blank = choose(2) == 0 ? " " : "";
  const std::string path = subject.empty() ? write(test.path) : subject;
  if (!is_keyword(test.op)) return path + blank + test.op + (choose(2) == 0 ? " " : "") + write(test.operand);
  std::string keywords = test.op;
  if (choose(4) == 1)
    std::transform(keywords.begin(), keywords.end(), keywords.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return path + " " + keywords;
}

std::string write(const Condition& condition, const Choose& choose, const std::string& subject) {
  if (condition.kind == Condition::Kind::test) return write_test(condition.test, choose, subject);
  const std::string sign = condition.kind == Condition::Kind::all ? "&&" : "||";
  std::string out;
  for (const Condition& term : condition.terms) {
    const bool needs_parentheses = condition.kind == Condition::Kind::all && term.kind == Condition::Kind::any;
    const bool has_parentheses = needs_parentheses || choose(4) == 1;
    const std::string text = write(term, choose, subject);
    if (!out.empty()) out += (choose(3) == 1 ? "" : " ") + sign + (choose(3) == 1 ? "" : " ");
    out += has_parentheses ? "(" + text + ")" : text;
  }
  return out;
}

void reach(const Value& from, const Path& path, std::size_t step_number, std::vector<const Value*>& reached) {
  if (step_number == path.size()) {
    reached.push_back(&from);
    return;
  }
  const Step& step = path[step_number];
  const bool is_name = step.kind == Step::Kind::member || step.kind == Step::Kind::quoted_member;
  const bool is_any = !is_name && step.kind != Step::Kind::index;
  if (from.kind == Value::Kind::object)
    for (const auto& [name, member] : from.members)
      if (is_any || (is_name && name == step.name)) reach(member, path, step_number + 1, reached);
  if (from.kind == Value::Kind::array)
    for (std::size_t i = 0; i < from.elements.size(); ++i)
      if (is_any || (!is_name && i == step.index)) reach(from.elements[i], path, step_number + 1, reached);
}

std::vector<const Value*> reach(const Value& event, const Path& path) {
  std::vector<const Value*> reached;
  reach(event, path, 0, reached);
  return reached;
}

/// The path up to its wildcard; nothing if it has none.
std::optional<Path> up_to_wildcard(const Path& path) {
  for (std::size_t i = 0; i < path.size(); ++i)
    if (path[i].kind == Step::Kind::any_in_brackets || path[i].kind == Step::Kind::any_after_dot)
      return Path(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i));
  return std::nullopt;
}

bool is_order(const std::string& op, int order) {
  if (op == "=") return order == 0;
  if (op == "!=") return order != 0;
  if (op == "<") return order < 0;
  if (op == ">") return order > 0;
  if (op == "<=") return order <= 0;
  return order >= 0;
}

/// How many characters of a regular expression stand for one character of the text: `x`, `.` or `[a-c]`.
std::size_t atom_length(const std::string& regex) {
  return regex[0] == '[' ? regex.find(']') + 1 : 1;
}

bool atom_fits(const std::string& atom, char c) {
  if (atom == ".") return c != '\n';
  if (atom[0] != '[') return c == atom[0];
  return c >= atom[1] && c <= atom[3];
}

/// Does the regular expression fit at the beginning of the text? Knows `x . [a-c] x* x+ $`, enough for these tests.
bool fits_here(const std::string& regex, const std::string& text) {
  if (regex.empty()) return true;
  if (regex == "$") return text.empty();
  const std::size_t length = atom_length(regex);
  const std::string atom = regex.substr(0, length);
  const char quantifier = length < regex.size() ? regex[length] : ' ';
  const bool fits_one = !text.empty() && atom_fits(atom, text[0]);
  if (quantifier == '*')
    return fits_here(regex.substr(length + 1), text) || (fits_one && fits_here(regex, text.substr(1)));
  if (quantifier == '+') return fits_one && fits_here(atom + "*" + regex.substr(length + 1), text.substr(1));
  return fits_one && fits_here(regex.substr(length), text.substr(1));
}

bool found(const std::string& regex, const std::string& text) {
  const std::size_t bar = regex.find('|');
  if (bar != std::string::npos) return found(regex.substr(0, bar), text) || found(regex.substr(bar + 1), text);
  if (regex[0] == '^') return fits_here(regex.substr(1), text);
  for (std::size_t begin = 0; begin <= text.size(); ++begin)
    if (fits_here(regex, text.substr(begin))) return true;
  return false;
}

/// `=` or `!=` with a text, a wildcard or a regular expression.
bool text_holds(const std::string& text, const std::string& op, const Operand& operand) {
  const bool is_equal = operand.kind == Operand::Kind::regex ? found(operand.text, text) : fits(operand.text, text);
  return op == "=" ? is_equal : !is_equal;
}

bool value_holds(const Value& value, const std::string& op, const Operand& operand) {
  if (value.kind == Value::Kind::text) {
    if (operand.kind != Operand::Kind::number) return text_holds(value.text, op, operand);
    if (op == "=") return value.text == operand.text;
    if (op == "!=") return value.text != operand.text;
    return false;
  }
  if (value.kind == Value::Kind::number) {
    if (operand.kind != Operand::Kind::number) return text_holds(java_text(value.text), op, operand);
    const std::string spelling = value_spelling(value.text);
    return !spelling.empty() && is_order(op, compare_numbers(spelling, operand.text));
  }
  return false;
}

bool is_null(const Value& value) {
  return value.kind == Value::Kind::null;
}

bool test_holds(const Test& test, const Value& event) {
  const std::vector<const Value*> reached = reach(event, test.path);
  const std::optional<Path> opened = up_to_wildcard(test.path);
  if (test.op == "NOT EXISTS") return reached.empty();
  if (test.op == "!=" && opened) {
    if (reach(event, *opened).empty()) return false;
    for (const Value* value : reached)
      if (value_holds(*value, "=", test.operand)) return false;
    return true;
  }
  for (const Value* value : reached) {
    if (test.op == "IS NULL") {
      if (is_null(*value)) return true;
      if (!opened && std::any_of(value->elements.begin(), value->elements.end(), is_null)) return true;
    } else if (test.op == "IS TRUE" || test.op == "IS FALSE") {
      if (value->kind == Value::Kind::boolean && value->truth == (test.op == "IS TRUE")) return true;
    } else if (value_holds(*value, test.op, test.operand)) {
      return true;
    }
  }
  return false;
}

/// Removes the digits at the beginning; were there any?
bool drop_digits(std::string& text) {
  const std::size_t before = text.size();
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') text.erase(0, 1);
  return text.size() < before;
}

/// Removes one of the characters at the beginning; was there one?
bool drop_one_of(const std::string& characters, std::string& text) {
  if (text.empty() || characters.find(text[0]) == std::string::npos) return false;
  text.erase(0, 1);
  return true;
}

bool is_number(std::string text) {
  drop_one_of("+-", text);
  if (!drop_digits(text)) return false;
  if (drop_one_of(".", text) && !drop_digits(text)) return false;
  if (!drop_one_of("eE", text)) return text.empty();
  drop_one_of("+-", text);
  return drop_digits(text) && text.empty();
}

bool field_test_holds(const Test& test, const std::string& token) {
  if (test.operand.kind != Operand::Kind::number) return text_holds(token, test.op, test.operand);
  if (!is_number(token)) return test.op == "!=";
  return is_order(test.op, compare_numbers(token, test.operand.text));
}

template <class Holds>
bool condition_holds(const Condition& condition, const Holds& test) {
  if (condition.kind == Condition::Kind::test) return test(condition.test);
  bool all = true;
  bool any = false;
  for (const Condition& term : condition.terms) {
    const bool holds = condition_holds(term, test);
    all = all && holds;
    any = any || holds;
  }
  return condition.kind == Condition::Kind::all ? all : any;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// Reads the token at the beginning of `rest` (which is no blank) and removes it, with the blanks after it.
std::string take_token(std::string& rest) {
  std::string token;
  std::size_t end = std::string::npos;
  if (rest[0] == '"') end = rest.find('"', 1);
  if (rest[0] == '[') end = rest.find(']', 1);
  if (end != std::string::npos) {
    token = rest.substr(1, end - 1);
    rest.erase(0, end + 1);
  } else {
    while (!rest.empty() && !is_blank(rest[0])) {
      token += rest[0];
      rest.erase(0, 1);
    }
  }
  return token;
}

void drop_blanks(std::string& rest) {
  while (!rest.empty() && is_blank(rest[0])) rest.erase(0, 1);
}

/// `last`: the number of the token that takes all the rest, counted from 1; 0: none does.
std::vector<std::string> tokens_of(std::string rest, std::size_t last) {
  std::vector<std::string> tokens;
  drop_blanks(rest);
  while (!rest.empty()) {
    const std::string before = rest;
    std::string token = take_token(rest);
    drop_blanks(rest);
    if (tokens.size() + 1 == last && !rest.empty()) {
      token = before;
      rest.clear();
    }
    tokens.push_back(token);
  }
  return tokens;
}

}  // namespace

std::string write(const Condition& condition, const Choose& choose) {
  const std::string blank = choose(3) == 1 ? "" : " ";
  return "{" + blank + write(condition, choose, "") + blank + "}";
}

bool holds(const Condition& condition, const Value& event) {
  return event.kind == Value::Kind::object &&
         condition_holds(condition, [&](const Test& test) { return test_holds(test, event); });
}

std::string write(const std::vector<Term>& terms) {
  std::string out;
  for (const Term& term : terms) {
    if (!out.empty()) out += ' ';
    if (term.sign != '+') out += term.sign;
    out += term.quoted ? "\"" + escaped(term.text) + "\"" : term.text;
  }
  return out;
}

bool holds(const std::vector<Term>& terms, const std::string& message) {
  bool has_other_than_optional = false;
  bool some_optional_occurs = false;
  for (const Term& term : terms) {
    const bool occurs =
        std::search(message.begin(), message.end(), term.text.begin(), term.text.end()) != message.end() ||
        term.text.empty();
    if (term.sign == '+' && !occurs) return false;
    if (term.sign == '-' && occurs) return false;
    if (term.sign == '?')
      some_optional_occurs = some_optional_occurs || occurs;
    else
      has_other_than_optional = true;
  }
  return terms.empty() || has_other_than_optional || some_optional_occurs;
}

std::string write(const std::vector<Field>& fields) {
  std::string out;
  for (const Field& field : fields) {
    if (&field != fields.data()) out += ',';
    if (field.kind == Field::Kind::ellipsis) out += "...";
    if (field.kind == Field::Kind::named)
      out += field.condition ? write(*field.condition, plainly, field.name) : field.name;
  }
  return "[" + out + "]";
}

std::optional<std::map<std::string, std::string>> extract(const std::vector<Field>& fields,
                                                          const std::string& message) {
  const auto ellipsis = std::find_if(fields.begin(), fields.end(),
                                     [](const Field& field) { return field.kind == Field::Kind::ellipsis; });
  const bool is_open = fields.empty() || ellipsis != fields.end();
  const std::vector<std::string> tokens = tokens_of(message, is_open ? 0 : fields.size());
  const auto before = static_cast<std::size_t>(ellipsis - fields.begin());
  const std::size_t after = ellipsis == fields.end() ? 0 : fields.size() - before - 1;
  if (tokens.size() < before + after) return std::nullopt;
  std::map<std::string, std::string> values;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Field* field = nullptr;
    if (i < before) field = &fields[i];
    if (i >= tokens.size() - after) field = &fields[fields.size() - (tokens.size() - i)];
    const bool is_named = field != nullptr && field->kind == Field::Kind::named;
    values["$" + (is_named ? field->name : std::to_string(i + 1))] = tokens[i];
    if (is_named && field->condition &&
        !condition_holds(*field->condition, [&](const Test& test) { return field_test_holds(test, tokens[i]); }))
      return std::nullopt;
  }
  return values;
}

bool fits(const std::string& wildcard, const std::string& text) {
  const std::size_t star = wildcard.find('*');
  if (star == std::string::npos) return wildcard == text;
  if (text.compare(0, star, wildcard, 0, star) != 0) return false;
  std::string rest_of_text = text.substr(star);
  std::string rest = wildcard.substr(star + 1);
  while (true) {
    const std::size_t next_star = rest.find('*');
    const std::string piece = rest.substr(0, next_star);
    std::size_t place = 0;
    while (place + piece.size() <= rest_of_text.size() && rest_of_text.substr(place, piece.size()) != piece) ++place;
    if (place + piece.size() > rest_of_text.size()) return false;
    if (next_star == std::string::npos) return piece.empty() || place + piece.size() == rest_of_text.size();
    rest_of_text.erase(0, place + piece.size());
    rest.erase(0, next_star + 1);
  }
}

}  // namespace secretwatch::reference
