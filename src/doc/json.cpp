#include <algorithm>
#include <cassert>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "base/blocks.h"
#include "base/text.h"
#include "doc/doc.h"
#include "doc/text_check.h"

namespace secretwatch::doc {
namespace {

/// As deep as YAML goes; no template and no plan comes near it.
constexpr std::size_t deepest = 400;
/// Up to here duplicate keys are looked for one by one.
constexpr std::size_t few_keys = 16;

/// Thrown at the first fault, behind which JSON has no sure footing; caught in read_json only.
struct Stop {};

void append_utf8(std::string& text, std::uint32_t character) {
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (character < 0x80) {
    add(character);
  } else if (character < 0x800) {
    add(0xC0U | character >> 6U);
    add(0x80U | (character & 0x3FU));
  } else if (character < 0x10000) {
    add(0xE0U | character >> 12U);
    add(0x80U | (character >> 6U & 0x3FU));
    add(0x80U | (character & 0x3FU));
  } else {
    add(0xF0U | character >> 18U);
    add(0x80U | (character >> 12U & 0x3FU));
    add(0x80U | (character >> 6U & 0x3FU));
    add(0x80U | (character & 0x3FU));
  }
}

/// Reads with a stack of its own, so that depth costs no call. Children wait on one common stack and move into a vector
/// of the right size when their parent closes.
class JsonReader {
 public:
  JsonReader(std::string_view text, FileId file, const Limits& limits, Diagnostics& out)
      : text_(text), file_(file), limits_(limits), out_(out) {
    if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  }

  Node run() {
    Node root;
    while (true) {
      skip_blanks();
      Node node;
      if (begin_value(node)) continue;  // a list or an object was opened
      while (true) {
        if (open_.empty()) {
          root = std::move(node);
          skip_blanks();
          if (at_ < text_.size()) fail(at_, "there is more text behind the value");
          return root;
        }
        add(std::move(node));
        skip_blanks();
        if (take(',')) {
          skip_blanks();
          if (open_.back().is_object) read_key();
          break;
        }
        node = close();
      }
    }
  }

 private:
  struct Open {
    std::size_t begin;
    std::size_t first_value;  // where its children begin on the stack
    bool is_object;
  };

  [[noreturn]] void fail(std::size_t at, std::string_view what) {
    const std::size_t begin = std::min(at, text_.size());
    const std::size_t end = std::min(begin + 1, text_.size());
    out_.add(codes::json_syntax, span(begin, end), "not JSON: {}", what);
    throw Stop{};
  }

  Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  /// Reads a whole value, or opens a list or an object that has something in it, and is then true.
  bool begin_value(Node& node) {
    if (at_ >= text_.size()) fail(at_, "the text ends where a value is expected");
    const char c = text_[at_];
    if (c == '{' || c == '[') return open(node, c == '{');
    if (c == '"') {
      read_string(node);
    } else if (c == '-' || is_digit(c)) {
      read_number(node);
    } else {
      read_word(node);
    }
    return false;
  }

  bool open(Node& node, bool is_object) {
    const std::size_t begin = at_++;
    skip_blanks();
    if (take(is_object ? '}' : ']')) {
      node.kind = is_object ? Kind::mapping : Kind::sequence;
      node.span = span(begin, at_);
      return false;
    }
    if (open_.size() >= deepest) {
      out_.add(codes::nested_too_deeply, span(begin, begin + 1), "nested too deeply");
      throw Stop{};
    }
    open_.push_back({begin, values_.size(), is_object});
    if (is_object) read_key();
    return true;
  }

  void read_key() {
    if (at_ >= text_.size() || text_[at_] != '"') fail(at_, "a key in quotes is expected");
    Node key;
    read_string(key);
    keys_.push_back(std::move(key));
    skip_blanks();
    if (!take(':')) fail(at_, "a colon is expected behind the key");
  }

  void add(Node&& node) { values_.push_back(std::move(node)); }

  Node close() {
    const Open done = open_.back();
    if (!take(done.is_object ? '}' : ']'))
      fail(at_, at_ >= text_.size()
                    ? std::string_view("the text ends inside a list or an object")
                    : std::string_view(done.is_object ? "a comma or '}' is expected" : "a comma or ']' is expected"));
    open_.pop_back();
    Node node;
    node.span = span(done.begin, at_);
    const std::size_t count = values_.size() - done.first_value;
    const auto first = values_.end() - static_cast<std::ptrdiff_t>(count);
    if (done.is_object) {
      node.kind = Kind::mapping;
      node.entries.reserve(count);
      const std::size_t first_key = keys_.size() - count;
      for (std::size_t i = 0; i < count; ++i)
        node.entries.push_back({std::move(keys_[first_key + i]), std::move(values_[done.first_value + i])});
      keys_.resize(first_key);
      report_duplicates(node);
    } else {
      node.kind = Kind::sequence;
      node.items.assign(std::make_move_iterator(first), std::make_move_iterator(values_.end()));
    }
    values_.resize(done.first_value);
    return node;
  }

