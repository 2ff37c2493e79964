#include "emit/yaml_writer.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/source.h"
#include "base/text.h"

namespace secretwatch::emit {
namespace {

constexpr std::size_t width = 118;

/// Would every YAML reader take the unquoted text for exactly this text? Said only of what is certain.
bool is_plain(std::string_view text) {
  if (text.empty() || !(is_letter(text.front()) || text.front() == '/')) return false;
  const auto is_harmless = [](char c) {
    return is_letter_or_digit(c) || std::string_view("_-./+=@:*()$ ").find(c) != std::string_view::npos;
  };
  if (!std::all_of(text.begin(), text.end(), is_harmless)) return false;
  if (text.back() == ' ' || text.back() == ':' || text.find(": ") != std::string_view::npos) return false;
  static constexpr std::string_view not_text[] = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
  return std::find(std::begin(not_text), std::end(not_text), lower_case(text)) == std::end(not_text);
}

std::string single_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

std::string double_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\r':
        quoted += "\\r";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        quoted += c;
    }
  }
  return quoted + "\"";
}

/// U+0085, U+2028 and U+2029 are line breaks to YAML 1.1 readers, U+FEFF is a mark; all need an escape, as controls do.
bool has_line_break(std::string_view text) {
  if (text.find_first_of("\n\r\t") != std::string_view::npos) return true;
  for (const std::string_view mark : {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF"})
    if (text.find(mark) != std::string_view::npos) return true;
  return false;
}

std::string escape_unusual_breaks(std::string text) {
  static constexpr std::pair<std::string_view, std::string_view> escapes[] = {
      {"\xC2\x85", "\\u0085"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}, {"\xEF\xBB\xBF", "\\uFEFF"}};
  for (const auto& [raw, escape] : escapes) {
    for (std::size_t at = text.find(raw); at != std::string::npos; at = text.find(raw, at + escape.size()))
      text.replace(at, raw.size(), escape);
  }
  return text;
}

/// Where a folded text may break: at a single blank, of a filter pattern only before an operator.
std::vector<std::string_view> break_into_words(std::string_view text) {
  const bool is_pattern = text.starts_with("{ $");
  std::vector<std::string_view> words;
  std::size_t begin = 0;
  for (std::size_t at = text.find(' '); at != std::string_view::npos; at = text.find(' ', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    const bool single = at > 0 && text[at - 1] != ' ' && !rest.empty() && rest.front() != ' ';
    const bool operator_follows = rest.starts_with("&& ") || rest.starts_with("|| ");
    if (!single || (is_pattern && !operator_follows)) continue;
    words.push_back(text.substr(begin, at - begin));
    begin = at + 1;
  }
  words.push_back(text.substr(begin));
  return words;
}

class YamlPrinter {
 public:
  explicit YamlPrinter(const Comments& comments) : comments_(comments) {}

  std::string print(const Json& document, const std::vector<std::string>& head) {
    for (const std::string& line : head) comment(0, line);
    bool first = true;
    for (const auto& [key, value] : document.items()) {
      if (!first) out_ += '\n';
      first = false;
      entry(key, value, 0, "/" + key);
    }
    return std::move(out_);
  }

 private:
  void comment(std::size_t indentation, std::string_view line) {
    out_ += std::string(indentation, ' ') + (line.empty() ? "#" : "# ") + std::string(line) + "\n";
  }

  void entry(const std::string& key, const Json& value, std::size_t indentation, const std::string& path) {
    if (const auto found = comments_.find(path); found != comments_.end())
      for (const std::string& line : found->second) comment(indentation, line);
    out_ += std::string(indentation, ' ') + (is_plain(key) ? key : single_quoted(key)) + ":";
    after_colon(value, indentation + 2, path);
  }

  /// What stands behind `key:` or `-`, from the blank to the line break. `indentation` is that of nested lines.
  void after_colon(const Json& value, std::size_t indentation, const std::string& path) {
    if (value.is_object() && value.size() == 1 && intrinsic(value, indentation, path)) return;
    if (value.is_object() && !value.empty()) {
      out_ += '\n';
      mapping(value, indentation, path);
    } else if (value.is_array() && !value.empty()) {
      out_ += '\n';
      sequence(value, indentation, path);
    } else {
      out_ += ' ';
      scalar(value, indentation);
    }
  }

  bool intrinsic(const Json& value, std::size_t indentation, const std::string& path) {
    const std::string& function = value.begin().key();
    const Json& argument = value.begin().value();
    if (function == "Ref") {
      // Quoted where it could be taken for null or a boolean: some readers decide that before they see the tag.
      const std::string& name = argument.get_ref<const std::string&>();
      out_ += " !Ref " + (is_plain(name) ? name : single_quoted(name)) + "\n";
    } else if (function == "Fn::GetAtt") {
      out_ += " !GetAtt " + argument[0].get<std::string>() + "." + argument[1].get<std::string>() + "\n";
    } else if (function == "Fn::Sub") {
      out_ += " !Sub ";
      scalar(argument, indentation);
    } else if (function == "Fn::Join") {
      out_ += " !Join\n";
      sequence(argument, indentation, path);
    } else {
      return false;
    }
    return true;
  }

  void mapping(const Json& value, std::size_t indentation, const std::string& path) {
    const bool spaced = path == "/Resources";
    bool first = true;
    for (const auto& [key, child] : value.items()) {
      if (spaced && !first) out_ += '\n';
      first = false;
      entry(key, child, indentation, path + "/" + key);
    }
  }

  void sequence(const Json& value, std::size_t indentation, const std::string& path) {
    for (const Json& item : value) {
      const std::string dash = std::string(indentation, ' ') + "-";
      const bool is_mapping = item.is_object() && !item.empty() && !is_intrinsic(item);
      const bool is_sequence = item.is_array() && !item.empty();
      out_ += dash;
      if (!is_mapping && !is_sequence) {
        after_colon(item, indentation + 2, path);
        continue;
      }
      // The first line of the nested block stands behind the dash.
      const std::size_t begin = out_.size();
      if (is_mapping) {
        mapping(item, indentation + 2, path);
      } else {
        sequence(item, indentation + 2, path);
      }
      out_.replace(begin, indentation + 2, " ");
    }
  }

  static bool is_intrinsic(const Json& value) {
    if (value.size() != 1) return false;
    const std::string& key = value.begin().key();
    return key == "Ref" || key == "Fn::GetAtt" || key == "Fn::Sub" || key == "Fn::Join";
  }

  void scalar(const Json& value, std::size_t indentation) {
    if (!value.is_string()) {
      out_ += value.dump() + "\n";  // numbers, booleans, {} and []
      return;
    }
    const std::string& text = value.get_ref<const std::string&>();
    const bool fits = indentation + count_characters(text) <= width;
    if (!fits && can_fold(text)) {
      folded(text, indentation);
    } else if (has_line_break(text)) {
      out_ += escape_unusual_breaks(double_quoted(text)) + "\n";
    } else {
      out_ += (is_plain(text) ? text : single_quoted(text)) + "\n";
    }
  }

  static bool can_fold(std::string_view text) {
    return !has_line_break(text) && text.front() != ' ' && text.back() != ' ' && break_into_words(text).size() > 1;
  }

  void folded(std::string_view text, std::size_t indentation) {
    out_ += ">-\n";
    std::string line;
    const auto flush = [&] {
      if (!line.empty()) out_ += std::string(indentation, ' ') + line + "\n";
      line.clear();
    };
    for (const std::string_view word : break_into_words(text)) {
      if (!line.empty() && indentation + count_characters(line) + 1 + count_characters(word) > width) flush();
      if (!line.empty()) line += ' ';
      line += word;
    }
    flush();
  }

  const Comments& comments_;
  std::string out_;
};

}  // namespace

std::string print_yaml(const Json& document, const std::vector<std::string>& head, const Comments& comments) {
  return YamlPrinter(comments).print(document, head);
}

}  // namespace secretwatch::emit
