/// Functions of strings.
#include <algorithm>
#include <memory>

#include <re2/re2.h>

#include "base/text.h"
#include "hcl/functions.h"
#include "hcl/unicode.h"

namespace secretwatch::hcl {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

Value tuple_of(std::vector<Value> items, const Span& at, Sequence::Kind kind = Sequence::Kind::list) {
  return limited(Value(Sequence{kind, std::move(items), nullptr}, at));
}

/// A function of one text.
template <std::string (*change)(const std::string&)>
Value changed(Arguments& call) {
  const auto text = call.text(0);
  if (!text) return call.failure();
  return Value::text(change(*text), call.at);
}

/// The same for what is done here with the letters of ASCII only.
template <std::string (*change)(const std::string&)>
Value changed_letters(Arguments& call) {
  auto text = call.text(0);
  if (!text) return call.failure();
  if (!is_ascii(*text)) return beyond(call.at, "function '{}' of letters beyond ASCII is not worked out", call.name);
  return Value::text(change(*text), call.at);
}

std::string chomp(const std::string& text) {
  return text.substr(0, text.find_last_not_of("\r\n") + 1);
}

std::string upper(const std::string& of) {
  std::string text = of;
  std::transform(text.begin(), text.end(), text.begin(), to_upper);
  return text;
}

std::string lower(const std::string& text) {
  return lower_case(text);
}

std::string title(const std::string& of) {
  std::string text = of;
  char before = ' ';
  for (char& c : text) {
    const char here = c;
    if (!is_letter_or_digit(before) && before != '_') c = to_upper(c);
    before = here;
  }
  return text;
}

std::string reversed(const std::string& text) {
  return {text.rbegin(), text.rend()};
}

std::string trim_where(const std::string& text, const std::function<bool(char32_t)>& goes) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Decoded c = decode(std::string_view(text).substr(at));
    const std::size_t next = at + std::max<std::size_t>(1, c.length);
    if (!goes(c.character)) {
      begin = std::min(begin, at);
      end = next;
    }
    at = next;
  }
  return begin < end ? text.substr(begin, end - begin) : "";
}

std::string trim_space(const std::string& text) {
  return trim_where(text, is_space);
}

Value trim(Arguments& call) {
  const auto text = call.text(0);
  const auto cut = text ? call.text(1) : std::nullopt;
  if (!cut) return call.failure();
  const auto goes = [&](char32_t c) {
    std::string character;
    append_utf8(character, c);
    return cut->find(character) != std::string::npos;
  };
  return Value::text(trim_where(*text, goes), call.at);
}

template <bool at_end>
Value trim_fixed(Arguments& call) {
  auto text = call.text(0);
  const auto cut = text ? call.text(1) : std::nullopt;
  if (!cut) return call.failure();
  if (at_end && text->ends_with(*cut)) text->resize(text->size() - cut->size());
  if (!at_end && text->starts_with(*cut)) text->erase(0, cut->size());
  return Value::text(std::move(*text), call.at);
}

/// "a/b/" -> "b", as Go's filepath.Base has it.
std::string base_name(const std::string& of) {
  std::string path = of;
  if (path.empty()) return ".";
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path == "/" ? path : path.substr(path.find_last_of('/') + 1);
}

Value starts_with(Arguments& call) {
  const auto part = call.text(1);
  if (!part) return call.failure();
  // What comes first may be known though the rest is not.
  if (const Text* text = call.values[0].text(); text != nullptr && !text->parts.empty()) {
    if (const auto* first = std::get_if<std::string>(&text->parts.front())) {
      const std::size_t length = std::min(first->size(), part->size());
      if (first->compare(0, length, *part, 0, length) != 0) return Value(false, call.at);
      if (length == part->size()) return Value(true, call.at);
    }
  }
  const auto text = call.text(0);
  if (!text) return call.failure();
  return Value(text->starts_with(*part), call.at);
}

Value ends_with(Arguments& call) {
  const auto text = call.text(0);
  const auto part = text ? call.text(1) : std::nullopt;
  if (!part) return call.failure();
  return Value(text->ends_with(*part), call.at);
}

Value contains_text(Arguments& call) {
  const auto text = call.text(0);
  const auto part = text ? call.text(1) : std::nullopt;
  if (!part) return call.failure();
  return Value(text->find(*part) != std::string::npos, call.at);
}

