#include "pattern/json.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/blocks.h"
#include "base/text.h"
#include "pattern/utf8.h"

namespace secretwatch::pattern {

/// Reads one message. Every function says whether what it wanted was there; after a `false` nothing more is read.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {
    constexpr std::size_t bytes_of_a_value = 24;
    json_.pool_.reserve(text.size());
    json_.nodes_.reserve(text.size() / bytes_of_a_value + 1);
  }

  std::optional<Json> read() {
    if (!is_utf8(text_) || !value({})) return std::nullopt;
    while (!open_.empty())
      if (!go_on()) return std::nullopt;
    skip_blanks();
    if (at_ != text_.size()) return std::nullopt;
    return std::move(json_);
  }

 private:
  /// The next member, element or end of the innermost open container.
  bool go_on() {
    Json::Node& container = json_.nodes_[open_.back()];
    const bool is_object = container.kind == Json::Kind::object;
    const bool is_first = json_.nodes_.size() == open_.back() + 1;
    skip_blanks();
    if (take(is_object ? '}' : ']')) {
      container.end = json_.nodes_.size();
      open_.pop_back();
      return true;
    }
    if (!is_first && !take(',')) return false;
    return is_object ? member() : value({});
  }

  bool member() {
    Json::Piece key;
    skip_blanks();
    if (!string(key)) return false;
    skip_blanks();
    return take(':') && value(key);
  }

  /// A scalar, or the beginning of a container.
  bool value(const Json::Piece& key) {
    skip_blanks();
    Json::Node node;
    node.key = key;
    node.end = json_.nodes_.size() + 1;
    const char first = peek();
    bool is_read = true;
    if (first == '{' || first == '[') {
      ++at_;
      node.kind = first == '{' ? Json::Kind::object : Json::Kind::array;
      open_.push_back(json_.nodes_.size());
    } else if (first == '"') {
      node.kind = Json::Kind::string;
      is_read = string(node.text);
    } else if (first == '-' || is_digit(first)) {
      node.kind = Json::Kind::number;
      is_read = number(node.text);
    } else {
      is_read = literal(node.kind);
    }
    json_.nodes_.push_back(node);
    return is_read;
  }

  bool literal(Json::Kind& kind) {
    constexpr std::pair<std::string_view, Json::Kind> literals[] = {
        {"null", Json::Kind::null}, {"true", Json::Kind::true_value}, {"false", Json::Kind::false_value}};
    for (const auto& [word, meaning] : literals) {
      if (text_.substr(at_, word.size()) != word) continue;
      at_ += word.size();
      kind = meaning;
      return true;
    }
    return false;
  }

  bool number(Json::Piece& out) {
    const std::size_t begin = at_;
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    out = {json_.pool_.size(), at_ - begin};
    json_.pool_ += text_.substr(begin, at_ - begin);
    return true;
  }

  bool digits() {
    const std::size_t begin = at_;
    while (is_digit(peek())) ++at_;
    return at_ > begin;
  }

  bool string(Json::Piece& out) {
    if (!take('"')) return false;
    std::string& pool = json_.pool_;
    out.begin = pool.size();
    for (;;) {
      const std::size_t begin = at_;
      at_ = end_of_json_text(text_, at_);
      pool += text_.substr(begin, at_ - begin);
      if (take('"')) break;
      if (!take('\\') || !escape(pool)) return false;
    }
    out.size = pool.size() - out.begin;
    return true;
  }

  bool escape(std::string& out) {
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    if (take('u')) return unicode_escape(out);
    const std::size_t which = at_ < text_.size() ? names.find(text_[at_]) : std::string_view::npos;
    if (which == std::string_view::npos) return false;
    ++at_;
    out += meanings[which];
    return true;
  }

  /// \uhhhh, or two of them that are a surrogate pair.
  bool unicode_escape(std::string& out) {
    const std::optional<char32_t> first = four_hex_digits();
    if (!first || is_low_surrogate(*first)) return false;
    if (!is_high_surrogate(*first)) {
      append_utf8(out, *first);
      return true;
    }
    if (!take('\\') || !take('u')) return false;
    const std::optional<char32_t> second = four_hex_digits();
    if (!second || !is_low_surrogate(*second)) return false;
    append_utf8(out, 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00));
    return true;
  }

  std::optional<char32_t> four_hex_digits() {
    constexpr std::string_view hex_digits = "0123456789abcdef";
    char32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      const std::size_t digit = hex_digits.find(to_lower(peek()));
      if (digit == std::string_view::npos) return std::nullopt;
      code = code * 16 + static_cast<char32_t>(digit);
      ++at_;
    }
    return code;
  }

  static bool is_high_surrogate(char32_t code) { return code >= 0xD800 && code < 0xDC00; }
  static bool is_low_surrogate(char32_t code) { return code >= 0xDC00 && code < 0xE000; }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Json json_;
  std::vector<Json::Id> open_;  // containers not yet closed, outermost first
};

std::optional<Json::Id> Json::member(Id value, std::string_view key) const {
  if (kind(value) != Kind::object) return std::nullopt;
  std::optional<Id> found;
  for (Id child = value + 1; child < nodes_[value].end; child = nodes_[child].end)
    if (is_named(nodes_[child], key)) found = child;
  return found;
}

std::optional<Json::Id> Json::element(Id value, std::uint64_t position) const {
  if (kind(value) != Kind::array) return std::nullopt;
  for (Id child = value + 1; child < nodes_[value].end; child = nodes_[child].end, --position)
    if (position == 0) return child;
  return std::nullopt;
}

std::vector<Json::Id> Json::children(Id value) const {
  std::vector<Id> all;
  for (Id child = value + 1; child < nodes_[value].end; child = nodes_[child].end) all.push_back(child);
  if (kind(value) != Kind::object) return all;
  std::unordered_set<std::string_view> seen;  // from the back, so that of equal keys the last one is kept
  const auto is_overridden = [&](Id child) { return !seen.insert(characters(nodes_[child].key)).second; };
  const auto kept = std::remove_if(all.rbegin(), all.rend(), is_overridden);
  all.erase(all.begin(), kept.base());
  return all;
}

std::optional<Json> read_json(std::string_view text) {
  return JsonReader(text).read();
}

}  // namespace secretwatch::pattern
