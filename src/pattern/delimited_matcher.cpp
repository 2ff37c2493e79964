#include "pattern/delimited_matcher.h"

#include <algorithm>

#include "pattern/cursor.h"

namespace secretwatch::pattern {
namespace {

/// Takes a message apart, from its beginning.
class Splitter {
 public:
  /// `most`: the number of tokens after which the rest of the line is not split any further; 0: there is none.
  Splitter(std::string_view message, std::size_t most)
      : message_(message), most_(most), last_quote_(message.rfind('"')), last_bracket_(message.rfind(']')) {}

  std::vector<std::string_view> split() {
    std::vector<std::string_view> tokens;
    for (skip_blanks(); at_ < message_.size(); skip_blanks()) {
      const std::size_t begin = at_;
      const std::string_view token = take_token();
      if (tokens.size() + 1 == most_ && !is_rest_blank()) {
        tokens.push_back(message_.substr(begin));
        break;
      }
      tokens.push_back(token);
    }
    return tokens;
  }

 private:
  std::string_view take_token() {
    const std::size_t begin = at_;
    const char closing = message_[begin] == '"' ? '"' : ']';
    const std::size_t last = closing == '"' ? last_quote_ : last_bracket_;
    const bool opens = message_[begin] == '"' || message_[begin] == '[';
    if (opens && last != std::string_view::npos && last > begin) {
      at_ = message_.find(closing, begin + 1) + 1;
      return message_.substr(begin + 1, at_ - begin - 2);
    }
    while (at_ < message_.size() && !is_blank(message_[at_])) ++at_;
    return message_.substr(begin, at_ - begin);
  }

  void skip_blanks() {
    while (at_ < message_.size() && is_blank(message_[at_])) ++at_;
  }
  bool is_rest_blank() const {
    return std::all_of(message_.begin() + static_cast<std::ptrdiff_t>(at_), message_.end(), is_blank);
  }

  std::string_view message_;
  std::size_t most_;
  std::size_t last_quote_;    // known beforehand, so that many unclosed signs
  std::size_t last_bracket_;  // do not make the search quadratic
  std::size_t at_ = 0;
};

}  // namespace

DelimitedMatcher::DelimitedMatcher(const DelimitedPattern& pattern) : is_open_(pattern.fields.empty()) {
  for (const Field& field : pattern.fields) {
    if (field.kind == Field::Kind::ellipsis)
      is_open_ = true;
    else
      (is_open_ ? last_ : first_).push_back(prepare(field));
  }
}

DelimitedMatcher::PreparedField DelimitedMatcher::prepare(const Field& field) {
  const auto comparand = [](const Expression& leaf) {
    const auto& comparison = std::get<Comparison>(leaf.body);
    return Comparand(comparison.op, comparison.operand);
  };
  PreparedField prepared;
  prepared.name = field.name;
  if (!field.condition.empty()) prepared.condition = ConditionTree<Comparand>::from(field.condition.front(), comparand);
  return prepared;
}

std::optional<std::vector<ExtractedValue>> DelimitedMatcher::extract(std::string_view message) const {
  const std::optional<std::vector<std::string_view>> tokens = bind(message);
  if (!tokens) return std::nullopt;
  std::vector<ExtractedValue> values;
  values.reserve(tokens->size());
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    const PreparedField* field = field_of(i, tokens->size());
    const bool is_named = field != nullptr && !field->name.empty();
    values.push_back({"$" + (is_named ? field->name : std::to_string(i + 1)), std::string((*tokens)[i])});
  }
  return values;
}

std::optional<std::vector<std::string_view>> DelimitedMatcher::bind(std::string_view message) const {
  std::vector<std::string_view> tokens = Splitter(message, is_open_ ? 0 : first_.size()).split();
  if (tokens.size() < first_.size() + last_.size()) return std::nullopt;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const PreparedField* field = field_of(i, tokens.size());
    if (field == nullptr || !field->condition) continue;
    const auto holds = [&](const Comparand& comparand) { return comparand.holds_for_field(tokens[i]); };
    if (!field->condition->holds(holds)) return std::nullopt;
  }
  return tokens;
}

const DelimitedMatcher::PreparedField* DelimitedMatcher::field_of(std::size_t position, std::size_t count) const {
  if (position < first_.size()) return &first_[position];
  const std::size_t first_of_last = count - last_.size();
  return position >= first_of_last ? &last_[position - first_of_last] : nullptr;
}

}  // namespace secretwatch::pattern
