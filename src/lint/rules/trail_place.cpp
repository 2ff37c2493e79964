/// T: where trails are, which regions they see, and whether there is one at all.
#include <algorithm>

#include "base/text.h"
#include "chain/alarm_kinds.h"
#include "chain/watch.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/handed_on.h"
#include "lint/rules/links.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Match;
using chain::World;
using stack::LogGroup;
using stack::MetricFilter;
using stack::Ref;
using stack::ResourceId;
using stack::Stack;
using stack::Text;
using stack::Trail;

// --- T201 ---

/// May others know of the group: by a name that somebody chose, or by an output?
bool may_be_known_elsewhere(const World& world, ResourceId group) {
  const Stack& stack = world.stack();
  if (world.at(std::get<LogGroup>(stack[group].body).name) != nullptr) return true;
  return is_put_out(stack, group);
}

/// Something in the template that may fill log groups, and that is not looked into.
bool may_fill_groups(const stack::Body& body) {
  if (const auto* const nested = std::get_if<stack::NestedStack>(&body)) return !nested->is_read;
  const auto* const other = std::get_if<stack::Other>(&body);
  if (other == nullptr) return false;
  for (const char* type : {"Custom::", "AWS::CloudFormation::", "AWS::ObservabilityAdmin::", "AWS::ControlTower::",
                           "AWS::KinesisFirehose::", "AWS::Pipes::", "AWS::StepFunctions::", "AWS::Serverless::"})
    if (other->type.starts_with(type)) return true;
  return false;
}

/// Records can reach the group without a trail of this stack: CloudTrail's own groups, a rule that copies events.
bool is_filled_otherwise(const World& world, ResourceId group) {
  const Stack& stack = world.stack();
  const auto name = world.literal(std::get<LogGroup>(stack[group].body).name);
  if (name && name->starts_with("aws/cloudtrail")) return true;
  const auto& resources = stack.resources();
  return std::any_of(resources.begin(), resources.end(), [&](const stack::Resource& resource) {
    if (may_fill_groups(resource.body)) return true;
    const auto* const rule = std::get_if<stack::EventRule>(&resource.body);
    return rule != nullptr && std::any_of(rule->targets.begin(), rule->targets.end(),
                                          [&](const auto& target) { return refers_to(target.arn, group); });
  });
}

/// Filters over CloudTrail's records on a group of this stack that no trail of it delivers to. Beside a single trail
/// the other rules speak: it delivers nowhere, or elsewhere.
void check_trail_missing(const World& world, ResourceId subject, Findings& out) {
  if (!std::holds_alternative<LogGroup>(world.stack()[subject].body) || !world.stack().gaps.empty()) return;
  const std::vector<ResourceId> trails = trails_in(world);
  if (trails.size() == 1 || is_filled_otherwise(world, subject)) return;
  const Text name = world.identity_of({subject, stack::Attribute::name, {}});
  for (const ResourceId trail : trails) {
    const std::optional<Text> delivered = chain::log_group_of(world, std::get<Trail>(world.stack()[trail].body));
    if (delivered && chain::is_same(*delivered, name) != Match::no) return;
  }
  std::vector<ResourceId> filters = readers_of(world, subject);
  const auto reads_something_else = [&world](ResourceId id) {
    return !reads_a_trail(world, std::get<MetricFilter>(world.stack()[id].body));
  };
  filters.erase(std::remove_if(filters.begin(), filters.end(), reads_something_else), filters.end());
  if (filters.empty()) return;
  Finding& finding =
      out.add(trail_missing, subject, world.stack()[subject].span, "{} to log group '{}', which filter '{}' reads",
              trails.empty() ? "there is no trail that delivers" : "no trail delivers", name_of(world, subject),
              name_of(world, filters.front()));
  for (const ResourceId filter : filters)
    finding.relate(world.stack()[filter].span, "filter '{}' waits for CloudTrail's records", name_of(world, filter));
  if (may_be_known_elsewhere(world, subject))
    finding.likely().note("a trail of another stack may deliver to the group, as its name is known outside");
}

// --- T207 ---

