#include "chain/watch.h"

#include <algorithm>
#include <array>

#include "chain/filter_set.h"
#include "chain/records.h"

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

constexpr std::array<std::pair<Caller, Client>, 4> callers = {{{Caller::user, Client::sdk},
                                                               {Caller::role, Client::sdk},
                                                               {Caller::root, Client::console},
                                                               {Caller::role, Client::console}}};

}  // namespace

const std::vector<Call>& successful_reads() {
  static const std::vector<Call> all = [] {
    std::vector<Call> reads;
    for (const std::string_view event : {"GetSecretValue", "BatchGetSecretValue"})
      for (const auto& [caller, client] : callers)
        for (const Naming naming : {Naming::name, Naming::arn, Naming::partial_arn})
          reads.push_back({event, naming, caller, client});
    return reads;
  }();
  return all;
}

std::optional<ResourceId> find_selecting(const World& world, const events::Secret& secret, const Call& call,
                                         const std::function<bool(ResourceId)>& takes) {
  const auto& records = world.table<Records>();
  std::optional<ResourceId> found;
  const auto is_it = [&](ResourceId id) {
    if (takes(id)) found = id;
    return found.has_value();
  };
  const auto& plain = world.table<JudgeOf<PlainFilters>>();
  if (plain.set.select(*plain.judge, records, secret, call, is_it)) return found;
  const auto& chosen = world.table<JudgeOf<ChosenFilters>>();
  chosen.set.select(*chosen.judge, records, secret, call, is_it);
  return found;
}

Watch::Watch(const World& world, ResourceId filter)
    : world_(world), id_(filter), facts_(world.fact<Facts>(filter, [&] { return facts_of(world, filter); })) {}

Watch::Facts Watch::facts_of(const World& world, ResourceId filter) {
  std::shared_ptr<const FilterPattern> read = read_pattern(world, filter);
  if (read == nullptr || !read->pattern || !may_be_about_secrets(read->text.text)) return {};
  std::vector<Subject> subjects = subjects_in(read->text, read->leaves, read->secrets);
  return {std::move(read), std::move(subjects)};
}

std::optional<Call> Watch::read_of(const events::Secret& secret) const {
  const auto [read, is_new] = facts_->reads.try_emplace(secret);
  if (is_new) read->second = find_read(world_, *facts_, secret);
  return read->second;
}

std::optional<Call> Watch::find_read(const World& world, const Facts& facts, const events::Secret& secret) {
  const auto& records = world.table<Records>();
  const pattern::Matcher& matcher = *facts.read->matcher;
  for (const Call& call : successful_reads())
    if (matcher.matches(records.of(secret, call)) && !matcher.matches(records.elsewhere(secret, call))) return call;
  return std::nullopt;
}

/// Or is it of a secret of the same name that the pattern knows more about?
bool Watch::selects(const events::Secret& secret, const Call& call) const {
  const auto& records = world_.table<Records>();
  const pattern::Matcher& matcher = *facts_->read->matcher;
  if (matcher.matches(records.of(secret, call))) return true;
  const std::vector<NamedSecret>& named = facts_->read->secrets;
  return std::any_of(named.begin(), named.end(), [&](const NamedSecret& known) {
    return known.secret.name == secret.name && known.secret != secret &&
           matcher.matches(records.of(known.secret, call));
  });
}

Watch::Others Watch::others(const events::Secret& secret, const Call& call) const {
  const auto is_another = [&](ResourceId id) { return id != id_ && world_.is_there(id); };
  if (find_selecting(world_, secret, call, is_another)) return {true, std::nullopt};
  std::optional<std::string> why = world_.table<PlainFilters>().why_open(world_, is_another);
  if (!why) why = world_.table<ChosenFilters>().why_open(world_, is_another);
  return {false, std::move(why)};
}

}  // namespace secretwatch::chain
