#include "chain/watch.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/leaves.h"

namespace secretwatch::chain {
namespace {

using events::Call;
using events::Caller;
using events::Client;
using events::Naming;
using stack::ResourceId;

/// Every pattern about reads of secrets names the service, an event or a field of it.
bool may_be_about_secrets(std::string_view text) {
  return text.find("ecret") != std::string_view::npos || text.find("BatchGet") != std::string_view::npos;
}

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

std::vector<Named> named_in(const pattern::Filter& filter) {
  std::vector<Named> all;
  for (const pattern::Leaf& leaf : leaves_of(filter)) {
    const pattern::Comparison* const test = leaf.comparison();
    if (test == nullptr || test->op != pattern::Operator::equal || !is_secret_field(print(test->selector))) continue;
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
void take_scope(const pattern::Filter& filter, events::Secret& secret) {
  for (const pattern::Leaf& leaf : leaves_of(filter)) {
    const pattern::Comparison* const test = leaf.comparison();
    if (test == nullptr || test->op != pattern::Operator::equal) continue;
    const auto text = pattern::text_of(test->operand);
    if (!text || text->find('*') != std::string::npos) continue;
    const std::string selector = print(test->selector);
    if (selector == "$.awsRegion") secret.region = *text;
    if (selector == "$.recipientAccountId" || selector == "$.userIdentity.accountId") secret.account = *text;
  }
}

/// Does the matcher select it of a secret of the same name that the pattern knows more about?
bool selects_known(const pattern::Matcher& matcher, const std::vector<events::Secret>& known,
                   const events::Secret& secret, const Call& call) {
  return std::any_of(known.begin(), known.end(), [&](const events::Secret& other) {
    return other.name == secret.name && matcher.matches(record_of(other, call));
  });
}

std::vector<events::Secret> secrets_of(const pattern::Filter& filter) {
  std::vector<events::Secret> all;
  for (const Named& named : named_in(filter)) {
    std::optional<events::Secret> secret = secret_named_by(named.operand);
    if (!secret) continue;
    take_scope(filter, *secret);
    all.push_back(std::move(*secret));
  }
  return all;
}

constexpr std::array<std::pair<Caller, Client>, 4> callers = {{{Caller::user, Client::sdk},
                                                               {Caller::role, Client::sdk},
                                                               {Caller::root, Client::console},
                                                               {Caller::role, Client::console}}};

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

Watch::Watch(const World& world, ResourceId filter) : world_(world), id_(filter) {
  const auto& body = std::get<stack::MetricFilter>(world.stack()[filter].body);
  std::optional<FilterText> text = filter_text(world, body.pattern);
  if (!text || !may_be_about_secrets(text->text)) return;
  text_ = std::move(*text);
  Expected<pattern::Filter> read = pattern::parse(text_.text);
  if (!read) return;
  pattern_ = std::move(*read);
  matcher_.emplace(*pattern_);
}

std::vector<Subject> Watch::subjects() const {
  std::vector<Subject> all;
  for (const Named& named : named_in(*pattern_)) {
    std::optional<events::Secret> secret = secret_named_by(named.operand);
    if (!secret) continue;
    take_scope(*pattern_, *secret);
    Subject subject{*secret, fmt::format("'{}'", shown(named.operand))};
    const std::string_view bare = without_ends(named.operand, "*-");
    for (const Hole& hole : text_.holes) {
      if (!hole.is_open || hole.place.begin < named.place.begin || hole.place.end > named.place.end) continue;
      const std::string_view filling =
          std::string_view(text_.text).substr(hole.place.begin, hole.place.end - hole.place.begin);
      subject.shown = "a secret";
      if (bare == filling) subject.open = hole.reason;
      if (bare.starts_with(filling)) subject.begins_open = true;
    }
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const Subject& other) { return other.secret.name == secret->name; });
    if (same == all.end()) {
      all.push_back(std::move(subject));
    } else if (named.operand.find("secret:") != std::string::npos) {
      same->secret = *secret;  // an ARN tells more than a name
    }
  }
  if (!all.empty()) return all;
  events::Secret any{.name = "example"};
  take_scope(*pattern_, any);
  return {Subject{any, "any secret", true}};
}

std::optional<Call> Watch::read_of(const events::Secret& secret) const {
  for (const std::string_view event : {"GetSecretValue", "BatchGetSecretValue"})
    for (const auto& [caller, client] : callers)
      for (const Naming naming : {Naming::name, Naming::arn, Naming::partial_arn}) {
        const Call call{event, naming, caller, client};
        if (!matcher_->matches(record_of(secret, call))) continue;
        if (!matcher_->matches(record_elsewhere(secret, call))) return call;
      }
  return std::nullopt;
}

bool Watch::selects(const events::Secret& secret, const Call& call) const {
  return matcher_->matches(record_of(secret, call)) || selects_known(*matcher_, secrets_of(*pattern_), secret, call);
}

namespace {

/// The metric filters of a world.
struct Filters {
  struct One {
    ResourceId id;
    FilterText text;
    pattern::Filter pattern;
    pattern::Matcher matcher;
  };
  std::vector<One> readable{};
  std::vector<std::pair<ResourceId, std::string>> open{};  // and why their patterns are not known

  explicit Filters(const World& world) {
    const auto& resources = world.stack().resources();
    for (std::size_t i = 0; i < resources.size(); ++i) {
      const auto id = static_cast<ResourceId>(i);
      const auto* const filter = std::get_if<stack::MetricFilter>(&resources[i].body);
      if (filter == nullptr || !world.is_there(id)) continue;
      std::optional<FilterText> text = filter_text(world, filter->pattern);
      if (!text) {
        open.emplace_back(id, fmt::format("the pattern of filter '{}' is not known", resources[i].address));
        continue;
      }
      Expected<pattern::Filter> read = pattern::parse(text->text);
      if (!read) continue;
      pattern::Matcher matcher(*read);
      readable.push_back({id, std::move(*text), std::move(*read), std::move(matcher)});
    }
  }
};

/// A log group has 100 filters at most.
constexpr std::size_t most_others = 256;

}  // namespace

Watch::Others Watch::others(const events::Secret& secret, const Call& call) const {
  const auto& filters = world_.table<Filters>();
  if (filters.readable.size() > most_others) return {false, "there are too many filters to ask them all"};
  const std::string record = record_of(secret, call);
  for (const Filters::One& other : filters.readable)
    if (other.id != id_ &&
        (other.matcher.matches(record) || selects_known(other.matcher, secrets_of(other.pattern), secret, call)))
      return {true, std::nullopt};
  for (const auto& [id, why] : filters.open)
    if (id != id_) return {false, why};
  for (const Filters::One& other : filters.readable)
    if (const Hole* const open = other.text.open(); open != nullptr && other.id != id_)
      return {false, fmt::format("another filter may select it: {}", open->reason)};
  return {};
}

}  // namespace secretwatch::chain