Value substr(Arguments& call) {
  const auto text = call.text(0);
  auto offset = text ? call.integer(1) : std::nullopt;
  const auto length = offset ? call.integer(2) : std::nullopt;
  if (!length) return call.failure();
  if (!is_ascii(*text)) return beyond(call.at, "function 'substr' of characters beyond ASCII is not worked out");
  const auto size = static_cast<std::int64_t>(text->size());
  if (*offset < 0) offset = std::max<std::int64_t>(0, size + *offset);
  if (*offset > size) return Value::text("", call.at);
  const auto from = static_cast<std::size_t>(*offset);
  return Value::text(text->substr(from, *length < 0 ? std::string::npos : static_cast<std::size_t>(*length)), call.at);
}

Value split(Arguments& call) {
  const auto separator = call.text(0);
  const auto text = separator ? call.text(1) : std::nullopt;
  if (!text) return call.failure();
  std::vector<Value> parts;
  if (separator->empty()) {
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t length = std::max<std::size_t>(1, decode(std::string_view(*text).substr(at)).length);
      parts.push_back(Value::text(text->substr(at, length), call.at));
      at += length;
    }
    return tuple_of(std::move(parts), call.at);
  }
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = text->find(*separator, begin);
    parts.push_back(Value::text(text->substr(begin, end == std::string::npos ? end : end - begin), call.at));
    if (end == std::string::npos) break;
    begin = end + separator->size();
  }
  return tuple_of(std::move(parts), call.at);
}

Value join(Arguments& call) {
  const auto separator = call.text(0);
  if (!separator) return call.failure();
  Text result;
  bool is_first = true;
  std::size_t bytes = 0;
  for (std::size_t i = 1; i < call.count(); ++i) {
    const Sequence* list = call.sequence(i);
    if (list == nullptr) return call.failure();
    for (const Value& item : list->items) {
      if (!is_first) result.append(*separator);
      is_first = false;
      bytes += separator->size();
      if (bytes > greatest_text) return beyond(call.at, "the text is too long to be worked out");
      Value text = to_text(item, call.at);
      if (text.text() != nullptr)
        result.append(*text.text());
      else if (text.reference() != nullptr)
        result.append(*text.reference());
      else if (text.has_fault())
        return text;
      else
        result.append(*text.unknown());
    }
  }
  return Value(std::move(result), call.at);
}

Value indent(Arguments& call) {
  const auto spaces = call.integer(0);
  const auto text = spaces ? call.text(1) : std::nullopt;
  if (!text) return call.failure();
  if (*spaces < 0 || *spaces > 10'000) return call.refuse("{} is no indentation", *spaces);
  const auto margin = static_cast<std::size_t>(*spaces);
  const auto lines = static_cast<std::size_t>(std::count(text->begin(), text->end(), '\n'));
  if (lines * margin > greatest_text) return beyond(call.at, "the text is too long to be worked out");
  std::string result;
  for (const char c : *text) {
    result += c;
    if (c == '\n') result.append(margin, ' ');
  }
  return Value::text(std::move(result), call.at);
}

// Regular expressions

std::unique_ptr<RE2> compile(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(8 << 20);
  return std::make_unique<RE2>(pattern, options);
}

/// Go writes the name of a group as `$name` or `${name}`, `$$` is a dollar.
std::string expanded(const std::string& with, const RE2& regex, const std::vector<re2::StringPiece>& groups) {
  std::string result;
  for (std::size_t i = 0; i < with.size(); ++i) {
    if (with[i] != '$' || i + 1 == with.size()) {
      result += with[i];
      continue;
    }
    if (with[i + 1] == '$') {
      result += with[++i];
      continue;
    }
    const bool in_braces = with[i + 1] == '{';
    std::size_t end = i + (in_braces ? 2 : 1);
    const std::size_t begin = end;
    while (end < with.size() && (is_letter_or_digit(with[end]) || with[end] == '_')) ++end;
    const std::string name = with.substr(begin, end - begin);
    const bool is_closed = !in_braces || (end < with.size() && with[end] == '}');
    if (name.empty() || !is_closed) {
      result += with[i];
      continue;
    }
    i = in_braces ? end : end - 1;
    std::size_t group = groups.size();
    if (std::all_of(name.begin(), name.end(), is_digit) && name.size() < 6)
      group = std::stoul(name);
    else if (const auto named = regex.NamedCapturingGroups().find(name); named != regex.NamedCapturingGroups().end())
      group = static_cast<std::size_t>(named->second);
    if (group < groups.size()) result.append(groups[group].data(), groups[group].size());
  }
  return result;
}

/// Calls `found` for each match from left to right; false from it ends the search.
void for_each_match(const RE2& regex, const std::string& text,
                    const std::function<bool(const std::vector<re2::StringPiece>&)>& found) {
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1);
  const re2::StringPiece all(text);
  std::size_t from = 0;
  std::size_t last_end = std::string::npos;
  while (from <= text.size() &&
         regex.Match(all, from, text.size(), RE2::UNANCHORED, groups.data(), static_cast<int>(groups.size()))) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    const std::size_t end = begin + groups[0].size();
    // As in Go: an empty match right behind a match does not count.
    const bool counts = !(groups[0].empty() && begin == last_end);
    if (counts && !found(groups)) return;
    last_end = end;
    const std::size_t step =
        end < text.size() ? std::max<std::size_t>(1, decode(std::string_view(text).substr(end)).length) : 1;
    from = groups[0].empty() ? end + step : end;
  }
}

