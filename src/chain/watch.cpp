#include "chain/watch.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "base/text.h"
#include "pattern/index.h"
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

/// Records of calls, each written once: filters ask for the same ones.
class Records {
 public:
  explicit Records(const World&) {}

  const std::string& of(const events::Secret& secret, const Call& call) const {
    const auto [known, is_new] = written_.try_emplace(key(secret, call));
    if (is_new) known->second = record_of(secret, call);
    return known->second;
  }
  const std::string& elsewhere(const events::Secret& secret, const Call& call) const {
    const auto [known, is_new] = elsewhere_.try_emplace(key(secret, call));
    if (is_new) known->second = record_elsewhere(secret, call);
    return known->second;
  }

 private:
  using Key = std::vector<std::string>;
  static Key key(const events::Secret& secret, const Call& call) {
    return {
        secret.name,
        secret.suffix,
        secret.region,
        secret.account,
        secret.partition,
        secret.replica_region,
        fmt::format("{} {} {} {} {} {} {}", call.event, static_cast<int>(call.naming), static_cast<int>(call.caller),
                    static_cast<int>(call.client), call.is_refused, call.is_by_filter, call.is_in_replica)};
  }
  mutable std::map<Key, std::string> written_;
  mutable std::map<Key, std::string> elsewhere_;
};