  void report_duplicates(const Node& mapping) {
    if (mapping.entries.size() <= few_keys) {
      for (std::size_t i = 1; i < mapping.entries.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (mapping.entries[i].key.text == mapping.entries[j].key.text) {
            report_duplicate(mapping.entries[i].key, mapping.entries[j].key.span);
            break;
          }
      return;
    }
    std::unordered_map<std::string_view, Span> seen;
    for (const Entry& entry : mapping.entries)
      if (const auto [first, is_new] = seen.emplace(entry.key.text, entry.key.span); !is_new)
        report_duplicate(entry.key, first->second);
  }

  void report_duplicate(const Node& key, const Span& first) {
    const bool spec = limits_.dialect == Dialect::spec;
    out_.add(spec ? codes::duplicate_key : codes::repeated_key, key.span, "key '{}' is written twice", key.text)
        .note_at(first, "first written here");
  }

  void read_string(Node& node) {
    const std::size_t begin = at_++;
    node.kind = Kind::scalar;
    node.style = Style::quoted;
    while (true) {
      const std::size_t from = at_;
      while (at_ = end_of_json_text(text_, at_), at_ < text_.size() && text_[at_] == '\t') ++at_;
      node.text.append(text_.data() + from, at_ - from);
      if (at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r') fail(begin, "the string has no end");
      if (text_[at_++] == '"') break;
      read_escape(node.text);
    }
    node.span = span(begin, at_);
  }

  void read_escape(std::string& text) {
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    ++at_;
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t which = letters.find(c); c != '\0' && which != std::string_view::npos) {
      text += meanings[which];
      return;
    }
    if (c != 'u') fail(at_ - 1, "the escape is unknown");
    const std::size_t begin = at_ - 2;
    std::uint32_t character = read_hex(begin);
    if (character >= 0xD800 && character < 0xDC00) {
      if (text_.substr(at_, 2) != "\\u") fail(begin, "half of a surrogate pair stands alone");
      at_ += 2;
      const std::uint32_t low = read_hex(begin);
      if (low < 0xDC00 || low > 0xDFFF) fail(begin, "half of a surrogate pair stands alone");
      character = 0x10000 + ((character - 0xD800) << 10U) + (low - 0xDC00);
    } else if (character >= 0xDC00 && character <= 0xDFFF) {
      fail(begin, "half of a surrogate pair stands alone");
    }
    append_utf8(text, character);
  }

  std::uint32_t read_hex(std::size_t escape) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = at_ < text_.size() ? to_lower(text_[at_]) : '\0';
      if (!is_digit(c) && (c < 'a' || c > 'f')) fail(escape, "\\u is not followed by four hex digits");
      value = value << 4U | static_cast<std::uint32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
  }

  std::size_t skip_digits() {
    const std::size_t from = at_;
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    return at_ - from;
  }

  void read_number(Node& node) {
    const std::size_t begin = at_;
    take('-');
    const bool zero = at_ < text_.size() && text_[at_] == '0';
    const std::size_t digits = skip_digits();
    bool well_formed = digits > 0 && (!zero || digits == 1);
    if (take('.')) well_formed = skip_digits() > 0 && well_formed;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      well_formed = skip_digits() > 0 && well_formed;
    }
    if (!well_formed) fail(begin, "the number is not written as JSON writes it");
    set_plain(node, begin);
  }

  void read_word(Node& node) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_letter(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "null") {
      node.span = span(begin, at_);
      return;
    }
    if (word != "true" && word != "false") fail(begin, "a value is expected");
    set_plain(node, begin);
  }

  void set_plain(Node& node, std::size_t begin) {
    node.kind = Kind::scalar;
    node.text = std::string(text_.substr(begin, at_ - begin));
    node.span = span(begin, at_);
  }

  std::string_view text_;
  FileId file_;
  const Limits& limits_;
  Diagnostics& out_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::vector<Node> keys_;
  std::vector<Node> values_;
};

}  // namespace

std::optional<Node> read_json(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out) {
  const std::string_view text = sources.text(file);
  if (text.size() > limits.bytes) {
    out.add(codes::too_large, {file, 0, 0}, "the file has more than {} bytes", limits.bytes);
    return std::nullopt;
  }
  if (!check_text(text, file, out)) return std::nullopt;
  const std::size_t errors_before = out.error_count();
  try {
    Node root = JsonReader(text, file, limits, out).run();
    if (out.error_count() > errors_before) return std::nullopt;
    return root;
  } catch (const Stop&) {
    return std::nullopt;
  }
}

std::optional<Node> read(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out) {
  const std::string_view text = sources.text(file);
  const std::size_t skipped = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  const std::size_t first = text.find_first_not_of(" \t\r\n", skipped);
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '['))
    return read_yaml(sources, file, limits, out);
  Diagnostics as_json;
  std::optional<Node> root = read_json(sources, file, limits, as_json);
  if (!root) {
    // YAML in flow style, perhaps; what neither reads is called broken JSON, which it most likely is.
    Diagnostics as_yaml;
    root = read_yaml(sources, file, limits, as_yaml);
    if (root) as_json = std::move(as_yaml);
  }
  for (const Diagnostic& found : as_json.all())
    out.add(found.code, found.span, "{}", found.message).notes = found.notes;
  return root;
}

}  // namespace secretwatch::doc
