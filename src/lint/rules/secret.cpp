/// S: the secrets of a stack, and who watches them.
#include <algorithm>

#include "chain/readers.h"
#include "chain/watch.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/patterns.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Watch;
using chain::World;
using events::Call;
using events::Caller;
using events::Naming;
using stack::ResourceId;

/// A filter that selects reads of a secret that it names.
bool is_watcher(const World& world, ResourceId filter) {
  const Watch watch(world, filter);
  if (!watch.is_readable()) return false;
  const std::vector<chain::Subject>& subjects = watch.subjects();
  return std::any_of(subjects.begin(), subjects.end(),
                     [&watch](const chain::Subject& subject) { return watch.read_of(subject.secret).has_value(); });
}

/// What a filter watches is not known for certain.
bool is_open(const World& world, ResourceId filter) {
  const auto read = chain::read_pattern(world, filter);
  return read == nullptr || read->text.open() != nullptr;
}

/// Another filter, where it is certain what all of them watch; nothing: there is none, or there may be others.
std::optional<ResourceId> certain_watcher(const World& world) {
  if (!world.stack().gaps.empty()) return std::nullopt;
  std::optional<ResourceId> first;
  for (const ResourceId id : world.stack().ids<stack::MetricFilter>()) {
    // Only where it matters, whether it is there: each condition that is asked for doubles the worlds.
    if (is_open(world, id) && world.is_there(id)) return std::nullopt;
    if (!first && is_watcher(world, id) && world.is_there(id)) first = id;
  }
  return first;
}

bool is_watched(const World& world, ResourceId secret) {
  const std::vector<ResourceId>& filters = world.table<chain::Readers>().filters_of(secret);
  const events::Secret example = chain::example_secret(world, secret);
  return std::any_of(filters.begin(), filters.end(), [&](ResourceId id) {
    const Watch watch(world, id);
    return watch.is_readable() && world.is_there(id) && watch.read_of(example).has_value();
  });
}

bool is_name_known(const World& world, const stack::Secret& secret) {
  return world.literal(secret.name).has_value() || world.at(secret.name) == nullptr;
}

void check_unwatched(const World& world, ResourceId subject, Findings& out) {
  const auto* const secret = std::get_if<stack::Secret>(&world.stack()[subject].body);
  if (secret == nullptr || !is_name_known(world, *secret) || has_other_means(world)) return;
  if (is_watched(world, subject)) return;
  const std::optional<ResourceId> other = certain_watcher(world);
  if (!other) return;
  out.add(secret_unwatched, subject, world.stack()[subject].span, "no filter selects reads of secret '{}'",
          name_of(world, subject))
      .relate(world.stack()[*other].span, "filter '{}' watches {}", name_of(world, *other),
              Watch(world, *other).subjects().front().shown);
}

/// Another secret of the stack whose reads the filter counts too.
void check_collision(const World& world, ResourceId subject, Findings& out) {
  if (!std::holds_alternative<stack::MetricFilter>(world.stack()[subject].body)) return;
  if (!world.stack().spec_hash.empty()) return;
  const Watch watch(world, subject);
  if (!watch.is_readable() || watch.text().open() != nullptr) return;
  const std::vector<chain::Subject> subjects = watch.subjects();
  if (subjects.size() != 1 || subjects.front().is_any || !watch.read_of(subjects.front().secret)) return;
  const std::string& name = subjects.front().secret.name;
  const auto known_name = [&world](ResourceId id) {
    return world.literal(std::get<stack::Secret>(world.stack()[id].body).name);
  };
  // Who counts every BatchGetSecretValue means to.
  const auto counts = [&](ResourceId id) {
    const std::optional<Call> read = watch.read_of(chain::example_secret(world, id));
    return read && read->event == "GetSecretValue";
  };
  std::vector<ResourceId> others;
  for (const ResourceId id : world.table<chain::Readers>().secrets_of(subject))
    if (const std::optional<std::string> known = known_name(id);
        known && *known != name && world.is_there(id) && counts(id))
      others.push_back(id);
  if (others.empty()) return;
  const std::vector<ResourceId>& declared = world.stack().ids<stack::Secret>();
  const auto is_it = [&](ResourceId id) { return known_name(id) == name && world.is_there(id); };
  if (std::none_of(declared.begin(), declared.end(), is_it)) return;
  const auto& filter = std::get<stack::MetricFilter>(world.stack()[subject].body);
  out.add(prefix_collision, subject, place_of(world, subject, filter.pattern),
          "filter '{}' watches '{}' and counts reads of '{}' as well", name_of(world, subject), name,
          *known_name(others.front()))
      .relate(world.stack()[others.front()].span, "the other secret")
      .note("a name ends where nothing follows, and an ARN's with '-': \"{}\" and \"*:secret:{}-*\"", name, name);
}

bool speaks_of_callers(const Watch& watch) {
  const std::vector<pattern::Leaf>& leaves = watch.leaves();
  return std::any_of(leaves.begin(), leaves.end(), [](const pattern::Leaf& leaf) {
    const std::string& field = leaf.field;
    return field.starts_with("$.userIdentity.") || field == "$.userAgent" || field == "$.sourceIPAddress";
  });
}

