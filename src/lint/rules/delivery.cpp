/// D: from the trail to the log group.
#include "lint/examples.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint::rules {
namespace {

/// Known to be written with something in it; unknown may come to nothing at all.
bool is_certainly_written(const chain::World& world, const stack::OptionalText& property) {
  const stack::TextValue* const value = world.at(property);
  if (value == nullptr || value->unknown() != nullptr) return false;
  return world.literal(property) != std::optional<std::string>("");
}

void check_role_missing(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<stack::Trail>(&world.stack()[subject].body);
  if (trail == nullptr) return;
  const bool has_group = world.at(trail->log_group) != nullptr;
  const bool has_role = world.at(trail->log_role) != nullptr;
  if (is_certainly_written(world, trail->log_group) && !has_role)
    out.add(role_missing, subject, place_of(world, subject, trail->log_group),
            "trail '{}' has a log group and no role to write to it", name_of(world, subject));
  if (is_certainly_written(world, trail->log_role) && !has_group)
    out.add(role_missing, subject, place_of(world, subject, trail->log_role),
            "trail '{}' has a role for a log group and no log group", name_of(world, subject));
}

}  // namespace

constinit const Rule role_missing{
    .id = "D304",
    .name = "role-missing",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a trail has a log group without a role, or a role without a log group",
    .finds = "Trails with one of `CloudWatchLogsLogGroupArn` and `CloudWatchLogsRoleArn` and not the other.",
    .harm = "CloudTrail refuses the trail: it writes to a log group only in a role that it may assume.",
    .decision = "By what is written. A value that is not known, and may come to nothing, is left alone.",
    .source =
        "CloudTrail API reference, CreateTrail: CloudWatchLogsLogGroupArn is \"not required unless you specify "
        "CloudWatchLogsRoleArn\".",
    .bad = examples::edited<"      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn\n", "">,
    .good = examples::good,
    .check = check_role_missing};

}  // namespace secretwatch::lint::rules