/// A secret of this scope without replicas is read in its own region alone, where the trail sees every read.
bool is_read_here_alone(const World& world, const chain::Subject& subject) {
  bool is_here = false;
  world.stack().each<stack::Secret>([&](const stack::Resource&, const stack::Secret& secret) {
    if (world.literal(secret.name) == subject.secret.name) is_here = secret.replica_regions.empty();
  });
  return !subject.is_any && !subject.open && is_here;
}

/// Does the filter count reads that another region may see?
bool watches_reads_elsewhere(const World& world, ResourceId filter) {
  const chain::Watch watch(world, filter);
  if (!watch.is_readable()) return false;
  const std::vector<chain::Subject> subjects = watch.subjects();
  return std::any_of(subjects.begin(), subjects.end(), [&](const chain::Subject& subject) {
    return watch.read_of(subject.secret).has_value() && !is_read_here_alone(world, subject);
  });
}

void check_single_region(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<Trail>(&world.stack()[subject].body);
  // A spec says which regions it wants.
  if (trail == nullptr || !world.stack().spec_hash.empty() || world.is_open(trail->multi_region)) return;
  const bool* const multi_region = world.known(trail->multi_region);
  if (multi_region != nullptr && *multi_region) return;
  const auto filter = find_filter_of(world, subject, [&](ResourceId id) { return watches_reads_elsewhere(world, id); });
  if (!filter) return;
  Finding& finding = out.add(single_region_trail, subject, place_of(world, subject, trail->multi_region),
                             "trail '{}' records the events of one region: reads of secrets in others are not counted",
                             name_of(world, subject));
  finding.relate(world.stack()[*filter].span, "filter '{}' counts reads of secrets", name_of(world, *filter))
      .set(world, subject, "multi_region", trail->multi_region, true);
  if (const bool* const global = world.known(trail->global_service_events); global != nullptr && !*global)
    finding.set(world, subject, "global_service_events", trail->global_service_events, true);
}

// --- T211 ---

/// The region, and the account, that an ARN of a log group names; nothing: it is no ARN in such parts.
struct Home {
  Text region;
  Text account;
};

std::optional<Home> home_in(const Text& arn) {
  std::vector<Text> fields(1);
  for (const stack::Part& part : arn.parts()) {
    const auto* const literal = std::get_if<std::string>(&part);
    if (literal == nullptr) {
      fields.back().append(part);
      continue;
    }
    for (const char c : *literal) {
      if (c == ':') {
        fields.emplace_back();
      } else {
        fields.back().append(std::string(1, c));
      }
    }
  }
  if (fields.size() < 6 || fields[0].literal() != "arn" || fields[2].literal() != "logs") return std::nullopt;
  return Home{fields[3], fields[4]};
}

/// Where the log group is that a text names: by its own place, or by what the ARN says.
std::optional<Home> home_of_group(const World& world, const stack::TextValue& written) {
  const Stack& stack = world.stack();
  if (std::optional<Home> home = home_in(world.text(written))) return home;
  const Text* const text = written.get();
  const Ref* ref = written.ref();
  if (ref == nullptr && text != nullptr && !text->parts().empty()) ref = std::get_if<Ref>(&text->parts().front());
  if (ref == nullptr || !std::holds_alternative<LogGroup>(stack[ref->target].body)) return std::nullopt;
  const stack::Scope& scope = stack.scopes.at(stack[ref->target].scope);
  return Home{scope.region, scope.account};
}

/// The word that differs; empty: none does, for certain.
std::string_view difference(const Home& a, const Home& b) {
  if (chain::is_same(a.region, b.region) == Match::no) return "region";
  return chain::is_same(a.account, b.account) == Match::no ? "account" : "";
}

/// A filter finds its group by the name: one of that name in the filter's own place, or one that may be.
std::optional<ResourceId> namesake_of_group(const World& world, const stack::Scope& here, const Text& name) {
  for (const ResourceId id : world.stack().ids<LogGroup>()) {
    const stack::Scope& scope = world.stack().scopes.at(world.stack()[id].scope);
    if (difference({here.region, here.account}, {scope.region, scope.account}).empty() &&
        chain::is_same(name, world.identity_of({id, stack::Attribute::name, {}})) != Match::no && world.is_there(id))
      return id;
  }
  return std::nullopt;
}

