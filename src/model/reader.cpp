#include "model/reader.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/suggest.h"
#include "base/text.h"
#include "doc/text_check.h"
#include "model/codes.h"
#include "model/values.h"

namespace secretwatch::model {
namespace {

bool report_unknown_tag(const doc::Node& node, Diagnostics& out) {
  if (node.tag.empty() || node.tag == "tag:yaml.org,2002:str") return false;
  if (node.kind == doc::Kind::sequence && node.tag == "tag:yaml.org,2002:seq") return false;
  if (node.kind == doc::Kind::mapping && node.tag == "tag:yaml.org,2002:map") return false;
  out.add(codes::unknown_tag, node.span, "tag '{}' has no meaning in a spec", shown(node.tag));
  return true;
}

void report_type(const doc::Node& node, std::string_view wanted, Diagnostics& out) {
  Diagnostic& diagnostic =
      out.add(codes::wrong_type, node.span, "{} stands where {} is wanted", describe(node), wanted);
  const doc::ScalarType type = doc::type_of(node);
  const bool quotable = node.kind == doc::Kind::scalar && type != doc::ScalarType::text;
  if (wanted == "text" && quotable) diagnostic.note("write \"{}\" if you mean the text", shown(node.text));
}

/// A scalar that all YAML readers agree on; null when it is none, with an error added.
const doc::Node* scalar(const doc::Node& node, std::string_view wanted, Diagnostics& out) {
  if (report_unknown_tag(node, out)) return nullptr;
  if (node.kind != doc::Kind::scalar) {
    report_type(node, wanted, out);
    return nullptr;
  }
  if (doc::type_of(node) == doc::ScalarType::ambiguous) {
    out.add(codes::ambiguous_scalar, node.span, "'{}' is text to some YAML readers and something else to others",
            shown(node.text))
        .note("write \"{}\" if you mean the text, true or false for a boolean", shown(node.text));
    return nullptr;
  }
  return &node;
}

}  // namespace

Fields::Fields(const doc::Node& node, std::string_view what, std::vector<std::string_view> known, Diagnostics& out)
    : node_(node), what_(what), out_(out) {
  if (report_unknown_tag(node, out)) return;
  if (node.kind != doc::Kind::mapping) {
    out.add(codes::wrong_type, node.span, "{} stands where {} is wanted, a mapping", describe(node), what);
    return;
  }
  for (const doc::Entry& entry : node.entries) {
    const std::string& key = entry.key.text;
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    Diagnostic& diagnostic = out.add(codes::unknown_key, entry.key.span, "unknown key '{}'", shown(key));
    const std::string meant = nearest(key, known);
    if (!meant.empty()) {
      diagnostic.note("did you mean '{}'?", meant);
    } else if (key == "<<") {
      diagnostic.note("merge keys are not understood: write the keys out");
    } else {
      std::sort(known.begin(), known.end());
      diagnostic.note("{} has the keys {}", what, fmt::join(known, ", "));
    }
  }
}

const doc::Entry* Fields::find(std::string_view key) const {
  for (const doc::Entry& entry : node_.entries)
    if (entry.key.text == key) return &entry;
  return nullptr;
}

const doc::Node* Fields::get(std::string_view key) const {
  const doc::Entry* const entry = find(key);
  return entry == nullptr ? nullptr : &entry->value;
}

const doc::Node* Fields::require(std::string_view key) const {
  const doc::Entry* const entry = find(key);
  if (entry != nullptr) return &entry->value;
  if (is_mapping()) out_.add(codes::missing_key, node_.span, "{} has no '{}'", what_, key);
  return nullptr;
}

Span Fields::key_span(std::string_view key) const {
  const doc::Entry* const entry = find(key);
  return entry == nullptr ? node_.span : entry->key.span;
}

std::string describe(const doc::Node& node) {
  switch (node.kind) {
    case doc::Kind::null:
      return "nothing";
    case doc::Kind::sequence:
      return "a list";
    case doc::Kind::mapping:
      return "a mapping";
    case doc::Kind::scalar:
      break;
  }
  const std::string text = shown(node.text);
  switch (doc::type_of(node)) {
    case doc::ScalarType::boolean:
      return fmt::format("the boolean {}", text);
    case doc::ScalarType::integer:
    case doc::ScalarType::real:
      return fmt::format("the number {}", text);
    default:
      return fmt::format("'{}'", text);
  }
}

void report_problem(const doc::Node& node, std::string_view problem, Diagnostics& out) {
  out.add(codes::bad_text, node.span, "'{}' {}", shown(node.text), problem);
}

std::optional<std::string> read_text(const doc::Node& node, Diagnostics& out) {
  const doc::Node* const found = scalar(node, "text", out);
  if (found == nullptr) return std::nullopt;
  if (doc::type_of(*found) != doc::ScalarType::text) {
    report_type(node, "text", out);
    return std::nullopt;
  }
  if (const std::optional<char32_t> control = doc::find_control_character(found->text)) {
    out.add(codes::bad_text, node.span, "the text holds control character U+{:04X}", static_cast<unsigned>(*control));
    return std::nullopt;
  }
  return found->text;
}

bool check_key_text(const doc::Node& key, Diagnostics& out) {
  return read_text(key, out).has_value();
}

std::optional<std::string> read_text(const doc::Node& node, std::string (*problem)(std::string_view),
                                     Diagnostics& out) {
  std::optional<std::string> text = read_text(node, out);
  if (!text) return std::nullopt;
  if (text->empty()) {
    out.add(codes::empty, node.span, "the text is empty");
    return std::nullopt;
  }
  if (const std::string found = problem(*text); !found.empty()) {
    report_problem(node, found, out);
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> read_free_text(const doc::Node& node, std::size_t most, Diagnostics& out) {
  std::optional<std::string> text = read_text(node, out);
  if (!text) return std::nullopt;
  if (text->empty()) {
    out.add(codes::empty, node.span, "the text is empty");
    return std::nullopt;
  }
  if (const std::size_t length = count_characters(*text); length > most) {
    out.add(codes::too_long, node.span, "the text has {} characters, more than {}", length, most);
    return std::nullopt;
  }
  return text;
}

std::optional<bool> read_boolean(const doc::Node& node, Diagnostics& out) {
  const doc::Node* const found = scalar(node, "true or false", out);
  if (found == nullptr) return std::nullopt;
  if (doc::type_of(*found) != doc::ScalarType::boolean) {
    report_type(node, "true or false", out);
    return std::nullopt;
  }
  return to_lower(found->text.front()) == 't';
}

std::optional<std::uint32_t> read_integer(const doc::Node& node, std::uint32_t least, std::uint32_t most,
                                          Diagnostics& out) {
  const doc::Node* const found = scalar(node, "a whole number", out);
  if (found == nullptr) return std::nullopt;
  if (doc::type_of(*found) != doc::ScalarType::integer) {
    report_type(node, "a whole number", out);
    return std::nullopt;
  }
  const std::string_view digits = std::string_view(found->text).substr(found->text.front() == '+' ? 1 : 0);
  if (digits.size() > 1 && digits.front() == '0') {
    out.add(codes::ambiguous_scalar, node.span, "'{}' is an octal number to some YAML readers", shown(found->text))
        .note("write it without the leading zero");
    return std::nullopt;
  }
  std::uint32_t number = 0;
  const auto [stopped, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (fault != std::errc() || stopped != digits.data() + digits.size() || number < least || number > most) {
    out.add(codes::out_of_range, node.span, "{} is not between {} and {}", shown(found->text), least, most);
    return std::nullopt;
  }
  return number;
}

std::optional<std::size_t> read_choice(const doc::Node& node, const std::vector<std::string_view>& words,
                                       Diagnostics& out) {
  const std::optional<std::string> text = read_text(node, out);
  if (!text) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), *text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  Diagnostic& diagnostic =
      out.add(codes::unknown_choice, node.span, "'{}' is none of {}", shown(*text), fmt::join(words, ", "));
  if (const std::string meant = nearest(*text, words); !meant.empty()) diagnostic.note("did you mean '{}'?", meant);
  return std::nullopt;
}

std::optional<std::uint32_t> read_days(const doc::Node& node, Diagnostics& out) {
  const std::optional<std::string> text = read_text(node, out);
  if (!text) return std::nullopt;
  const auto duration = parse_duration(*text);
  if (!duration) {
    out.add(codes::bad_duration, node.span, "'{}' {}", shown(*text), duration.error().message);
    return std::nullopt;
  }
  constexpr std::int64_t day = std::int64_t{24} * 60 * 60;
  const std::int64_t days = duration->count() / day;
  if (duration->count() % day != 0 || days < 1 || days > 36'500) {
    out.add(codes::bad_duration, node.span, "'{}' is not a number of whole days between 1 and 36500", shown(*text));
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(days);
}

const std::vector<doc::Node>* read_list(const doc::Node& node, Diagnostics& out) {
  if (report_unknown_tag(node, out)) return nullptr;
  if (node.kind != doc::Kind::sequence) {
    report_type(node, "a list", out);
    return nullptr;
  }
  if (node.items.empty()) {
    out.add(codes::empty, node.span, "the list is empty");
    return nullptr;
  }
  std::unordered_map<std::string_view, Span> seen;
  for (const doc::Node& item : node.items) {
    if (item.kind != doc::Kind::scalar) continue;
    const auto [first, is_new] = seen.emplace(item.text, item.span);
    if (is_new) continue;
    out.add(codes::repeated_item, item.span, "'{}' stands in the list twice", shown(item.text))
        .note_at(first->second, "first here");
  }
  return &node.items;
}

}  // namespace secretwatch::model
