#include "pattern/matcher.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "pattern/delimited_matcher.h"
#include "pattern/json_matcher.h"
#include "pattern/regex.h"

namespace secretwatch::pattern {
namespace {

/// `?` terms count only where they are alone.
class TermsMatcher {
 public:
  explicit TermsMatcher(const TermsPattern& pattern) {
    for (const Term& term : pattern.terms) {
      if (term.kind == Term::Kind::required) required_.push_back(term.text);
      if (term.kind == Term::Kind::excluded) excluded_.push_back(term.text);
      if (term.kind == Term::Kind::optional) optional_.push_back(term.text);
    }
    if (!required_.empty() || !excluded_.empty()) optional_.clear();
  }

  bool matches(std::string_view message) const {
    const auto occurs = [&](const std::string& text) { return message.find(text) != std::string_view::npos; };
    return std::all_of(required_.begin(), required_.end(), occurs) &&
           std::none_of(excluded_.begin(), excluded_.end(), occurs) &&
           (optional_.empty() || std::any_of(optional_.begin(), optional_.end(), occurs));
  }

 private:
  std::vector<std::string> required_;
  std::vector<std::string> excluded_;
  std::vector<std::string> optional_;
};

class RegexMatcher {
 public:
  explicit RegexMatcher(const RegexPattern& pattern) : regex_(compile_regex(pattern.regex)) {}
  bool matches(std::string_view message) const { return RE2::PartialMatch(message, *regex_); }

 private:
  std::unique_ptr<const RE2> regex_;
};

}  // namespace

struct Matcher::Prepared {
  std::variant<TermsMatcher, JsonMatcher, DelimitedMatcher, RegexMatcher> matcher;

  static Prepared from(const Filter& filter) {
    if (const auto* json = std::get_if<JsonPattern>(&filter.body)) return {JsonMatcher(*json)};
    if (const auto* delimited = std::get_if<DelimitedPattern>(&filter.body)) return {DelimitedMatcher(*delimited)};
    if (const auto* regex = std::get_if<RegexPattern>(&filter.body)) return {RegexMatcher(*regex)};
    return {TermsMatcher(std::get<TermsPattern>(filter.body))};
  }
};

Matcher::Matcher(const Filter& filter) : prepared_(std::make_unique<const Prepared>(Prepared::from(filter))) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

bool Matcher::matches(std::string_view message) const {
  return std::visit([&](const auto& matcher) { return matcher.matches(message); }, prepared_->matcher);
}

bool Matcher::matches(const PreparedMessage& message) const {
  if (const auto* const json = std::get_if<JsonMatcher>(&prepared_->matcher))
    return message.json() != nullptr && json->matches(*message.json());
  return matches(message.text());
}

std::vector<Place> Matcher::decisive_places(const PreparedMessage& message) const {
  std::vector<Place> places;
  if (const auto* const json = std::get_if<JsonMatcher>(&prepared_->matcher); json != nullptr && message.json())
    json->explain(*message.json(), places);
  return places;
}

std::optional<std::vector<ExtractedValue>> Matcher::extract(std::string_view message) const {
  if (const auto* delimited = std::get_if<DelimitedMatcher>(&prepared_->matcher)) return delimited->extract(message);
  if (!matches(message)) return std::nullopt;
  return std::vector<ExtractedValue>();
}

bool matches(const Filter& filter, std::string_view message) {
  return Matcher(filter).matches(message);
}

std::optional<std::vector<ExtractedValue>> extract(const Filter& filter, std::string_view message) {
  return Matcher(filter).extract(message);
}

}  // namespace secretwatch::pattern