/// Does the matcher select it of a secret of the same name that the pattern knows more about?
bool selects_known(const Records& records, const pattern::Matcher& matcher, const std::vector<events::Secret>& known,
                   const events::Secret& secret, const Call& call) {
  return std::any_of(known.begin(), known.end(), [&](const events::Secret& other) {
    return other.name == secret.name && matcher.matches(records.of(other, call));
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

/// Of the filters whose pattern rests on no condition.
struct Watch::Known {
  explicit Known(const World&) {}
  mutable std::map<ResourceId, std::shared_ptr<const Facts>> of{};
};

Watch::Watch(const World& world, ResourceId filter) : world_(world), id_(filter) {
  const auto& known = world.table<Known>().of;
  if (const auto found = known.find(filter); found != known.end()) {
    facts_ = found->second;
    return;
  }
  const std::size_t asked = world.asked();
  facts_ = std::make_shared<const Facts>(facts_of(world, filter));
  if (world.asked() == asked) world.table<Known>().of.emplace(filter, facts_);
}

Watch::Facts Watch::facts_of(const World& world, ResourceId filter) {
  Facts facts;
  const auto& body = std::get<stack::MetricFilter>(world.stack()[filter].body);
  std::optional<FilterText> text = filter_text(world, body.pattern);
  if (!text || !may_be_about_secrets(text->text)) return facts;
  facts.text = std::move(*text);
  Expected<pattern::Filter> read = pattern::parse(facts.text.text);
  if (!read) return facts;
  facts.pattern = std::move(*read);
  facts.matcher.emplace(*facts.pattern);
  facts.subjects = subjects_in(facts);
  return facts;
}

namespace {

/// "NAME", "*:secret:NAME" and "*:secret:NAME-*", without a wildcard in the name.
bool names_one_secret(std::string_view operand) {
  constexpr std::string_view mark = "secret:";
  const std::size_t at = operand.rfind(mark);
  std::string_view name = at == std::string_view::npos ? operand : operand.substr(at + mark.size());
  if (at != std::string_view::npos && name.ends_with("-*")) name.remove_suffix(2);
  return name.find('*') == std::string_view::npos;
}

}  // namespace

std::vector<Subject> Watch::subjects_in(const Facts& facts) {
  std::vector<Subject> all;
  for (const Named& named : named_in(*facts.pattern)) {
    std::optional<events::Secret> secret = secret_named_by(named.operand);
    if (!secret) continue;
    take_scope(*facts.pattern, *secret);
    Subject subject{*secret, fmt::format("'{}'", shown(named.operand))};
    const std::string_view bare = without_ends(named.operand, "*-");
    for (const Hole& hole : facts.text.holes) {
      if (!hole.is_open || hole.place.begin < named.place.begin || hole.place.end > named.place.end) continue;
      const std::string_view filling =
          std::string_view(facts.text.text).substr(hole.place.begin, hole.place.end - hole.place.begin);
      subject.shown = "a secret";
      if (bare == filling) subject.open = hole.reason;
      if (bare.starts_with(filling)) subject.begins_open = true;
    }
    subject.is_one = names_one_secret(named.operand) && !subject.open && !subject.begins_open;
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const Subject& other) { return other.secret.name == secret->name; });
    if (same != all.end()) same->is_one = same->is_one && subject.is_one;
    if (same == all.end()) {
      all.push_back(std::move(subject));
    } else if (named.operand.find("secret:") != std::string::npos) {
      same->secret = *secret;  // an ARN tells more than a name
    }
  }
  if (!all.empty()) return all;
  events::Secret any{.name = "example"};
  take_scope(*facts.pattern, any);
  return {Subject{any, "any secret", true}};
}

std::optional<Call> Watch::read_of(const events::Secret& secret) const {
  std::vector<std::string> key{secret.name,    secret.suffix,    secret.region,
                               secret.account, secret.partition, secret.replica_region};
  const auto [read, is_new] = facts_->reads.try_emplace(std::move(key));
  if (is_new) read->second = find_read(world_, *facts_, secret);
  return read->second;
}

std::optional<Call> Watch::find_read(const World& world, const Facts& facts, const events::Secret& secret) {
  const auto& records = world.table<Records>();
  for (const std::string_view event : {"GetSecretValue", "BatchGetSecretValue"})
    for (const auto& [caller, client] : callers)
      for (const Naming naming : {Naming::name, Naming::arn, Naming::partial_arn}) {
        const Call call{event, naming, caller, client};
        if (!facts.matcher->matches(records.of(secret, call))) continue;
        if (!facts.matcher->matches(records.elsewhere(secret, call))) return call;
      }
  return std::nullopt;
}

bool Watch::selects(const events::Secret& secret, const Call& call) const {
  const auto& records = world_.table<Records>();
  return facts_->matcher->matches(records.of(secret, call)) ||
         selects_known(records, *facts_->matcher, secrets_of(*facts_->pattern), secret, call);
}

namespace {

/// Metric filters, whether they are there or not, held against a record in one pass.
class FilterSet {
 public:
  using Takes = std::function<bool(ResourceId)>;

  /// Those whose pattern is, or is not, chosen by a condition.
  FilterSet(const World& world, bool is_chosen) {
    const auto& resources = world.stack().resources();
    for (std::size_t i = 0; i < resources.size(); ++i)
      if (const auto* const filter = std::get_if<stack::MetricFilter>(&resources[i].body))
        if ((filter->pattern.choice() != nullptr) == is_chosen) add(world, static_cast<ResourceId>(i), *filter);
    std::vector<pattern::Filter> patterns;
    for (const Readable& each : readable_) patterns.push_back(each.pattern);
    index_ = std::make_unique<pattern::FilterIndex>(patterns);
    judge_ = std::make_unique<pattern::FilterIndex::Judge>(*index_);
  }

  /// Does one that is taken select the call of the secret, or of what its pattern says of one of that name?
  bool select(const Records& records, const events::Secret& secret, const Call& call, const Takes& takes) const {
    for (const pattern::FilterIndex::FilterId found : judge_->select(records.of(secret, call)))
      if (takes(readable_[found].id)) return true;
    const auto [begin, end] = known_.equal_range(secret.name);
    return std::any_of(begin, end, [&](const auto& known) {
      const Readable& filter = readable_[known.second.filter];
      return filter.matcher.matches(records.of(known.second.secret, call)) && takes(filter.id);
    });
  }

  /// Why it is not known what one that is taken selects; nothing: of all it is.
  std::optional<std::string> why_open(const World& world, const Takes& takes) const {
    for (const ResourceId id : unknown_)
      if (takes(id)) return fmt::format("the pattern of filter '{}' is not known", world.stack()[id].address);
    for (const std::size_t number : with_holes_)
      if (takes(readable_[number].id))
        return fmt::format("another filter may select it: {}", readable_[number].text.open()->reason);
    return std::nullopt;
  }

 private:
  struct Readable {
    ResourceId id;
    FilterText text;
    pattern::Filter pattern;
    pattern::Matcher matcher;
  };
  /// A secret that a filter's pattern says more about than its name.
  struct Known {
    std::size_t filter;
    events::Secret secret;
  };

  void add(const World& world, ResourceId id, const stack::MetricFilter& filter) {
    std::optional<FilterText> text = filter_text(world, filter.pattern);
    if (!text) {
      unknown_.push_back(id);
      return;
    }
    Expected<pattern::Filter> read = pattern::parse(text->text);
    if (!read) return;
    for (const events::Secret& secret : secrets_of(*read)) known_.emplace(secret.name, Known{readable_.size(), secret});
    if (text->open() != nullptr) with_holes_.push_back(readable_.size());
    pattern::Matcher matcher(*read);
    readable_.push_back({id, std::move(*text), std::move(*read), std::move(matcher)});
  }

  std::vector<Readable> readable_;
  std::multimap<std::string, Known> known_;  // by the secret's name
  std::vector<ResourceId> unknown_;
  std::vector<std::size_t> with_holes_;
  std::unique_ptr<pattern::FilterIndex> index_;
  std::unique_ptr<pattern::FilterIndex::Judge> judge_;
};

/// The first are the same in all the worlds of a stack, and read once.
struct PlainFilters : FilterSet {
  explicit PlainFilters(const World& world) : FilterSet(world, false) {}
};
struct ChosenFilters : FilterSet {
  explicit ChosenFilters(const World& world) : FilterSet(world, true) {}
};

}  // namespace

Watch::Others Watch::others(const events::Secret& secret, const Call& call) const {
  const auto& records = world_.table<Records>();
  const auto is_another = [&](ResourceId id) { return id != id_ && world_.is_there(id); };
  const std::array<const FilterSet*, 2> sets = {&world_.table<PlainFilters>(), &world_.table<ChosenFilters>()};
  for (const FilterSet* const set : sets)
    if (set->select(records, secret, call, is_another)) return {true, std::nullopt};
  for (const FilterSet* const set : sets)
    if (std::optional<std::string> why = set->why_open(world_, is_another)) return {false, std::move(why)};
  return {};
}

}  // namespace secretwatch::chain