void check_home(const World& world, ResourceId subject, Findings& out) {
  const stack::Resource& resource = world.stack()[subject];
  const auto* const trail = std::get_if<Trail>(&resource.body);
  const auto* const filter = std::get_if<MetricFilter>(&resource.body);
  const auto* const written = trail != nullptr    ? world.at(trail->log_group)
                              : filter != nullptr ? world.at(filter->log_group)
                                                  : nullptr;
  if (written == nullptr) return;
  const std::optional<Home> group = home_of_group(world, *written);
  if (!group) return;
  const stack::Scope& scope = world.stack().scopes.at(resource.scope);
  const std::string_view differs = difference({scope.region, scope.account}, *group);
  if (differs.empty()) return;
  const Text& here = differs == "region" ? scope.region : scope.account;
  const Text& there = differs == "region" ? group->region : group->account;
  Finding& finding = out.add(
      trail_home_region_mismatch, subject, stack::whole(*written).is_nowhere() ? resource.span : stack::whole(*written),
      "{} '{}' is in {} '{}', and its log group in '{}'", trail != nullptr ? "trail" : "filter",
      name_of(world, subject), differs, here.literal().value_or("?"), there.literal().value_or("?"));
  if (filter == nullptr) return;
  if (const auto namesake = namesake_of_group(world, scope, world.text(*written)))
    finding.likely().relate(world.stack()[*namesake].span, "it reads this one, if that has the same name");
}

// --- T213 ---

void check_global_events(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<Trail>(&world.stack()[subject].body);
  if (trail == nullptr) return;
  const bool* const global = world.known(trail->global_service_events);
  if (global == nullptr || *global) return;
  const bool* const multi_region = world.known(trail->multi_region);
  if (multi_region == nullptr || !*multi_region) return;
  out.add(global_events_off_multi_region, subject, place_of(world, subject, trail->global_service_events),
          "trail '{}' is of all regions and leaves global services out", name_of(world, subject))
      .relate(place_of(world, subject, trail->multi_region), "it is of all regions")
      .set(world, subject, "global_service_events", trail->global_service_events, true);
}

// --- T212 ---

/// Does an alarm that a filter feeds publish to the topic?
std::optional<ResourceId> alarm_of(const World& world, ResourceId topic) {
  for (const ResourceId id : world.stack().ids<stack::Alarm>()) {
    if (!chain::watches_a_log(world, id)) continue;
    for (const stack::TextValue& action : std::get<stack::Alarm>(world.stack()[id].body).alarm_actions)
      for (const chain::Link& link : chain::topics_of(world, action))
        if (link.resource == topic && link.match == Match::yes && world.is_there(id)) return id;
  }
  return std::nullopt;
}

void check_notices(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<Trail>(&world.stack()[subject].body);
  // A spec says where it wants notices.
  if (trail == nullptr || !world.stack().spec_hash.empty()) return;
  const auto* const written = world.at(trail->topic);
  if (written == nullptr) return;
  const Text text = world.text(*written);
  const auto& resources = world.stack().resources();
  for (std::size_t i = 0; i < resources.size(); ++i) {
    if (!std::holds_alternative<stack::Topic>(resources[i].body)) continue;
    const auto topic = static_cast<ResourceId>(i);
    const bool is_it = chain::is_same(text, world.identity_of({topic, stack::Attribute::arn, {}})) == Match::yes ||
                       chain::is_same(text, world.identity_of({topic, stack::Attribute::name, {}})) == Match::yes;
    const std::optional<ResourceId> alarm = is_it ? alarm_of(world, topic) : std::nullopt;
    if (!alarm) continue;
    out.add(trail_sns_is_not_alerting, subject, place_of(world, subject, trail->topic),
            "trail '{}' announces every file that it delivers on topic '{}', beside alarms", name_of(world, subject),
            name_of(world, topic))
        .relate(world.stack()[*alarm].span, "alarm '{}' publishes to the topic", name_of(world, *alarm));
  }
}

}  // namespace