void check_rotation(const World& world, ResourceId subject, Findings& out) {
  const auto* const rotation = std::get_if<stack::SecretRotation>(&world.stack()[subject].body);
  const stack::TextValue* const of = rotation == nullptr ? nullptr : world.at(rotation->secret);
  const stack::Ref* const ref = of == nullptr ? nullptr : of->ref();
  if (ref == nullptr || !std::holds_alternative<stack::Secret>(world.stack()[ref->target].body)) return;
  const events::Secret secret = chain::example_secret(world, ref->target);
  const Call call{"GetSecretValue", Naming::arn, Caller::rotation};
  const auto counts_whoever_reads = [&](ResourceId id) {
    const Watch watch(world, id);
    return watch.is_readable() && world.is_there(id) && watch.text().open() == nullptr && !speaks_of_callers(watch) &&
           std::holds_alternative<pattern::JsonPattern>(watch.pattern().body) && is_watcher(world, id);
  };
  const std::optional<ResourceId> filter = chain::find_selecting(world, secret, call, counts_whoever_reads);
  if (!filter) return;
  out.add(rotation_not_excluded, subject, world.stack()[subject].span,
          "filter '{}' counts the rotation of secret '{}': its function reads the secret each time",
          name_of(world, *filter), name_of(world, ref->target))
      .relate(world.stack()[*filter].span, "filter '{}' leaves nobody out", name_of(world, *filter))
      .note(
          "leave out the function's role: ($.userIdentity.sessionContext.sessionIssuer.userName NOT EXISTS || "
          "$.userIdentity.sessionContext.sessionIssuer.userName != \"...\")");
}

constexpr std::string_view tried =
    "The patterns of all filters in scope are tried on records of reads of the secret. Patterns and names that are not "
    "known are left alone.";

}  // namespace

constinit const Rule secret_unwatched{
    .id = "S101",
    .name = "secret-unwatched",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a secret is declared that nobody watches",
    .finds = "A secret in scope whose reads no filter selects, where the scope watches some other secret.",
    .harm = "It is read, and nobody hears of it.",
    .decision = tried,
    .source = "CloudTrail records of GetSecretValue.",
    .bad = examples::edited<"  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n",
                            "  Forgotten:\n    Type: AWS::SecretsManager::Secret\n    Properties: {Name: Forgotten}\n"
                            "  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n">,
    .good =
        examples::edited<"  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n",
                         "  Watched:\n    Type: AWS::SecretsManager::Secret\n    Properties: {Name: TopSecretInfo}\n"
                         "  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n">,
    .check = check_unwatched};

constinit const Rule prefix_collision{
    .id = "S104",
    .name = "prefix-collision",
    .severity = Severity::warning,
    .effect = Effect::noisy,
    .since = "0.1.0",
    .summary = "a filter for one secret counts reads of another whose name begins alike",
    .finds =
        "A filter for one secret of the stack that selects calls of GetSecretValue for a second one, because a "
        "wildcard "
        "stands where the name ends.",
    .harm = "Alarms name the wrong secret, and one read hides behind the other.",
    .decision = tried,
    .source = "Secrets Manager user guide: an ARN ends in the name, a hyphen and six characters.",
    .bad = examples::edited<
        "  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n",
        "  Watched:\n    Type: AWS::SecretsManager::Secret\n    Properties: {Name: TopSecretInfo}\n"
        "  Other:\n    Type: AWS::SecretsManager::Secret\n    Properties: {Name: TopSecretInfoOfOthers}\n"
        "  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n",
        "$.requestParameters.secretId = \"*:secret:TopSecretInfo-*\"",
        "$.requestParameters.secretId = \"*TopSecretInfo*\"">,
    .good = examples::good,
    .check = check_collision};

constinit const Rule rotation_not_excluded{
    .id = "S108",
    .name = "rotation-not-excluded",
    .severity = Severity::warning,
    .effect = Effect::noisy,
    .precision = Precision::likely,
    .since = "0.1.0",
    .summary = "a secret's rotation raises its alarm",
    .finds = "A rotation in scope of a secret whose reads a filter selects without asking who reads.",
    .harm = "Each rotation is told as a read, until nobody looks at the messages any more.",
    .decision = tried,
    .source = "Secrets Manager user guide, \"Rotation function templates\": the function calls GetSecretValue.",
    .bad = examples::edited<
        "  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n",
        "  Watched:\n    Type: AWS::SecretsManager::Secret\n    Properties: {Name: TopSecretInfo}\n"
        "  Rotation:\n    Type: AWS::SecretsManager::RotationSchedule\n    Properties:\n      SecretId: !Ref Watched\n"
        "      RotationLambdaARN: arn:aws:lambda:us-east-1:123456789012:function:rotate\n"
        "  TrailLogGroup:\n    Type: AWS::Logs::LogGroup\n">,
    .good = examples::good,
    .check = check_rotation};

}  // namespace secretwatch::lint::rules
