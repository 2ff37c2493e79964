#include "chain/named_secrets.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/leaves.h"

namespace secretwatch::chain {
namespace {

std::string_view without_ends(std::string_view text, std::string_view characters) {
  const std::size_t begin = text.find_first_not_of(characters);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(characters) + 1 - begin);
}

bool is_random_suffix(std::string_view text) {
  return text.size() == 6 && std::all_of(text.begin(), text.end(), is_letter_or_digit);
}

/// The piece between two colons, when it is text without a wildcard.
void take_piece(std::string_view& rest, std::string& piece) {
  const std::size_t end = rest.rfind(':');
  const std::string_view last = end == std::string_view::npos ? rest : rest.substr(end + 1);
  if (!last.empty() && last.find('*') == std::string_view::npos) piece = std::string(last);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

bool is_secret_field(const std::string& selector) {
  return selector == "$.requestParameters.secretId" || selector.starts_with("$.requestParameters.secretIdList");
}

/// Operands that stand for secrets: what the fields for them are compared with, or the terms of a pattern of terms.
struct Named {
  std::string operand;
  pattern::Place place{};
};

std::vector<Named> named_in(const pattern::Filter& filter, const std::vector<pattern::Leaf>& leaves) {
  std::vector<Named> all;
  for (const pattern::Leaf& leaf : leaves) {
    const pattern::Comparison* const test = leaf.comparison();
    if (test == nullptr || test->op != pattern::Operator::equal || !is_secret_field(leaf.field)) continue;
    if (const auto text = pattern::text_of(test->operand)) all.push_back({*text, test->place});
  }
  if (const auto* terms = std::get_if<pattern::TermsPattern>(&filter.body))
    for (const pattern::Term& term : terms->terms) {
      const bool is_word = term.text.find("ecret") != std::string::npos && term.text.find(':') == std::string::npos;
      if (term.kind == pattern::Term::Kind::required && !is_word && !term.text.empty())
        all.push_back({term.text, term.place});
    }
  return all;
}

/// Where the pattern asks for one, the region and account that its records are of.
struct Asked {
  std::optional<std::string> region{};
  std::optional<std::string> account{};
};

Asked asked_in(const std::vector<pattern::Leaf>& leaves) {
  Asked asked;
  for (const pattern::Leaf& leaf : leaves) {
    const pattern::Comparison* const test = leaf.comparison();
    if (test == nullptr || test->op != pattern::Operator::equal) continue;
    const auto text = pattern::text_of(test->operand);
    if (!text || text->find('*') != std::string::npos) continue;
    if (leaf.field == "$.awsRegion") asked.region = *text;
    if (leaf.field == "$.recipientAccountId" || leaf.field == "$.userIdentity.accountId") asked.account = *text;
  }
  return asked;
}

void take(const Asked& asked, events::Secret& secret) {
  if (asked.region) secret.region = *asked.region;
  if (asked.account) secret.account = *asked.account;
}

/// "NAME", "*:secret:NAME" and "*:secret:NAME-*", without a wildcard in the name.
bool names_one_secret(std::string_view operand) {
  constexpr std::string_view mark = "secret:";
  const std::size_t at = operand.rfind(mark);
  std::string_view name = at == std::string_view::npos ? operand : operand.substr(at + mark.size());
  if (at != std::string_view::npos && name.ends_with("-*")) name.remove_suffix(2);
  return name.find('*') == std::string_view::npos;
}

}  // namespace

std::optional<events::Secret> secret_named_by(std::string_view operand) {
  const bool is_open_ended = operand.ends_with('*');
  std::string_view rest = without_ends(operand, "*");
  events::Secret secret;
  constexpr std::string_view mark = "secret:";
  const std::size_t at = rest.rfind(mark);
  const bool is_arn = at != std::string_view::npos && (at == 0 || rest[at - 1] == ':');
  if (is_arn) {
    std::string_view before = rest.substr(0, at == 0 ? 0 : at - 1);
    if (before.starts_with("arn:")) {
      take_piece(before, secret.account);
      take_piece(before, secret.region);
    }
    rest.remove_prefix(at + mark.size());
    const std::size_t dash = rest.rfind('-');
    if (is_open_ended && dash != std::string_view::npos && dash + 1 == rest.size()) {
      rest.remove_suffix(1);
    } else if (!is_open_ended && dash != std::string_view::npos && is_random_suffix(rest.substr(dash + 1))) {
      secret.suffix = std::string(rest.substr(dash + 1));
      rest = rest.substr(0, dash);
    }
  }
  secret.name = std::string(rest);
  std::replace(secret.name.begin(), secret.name.end(), '*', 'x');
  if (secret.name.empty()) return std::nullopt;
  return secret;
}

std::vector<NamedSecret> secrets_in(const pattern::Filter& filter, const std::vector<pattern::Leaf>& leaves) {
  const Asked asked = asked_in(leaves);
  std::vector<NamedSecret> all;
  for (Named& named : named_in(filter, leaves)) {
    std::optional<events::Secret> secret = secret_named_by(named.operand);
    if (!secret) continue;
    take(asked, *secret);
    all.push_back({std::move(*secret), std::move(named.operand), named.place});
  }
  return all;
}

std::vector<Subject> subjects_in(const FilterText& text, const std::vector<pattern::Leaf>& leaves,
                                 const std::vector<NamedSecret>& named_secrets) {
  std::vector<Subject> all;
  for (const NamedSecret& named : named_secrets) {
    Subject subject{named.secret, fmt::format("'{}'", shown(named.operand))};
    const std::string_view bare = without_ends(named.operand, "*-");
    for (const Hole& hole : text.holes) {
      if (!hole.is_open || hole.place.begin < named.place.begin || hole.place.end > named.place.end) continue;
      const std::string_view filling =
          std::string_view(text.text).substr(hole.place.begin, hole.place.end - hole.place.begin);
      subject.shown = "a secret";
      if (bare == filling) subject.open = hole.reason;
      if (bare.starts_with(filling)) subject.begins_open = true;
    }
    subject.is_one = names_one_secret(named.operand) && !subject.open && !subject.begins_open;
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const Subject& other) { return other.secret.name == named.secret.name; });
    if (same != all.end()) same->is_one = same->is_one && subject.is_one;
    if (same == all.end()) {
      all.push_back(std::move(subject));
    } else if (named.operand.find("secret:") != std::string::npos) {
      same->secret = named.secret;  // an ARN tells more than a name
    }
  }
  if (!all.empty()) return all;
  events::Secret any{.name = "example"};
  take(asked_in(leaves), any);
  return {Subject{any, "any secret", true}};
}

}  // namespace secretwatch::chain
