/// F: which reads of a secret a filter misses. Filters of a stack are judged together: what one of them selects, none
/// misses.
#include <algorithm>

#include "chain/watch.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/patterns.h"
#include "pattern/explain.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Subject;
using chain::Watch;
using chain::World;
using events::Call;
using events::Naming;
using stack::ResourceId;

/// A filter that selects some read of a secret, and one that it selects.
struct Case {
  const World& world;
  ResourceId id;
  const Watch& watch;
  const Subject& subject;
  Call read{};

  std::string name() const { return std::string(name_of(world, id)); }
};

/// Where the pattern decides against a call, when that is one comparison's doing.
Span place_of_refusal(const Case& c, const Call& call) {
  const std::optional<FilterPattern> read = read_pattern(c.world, c.id);
  const pattern::Explainer explainer(c.watch.pattern());
  const pattern::Explanation why = explainer.explain(record_of(c.subject.secret, call));
  return place_in(c.world, *read, why.places.empty() ? pattern::Place{} : why.places.front());
}

/// "GetSecretValue with SecretId = 'prod/db'"
std::string spelled(const Case& c, const Call& call) {
  const bool is_batch = call.event == "BatchGetSecretValue";
  std::string typed;
  switch (call.naming) {
    case Naming::name:
      typed = fmt::format("the name, '{}'", c.subject.secret.name);
      break;
    case Naming::arn:
      typed = fmt::format("the ARN, '{}'", full_arn(c.subject.secret));
      break;
    case Naming::partial_arn:
      typed = fmt::format("the ARN without its suffix, '{}'", partial_arn(c.subject.secret));
      break;
  }
  return fmt::format("{} with {} = {}", call.event, is_batch ? "SecretIdList" : "SecretId", typed);
}

/// Does no filter of the stack select the call? Where that depends on what is not known, it is said to be undecided.
bool is_missed(const Case& c, const Call& call, std::string_view what, Findings& out) {
  if (c.watch.selects(c.subject.secret, call)) return false;
  const Watch::Others others = c.watch.others(c.subject.secret, call);
  if (others.selects) return false;
  const std::optional<std::string>& open = c.subject.open ? c.subject.open : others.open;
  if (!open) return true;
  const auto& filter = std::get<stack::MetricFilter>(c.world.stack()[c.id].body);
  out.undecided(c.id, place_of(c.world, c.id, filter.pattern), "whether filter '{}' misses {} is not known: {}",
                c.name(), what, *open);
  return false;
}

Call with(const Call& read, Naming naming) {
  Call call = read;
  call.naming = naming;
  return call;
}

/// Of several secrets that are missed alike, one is named.
void check_namings(const Case& c, Findings& out) {
  const auto& told = out.all();
  if (c.read.event != "GetSecretValue" ||
      std::any_of(told.begin(), told.end(), [](const Finding& finding) { return finding.rule == &misses_arn_access; }))
    return;
  const Call by_arn = with(c.read, Naming::arn);
  if (c.read.naming == Naming::name && is_missed(c, by_arn, "reads by ARN", out)) {
    Finding& finding = out.add(misses_arn_access, c.id, place_of_refusal(c, by_arn),
                               "filter '{}' misses reads by ARN: {} is not selected", c.name(), spelled(c, by_arn));
    finding.note("the console, Terraform and most programs send the ARN: ask for \"*:secret:{}-*\" as well",
                 c.subject.secret.name);
    return;
  }
}

void check(const World& world, ResourceId subject, Findings& out) {
  if (!std::holds_alternative<stack::MetricFilter>(world.stack()[subject].body)) return;
  const Watch watch(world, subject);
  if (!watch.is_readable()) return;
  constexpr std::size_t most_subjects = 16;
  std::vector<Subject> subjects = watch.subjects();
  if (subjects.size() > most_subjects) subjects.resize(most_subjects);
  for (const Subject& each : subjects) {
    const std::optional<Call> read = watch.read_of(each.secret);
    if (!read || has_other_means(world)) continue;
    check_namings({world, subject, watch, each, *read}, out);
  }
}

constexpr std::string_view witnessed =
    "The pattern is tried on records of every way to read the secret that it names. What another filter in scope "
    "selects is not missed, and nothing is said where another filter, an event rule or an alarm on a query may select "
    "it.";
constexpr std::string_view secret_id =
    "Secrets Manager API reference, GetSecretValue: SecretId is the name or the ARN, which may lack its suffix; "
    "CloudTrail records of such calls, whose requestParameters.secretId is what the caller typed.";

}  // namespace

constinit const Rule misses_arn_access{
    .id = "F406",
    .name = "misses-arn-access",
    .severity = Severity::error,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter watches a secret by its name only",
    .finds = "Patterns that select a read by name and not the same read by ARN.",
    .harm =
        "The record holds what the caller typed, and most type the ARN: the console, Terraform and whoever follows a "
        "reference. Their reads are not counted.",
    .decision = witnessed,
    .source = secret_id,
    .bad = examples::edited<"$.requestParameters.secretId = \"*:secret:TopSecretInfo-*\"",
                            "$.requestParameters.secretId = \"TopSecretInfo-*\"">,
    .good = examples::good,
    .check = check};

}  // namespace secretwatch::lint::rules