Value match_value(const RE2& regex, const std::vector<re2::StringPiece>& groups, const Span& at) {
  const auto text_of = [&](std::size_t i) {
    return groups[i].data() == nullptr ? Value() : Value::text(std::string(groups[i].data(), groups[i].size()), at);
  };
  if (groups.size() == 1) return text_of(0);
  if (regex.NamedCapturingGroups().empty()) {
    std::vector<Value> items;
    for (std::size_t i = 1; i < groups.size(); ++i) items.push_back(text_of(i));
    return tuple_of(std::move(items), at, Sequence::Kind::tuple);
  }
  Mapping result;
  for (const auto& [name, index] : regex.NamedCapturingGroups())
    result.entries.emplace_back(name, text_of(static_cast<std::size_t>(index)));
  return Value(std::move(result), at);
}

template <bool all>
Value regex(Arguments& call) {
  const auto pattern = call.text(0);
  const auto text = pattern ? call.text(1) : std::nullopt;
  if (!text) return call.failure();
  const auto compiled = compile(*pattern);
  if (!compiled->ok()) return call.refuse("'{}' is not a regular expression: {}", shown(*pattern), compiled->error());
  std::vector<Value> matches;
  for_each_match(*compiled, *text, [&](const std::vector<re2::StringPiece>& groups) {
    matches.push_back(match_value(*compiled, groups, call.at));
    return all;
  });
  if (all) return tuple_of(std::move(matches), call.at);
  return matches.empty() ? call.refuse("the pattern '{}' matches nothing", shown(*pattern)) : matches.front();
}

Value replace(Arguments& call) {
  const auto text = call.text(0);
  const auto what = text ? call.text(1) : std::nullopt;
  const auto with = what ? call.text(2) : std::nullopt;
  if (!with) return call.failure();
  std::string result;
  std::size_t from = 0;
  const bool is_regex = what->size() > 1 && what->front() == '/' && what->back() == '/';
  const auto compiled = is_regex ? compile(what->substr(1, what->size() - 2)) : compile(RE2::QuoteMeta(*what));
  if (!compiled->ok()) return call.refuse("'{}' is not a regular expression: {}", shown(*what), compiled->error());
  for_each_match(*compiled, *text, [&](const std::vector<re2::StringPiece>& groups) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - text->data());
    result.append(*text, from, begin - from);
    result += is_regex ? expanded(*with, *compiled, groups) : *with;
    from = begin + groups[0].size();
    return result.size() <= greatest_text;
  });
  result.append(*text, from, std::string::npos);
  return Value::text(std::move(result), call.at);
}

}  // namespace

const std::vector<Function> text_functions = {
    {"basename", 1, 1, changed<base_name>},
    {"chomp", 1, 1, changed<chomp>},
    {"endswith", 2, 2, ends_with},
    {"indent", 2, 2, indent},
    {"join", 2, any_number, join},
    {"lower", 1, 1, changed_letters<lower>},
    {"regex", 2, 2, regex<false>},
    {"regexall", 2, 2, regex<true>},
    {"replace", 3, 3, replace},
    {"split", 2, 2, split},
    {"startswith", 2, 2, starts_with},
    {"strcontains", 2, 2, contains_text},
    {"strrev", 1, 1, changed_letters<reversed>},
    {"substr", 3, 3, substr},
    {"title", 1, 1, changed_letters<title>},
    {"trim", 2, 2, trim},
    {"trimprefix", 2, 2, trim_fixed<false>},
    {"trimspace", 1, 1, changed<trim_space>},
    {"trimsuffix", 2, 2, trim_fixed<true>},
    {"upper", 1, 1, changed_letters<upper>},
};

}  // namespace secretwatch::hcl