constinit const Rule trail_missing{
    .id = "T201",
    .name = "trail-missing",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "no trail delivers to the log group that filters over CloudTrail's records read",
    .finds =
        "A log group in scope with filters that name fields of CloudTrail's records, where the scope has no trail, or "
        "several of which none delivers to it.",
    .harm = "No record ever reaches the group: the filters count nothing.",
    .decision =
        "It is an error where nobody outside can know the group, because it has no name of its own and no output "
        "tells it; else a warning. It is silent where CloudTrail or a rule of EventBridge may fill the group without "
        "a trail, and beside nested stacks, custom resources and macros.",
    .source = "CloudTrail user guide, \"Sending events to CloudWatch Logs\".",
    .bad = examples::edited<R"(  Trail:
    Type: AWS::CloudTrail::Trail
    DependsOn: TrailBucketPolicy
    Properties:
      S3BucketName: !Ref TrailBucket
      IsLogging: true
      IsMultiRegionTrail: true
      IncludeGlobalServiceEvents: true
      EventSelectors:
        - {ReadWriteType: All, IncludeManagementEvents: true}
      CloudWatchLogsLogGroupArn: !GetAtt TrailLogGroup.Arn
      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn
)",
                            "">,
    .good = examples::good,
    .check = check_trail_missing};

constinit const Rule single_region_trail{
    .id = "T207",
    .name = "single-region-trail",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a trail that is to show reads of secrets sees one region only",
    .finds =
        "A trail without `IsMultiRegionTrail` (Terraform: `is_multi_region_trail`) whose log group a filter for reads "
        "of secrets reads.",
    .harm = "Reads through the endpoints of other regions, of replicas among others, are not recorded.",
    .decision =
        "By the value, where it is known. It is silent where the filter names secrets of the same scope that have no "
        "replicas, since those are read in their region alone, and where the spec asked for one region.",
    .source = "CloudFormation resource reference, AWS::CloudTrail::Trail, IsMultiRegionTrail.",
    .bad = examples::edited<"      IsMultiRegionTrail: true\n", "">,
    .good = examples::good,
    .check = check_single_region};

constinit const Rule trail_home_region_mismatch{
    .id = "T211",
    .name = "trail-home-region-mismatch",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a trail or filter and its log group are in two regions or accounts",
    .finds =
        "A trail whose log group is in another region or account than the trail, and a filter on a group of another "
        "region or account: by the provider alias that Terraform makes them with, or by the ARN.",
    .harm =
        "CloudTrail delivers to a group in the trail's own account and home region alone, and a filter reads groups "
        "of its own region: AWS refuses the trail, or the filter does not find its group.",
    .decision =
        "Regions and accounts are compared, and it speaks only where both are known and differ. A filter finds its "
        "group by the name: where its own place has a group of that name, or may have one, AWS does not refuse it, and "
        "it is no more than likely that another was meant.",
    .source = "CloudTrail user guide, \"Sending events to CloudWatch Logs\".",
    .check = check_home};

constinit const Rule trail_sns_is_not_alerting{
    .id = "T212",
    .name = "trail-sns-is-not-alerting",
    .severity = Severity::note,
    .effect = Effect::noisy,
    .since = "0.1.0",
    .summary = "a trail's notices of new files go to the topic of alarms",
    .finds =
        "`SnsTopicName` (Terraform: `sns_topic_name`) of a trail with a topic that an alarm on a log publishes to.",
    .harm =
        "A notice for each delivered file, every few minutes, floods those who wait for alarms. It tells of no read: "
        "it is no alert.",
    .decision = "Topics are compared by what they denote. It is silent where the spec asked for it.",
    .source = "CloudTrail user guide, \"Configuring Amazon SNS notifications for CloudTrail\".",
    .bad = examples::edited<"      IsLogging: true\n", "      IsLogging: true\n      SnsTopicName: !Ref Topic\n">,
    .good = examples::good,
    .check = check_notices};

constinit const Rule global_events_off_multi_region{
    .id = "T213",
    .name = "global-events-off-multi-region",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a trail of all regions leaves the events of global services out",
    .finds =
        "`IsMultiRegionTrail: true` with `IncludeGlobalServiceEvents: false` (Terraform: `is_multi_region_trail`, "
        "`include_global_service_events`).",
    .harm = "CloudTrail refuses the trail: one of all regions must include global service events.",
    .decision = "By the values, where both are known.",
    .source = "CloudTrail API reference, CreateTrail, InvalidParameterCombinationException.",
    .bad = examples::edited<"IncludeGlobalServiceEvents: true", "IncludeGlobalServiceEvents: false">,
    .good = examples::good,
    .check = check_global_events};

}  // namespace secretwatch::lint::rules
