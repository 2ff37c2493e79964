/// What a trail records, and where it delivers it to.
#include <algorithm>

#include "chain/reach.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/links.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Access;
using chain::Link;
using chain::Match;
using chain::World;
using stack::MetricFilter;
using stack::ResourceId;
using stack::Text;
using stack::Trail;

/// What the selectors of a trail keep of management events.
enum class Kept { everything, reads_too, not_of_secrets, writes_only, none, not_known };

Kept kept_by(const World& world, const stack::EventSelector& selector) {
  if (world.is_open(selector.management_events)) return Kept::not_known;
  const bool* const management = world.known(selector.management_events);
  if (management != nullptr && !*management) return Kept::none;
  if (world.is_open(selector.read_write_type)) return Kept::not_known;
  return world.literal(selector.read_write_type) == "WriteOnly" ? Kept::writes_only : Kept::reads_too;
}

/// Does a value of a field pass all that its selector asks of it?
Match passes(const World& world, const stack::FieldSelector& field, std::string_view value) {
  using Test = bool (*)(std::string_view value, std::string_view wanted);
  const auto any = [&](const std::vector<stack::TextValue>& wanted, Test test) {
    Match match = Match::no;
    for (const stack::TextValue& each : wanted) {
      if (world.at(each) == nullptr) continue;
      const auto literal = world.literal(each);
      match = chain::either(match, !literal ? Match::maybe : test(value, *literal) ? Match::yes : Match::no);
    }
    return match;
  };
  Match match = Match::yes;
  const auto ask = [&](const auto& wanted, const auto& unwanted, Test test) {
    if (!wanted.empty()) match = chain::both(match, any(wanted, test));
    match = chain::both(match, chain::negation(any(unwanted, test)));
  };
  ask(field.equals, field.not_equals, [](std::string_view v, std::string_view w) { return v == w; });
  ask(field.starts_with, field.not_starts_with,
      [](std::string_view v, std::string_view w) { return v.starts_with(w); });
  ask(field.ends_with, field.not_ends_with, [](std::string_view v, std::string_view w) { return v.ends_with(w); });
  return match;
}

/// What a read of a secret says in each field; nothing: its selector is one that we do not know.
std::optional<std::string_view> value_in_a_read(std::string_view field) {
  if (field == "eventCategory") return "Management";
  if (field == "readOnly") return "true";
  if (field == "eventSource") return "secretsmanager.amazonaws.com";
  if (field == "eventName") return "GetSecretValue";
  return std::nullopt;
}

Kept kept_by(const World& world, const stack::AdvancedEventSelector& selector) {
  if (selector.fields.empty()) return Kept::not_known;
  Kept kept = Kept::reads_too;
  bool has_category = false;
  bool is_known = true;
  for (const stack::FieldSelector& field : selector.fields) {
    const auto name = world.literal(field.field);
    const auto value = name ? value_in_a_read(*name) : std::nullopt;
    if (!value) {
      is_known = false;
      continue;
    }
    has_category = has_category || *name == "eventCategory";
    const Match match = passes(world, field, *value);
    if (match == Match::maybe) is_known = false;
    if (match != Match::no) continue;
    if (*name == "eventCategory") return Kept::none;
    kept = *name == "readOnly" || kept == Kept::writes_only ? Kept::writes_only : Kept::not_of_secrets;
  }
  if (!has_category) return is_known ? Kept::none : Kept::not_known;
  return kept == Kept::reads_too && !is_known ? Kept::not_known : kept;
}

struct Selection {
  Kept kept = Kept::everything;
  Span span{};  // of the selector to change
};

template <class Selector>
Selection joined(const World& world, const std::vector<Selector>& selectors) {
  Selection best{Kept::none, {}};
  for (const Selector& selector : selectors) {
    if (!world.is_there(selector.presence)) continue;
    const Kept kept = kept_by(world, selector);
    if (kept == Kept::not_known || kept == Kept::reads_too) return {kept, selector.span};
    if (kept < best.kept || best.span.is_nowhere()) best = {kept, selector.span};
  }
  return best;
}

Selection selection_of(const World& world, const Trail& trail) {
  if (!trail.advanced_selectors.empty()) return joined(world, trail.advanced_selectors);
  if (!trail.event_selectors.empty()) return joined(world, trail.event_selectors);
  return {};
}

/// Filters that wait for something else may well get it.
void check_selectors(const World& world, ResourceId id, const Trail& trail, Findings& out) {
  const Selection selection = selection_of(world, trail);
  if (selection.kept == Kept::everything || selection.kept == Kept::reads_too || selection.kept == Kept::not_known)
    return;
  // What advanced selectors keep instead may be other events of the same calls.
  const bool is_data_only = selection.kept == Kept::none && trail.advanced_selectors.empty();
  const std::optional<ResourceId> waiting = find_filter_of(world, id, [&](ResourceId filter) {
    return watches_reads(world, filter) || (is_data_only && waits_for_management_events(world, filter));
  });
  if (!waiting) return;
  const Span place = selection.span.is_nowhere() ? world.stack()[id].span : selection.span;
  const auto relate = [&](Finding& finding) {
    finding.relate(world.stack()[*waiting].span, "filter '{}' waits for them", name_of(world, *waiting));
  };
  if (selection.kept == Kept::writes_only) {
    Finding& finding =
        out.add(trail_write_only, id, place,
                "trail '{}' records writes only: GetSecretValue is a read, and is never recorded", name_of(world, id));
    relate(finding);
    for (const stack::EventSelector& selector : trail.event_selectors) {
      if (!(selector.span == selection.span)) continue;
      if (selector.read_write_type) finding.span = place_of(world, id, selector.read_write_type);
      finding.set(world, id, "read_write_type", selector.read_write_type, "All");
    }
  } else if (selection.kept == Kept::not_of_secrets) {
    Finding& finding =
        out.add(advanced_selector_excludes, id, place,
                "trail '{}' records management events, and leaves those of Secrets Manager out", name_of(world, id));
    relate(finding);
  } else {
    Finding& finding =
        out.add(trail_no_management_events, id, place,
                "trail '{}' records no management events, such as calls of Secrets Manager", name_of(world, id));
    relate(finding);
    for (const stack::EventSelector& selector : trail.event_selectors)
      if (selector.span == selection.span)
        finding.set(world, id, "management_events", selector.management_events, true);
  }
}

void check_role(const World& world, ResourceId id, const Trail& trail, const Text& group, Findings& out) {
  const auto* const written = world.at(trail.log_role);
  if (written == nullptr) return;
  for (const Link& role : chain::roles_of(world, world.text(*written))) {
    if (role.match != Match::yes) continue;
    const stack::Resource& resource = world.stack()[role.resource];
    if (chain::may_assume(world, role.resource).verdict == Access::Verdict::denied)
      out.add(role_trust, role.resource, resource.span, "role '{}' does not let CloudTrail take it on",
              name_of(world, role.resource))
          .relate(world.stack()[id].span, "trail '{}' delivers with the role", name_of(world, id))
          .note("its trust policy must let cloudtrail.amazonaws.com do sts:AssumeRole");
    const chain::WriteAccess access = chain::may_write_streams(world, role.resource, group);
    if (access.verdict == Access::Verdict::denied)
      out.add(role_permissions, role.resource, resource.span, "role '{}' may not do {} on the trail's log streams",
              name_of(world, role.resource), access.action)
          .relate(world.stack()[id].span, "trail '{}' delivers with the role", name_of(world, id))
          .note("CloudTrail names its streams ACCOUNT_CloudTrail_REGION, with or without a number behind");
  }
}

void check_trail(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<Trail>(&world.stack()[subject].body);
  if (trail == nullptr) return;
  const std::optional<Text> group = chain::log_group_of(world, *trail);
  if (!group) return;
  check_selectors(world, subject, *trail, out);
  check_role(world, subject, *trail, *group, out);
}

/// A filter on a group of its own template, which the one trail of that template does not deliver to.
void check_filter(const World& world, ResourceId subject, Findings& out) {
  const auto* const filter = std::get_if<MetricFilter>(&world.stack()[subject].body);
  if (filter == nullptr || !world.stack().gaps.empty() || !reads_a_trail(world, *filter)) return;
  const Text group = chain::log_group_of(world, subject);
  const std::vector<Link> groups = chain::log_groups_of(world, group, world.stack()[subject].scope);
  if (std::none_of(groups.begin(), groups.end(), [](const Link& link) { return link.match == Match::yes; })) return;
  if (!chain::trails_of(world, subject).empty()) return;
  const std::vector<ResourceId> trails = trails_in(world);
  if (trails.size() != 1) return;
  const ResourceId id = trails.front();
  const auto& trail = std::get<Trail>(world.stack()[id].body);
  const std::optional<Text> delivered = chain::log_group_of(world, trail);
  if (!delivered) {
    out.add(trail_without_log_group, id, world.stack()[id].span,
            "trail '{}' delivers to no log group: filter '{}' sees nothing", name_of(world, id),
            name_of(world, subject))
        .relate(world.stack()[subject].span, "filter '{}' reads a log group", name_of(world, subject));
    return;
  }
  out.add(trail_feeds_other_group, id, place_of(world, id, trail.log_group),
          "trail '{}' delivers to another log group than filter '{}' reads", name_of(world, id),
          name_of(world, subject))
      .relate(place_of(world, subject, std::optional(filter->log_group)), "filter '{}' reads this one",
              name_of(world, subject));
}

/// A trail that is switched off, and that a filter depends on.
void check_logging(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<Trail>(&world.stack()[subject].body);
  if (trail == nullptr) return;
  const bool* const is_logging = world.known(trail->is_logging);
  if (is_logging == nullptr || *is_logging) return;
  const std::optional<ResourceId> filter = find_filter_of(world, subject);
  if (!filter) return;
  out.add(trail_not_logging, subject, place_of(world, subject, trail->is_logging), "trail '{}' records nothing",
          name_of(world, subject))
      .set(world, subject, "is_logging", trail->is_logging, true)
      .relate(world.stack()[*filter].span, "filter '{}' waits for its events", name_of(world, *filter));
}

// --- T209 ---

/// Does the trail record reads, as far as is known for certain?
bool records_reads(const World& world, const Trail& trail) {
  if (world.is_open(trail.is_logging)) return false;
  const bool* const is_logging = world.known(trail.is_logging);
  const Kept kept = selection_of(world, trail).kept;
  return (is_logging == nullptr || *is_logging) && (kept == Kept::everything || kept == Kept::reads_too);
}

/// A trail that delivers to the group of an earlier one.
void check_second_trail(const World& world, ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<Trail>(&world.stack()[subject].body);
  if (trail == nullptr) return;
  const std::optional<Text> group = chain::log_group_of(world, *trail);
  if (!group) return;
  for (const ResourceId id : world.stack().ids<Trail>()) {
    if (id >= subject) return;
    const auto* const other = &std::get<Trail>(world.stack()[id].body);
    const std::optional<Text> delivered = chain::log_group_of(world, *other);
    if (!delivered || chain::is_same(*delivered, *group) != Match::yes || !world.is_there(id)) continue;
    if (!records_reads(world, *trail) || !records_reads(world, *other) || !find_filter_of(world, subject)) continue;
    out.add(two_trails_one_group, subject, place_of(world, subject, trail->log_group),
            "trails '{}' and '{}' deliver the same events to one log group", name_of(world, id),
            name_of(world, subject))
        .relate(place_of(world, id, other->log_group), "trail '{}' delivers to it too", name_of(world, id));
    return;
  }
}

constexpr std::string_view selectors =
    "CloudTrail API, PutEventSelectors: ReadWriteType, IncludeManagementEvents, "
    "AdvancedEventSelectors.";
constexpr std::string_view streams =
    "CloudTrail user guide, \"Role policy document for CloudTrail to use CloudWatch Logs for "
    "monitoring\".";
constexpr std::string_view groups = "CloudTrail user guide, \"Sending events to CloudWatch Logs\".";

}  // namespace

constinit const Rule trail_not_logging{
    .id = "T202",
    .name = "trail-not-logging",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a trail that a filter depends on is switched off",
    .finds =
        "`IsLogging: false` (Terraform: `enable_logging = false`) on a trail whose log group a metric filter reads. "
        "Trails that nothing here depends on are left alone.",
    .harm = "The trail exists and records no events: the filter counts nothing and the alarm never fires.",
    .decision = "By the value, where it is known, and the log group, where it is certainly the same.",
    .source = "CloudFormation resource reference, AWS::CloudTrail::Trail, IsLogging.",
    .bad = examples::edited<"IsLogging: true", "IsLogging: false">,
    .good = examples::good,
    .check = check_logging,
};

constinit const Rule trail_write_only{
    .id = "T203",
    .name = "trail-write-only",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a trail records writes only, and reading a secret is a read",
    .finds = "Selectors that keep no read events, on a trail from which a filter in scope waits for reads of secrets.",
    .harm = "GetSecretValue is a read event: it is never recorded, and no filter ever sees it.",
    .decision = "The selectors are joined, classic or advanced. It is silent where one of them is not known.",
    .source = selectors,
    .bad = examples::edited<"ReadWriteType: All", "ReadWriteType: WriteOnly">,
    .good = examples::good,
    .check = check_trail,
};

constinit const Rule trail_no_management_events{
    .id = "T204",
    .name = "trail-no-management-events",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "a trail records no management events",
    .finds = "Selectors without management events, on a trail whose log group has a filter in scope.",
    .harm = "Calls of Secrets Manager are management events: no filter ever sees them.",
    .decision =
        "The selectors are joined, classic or advanced. It is silent where one of them is not known, and where no "
        "filter is certain to wait for such events: for reads, or for nothing but events with names of theirs.",
    .source = selectors,
    .bad = examples::edited<"IncludeManagementEvents: true", "IncludeManagementEvents: false">,
    .good = examples::good,
};

constinit const Rule advanced_selector_excludes{
    .id = "T205",
    .name = "advanced-selector-excludes",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "the advanced selectors of a trail leave Secrets Manager out",
    .finds =
        "Advanced selectors of management events whose `eventSource` or `eventName` no read of a secret has, on a "
        "trail whose log group has a filter in scope.",
    .harm = "CloudTrail refuses the selector, or records no call of Secrets Manager: no filter ever sees one.",
    .decision =
        "A read of a secret is held against the fields of each selector. It is silent where one of them keeps reads, "
        "or is not known.",
    .source = "CloudTrail API reference, AdvancedFieldSelector.",
    .bad = examples::edited<R"(      EventSelectors:
        - {ReadWriteType: All, IncludeManagementEvents: true}
)",
                            R"(      AdvancedEventSelectors:
        - FieldSelectors:
            - {Field: eventCategory, Equals: [Management]}
            - {Field: eventSource, NotEquals: [kms.amazonaws.com, secretsmanager.amazonaws.com]}
)">,
    .good = examples::edited<R"(      EventSelectors:
        - {ReadWriteType: All, IncludeManagementEvents: true}
)",
                             R"(      AdvancedEventSelectors:
        - FieldSelectors:
            - {Field: eventCategory, Equals: [Management]}
            - {Field: eventSource, NotEquals: [kms.amazonaws.com]}
)">,
};

constinit const Rule two_trails_one_group{
    .id = "T209",
    .name = "two-trails-one-group",
    .severity = Severity::warning,
    .effect = Effect::noisy,
    .precision = Precision::likely,
    .is_on = true,
    .since = "0.1.0",
    .summary = "two trails deliver the same events to one log group",
    .finds = "Two trails in scope that record reads and deliver to the same log group, which a filter reads.",
    .harm = "Every read is counted twice: an alarm that wants two of them is raised by one.",
    .decision =
        "Log groups are compared by what they denote; trails that are switched off, record writes only or are not "
        "known in that are left alone. That both deliver each event follows from how trails work and was not seen, "
        "so it is likely.",
    .source = "CloudTrail user guide, \"Sending events to CloudWatch Logs\".",
    .bad = examples::edited<"  Topic:\n", R"(  SecondTrail:
    Type: AWS::CloudTrail::Trail
    DependsOn: TrailBucketPolicy
    Properties:
      S3BucketName: !Ref TrailBucket
      IsLogging: true
      IsMultiRegionTrail: true
      CloudWatchLogsLogGroupArn: !GetAtt TrailLogGroup.Arn
      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn
  Topic:
)">,
    .good = examples::good,
    .check = check_second_trail,
};

constinit const Rule trail_without_log_group{
    .id = "D301",
    .name = "trail-without-log-group",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "the trail delivers to no log group, and a filter waits for its events",
    .finds =
        "The one trail of a template that delivers to S3 alone, beside a filter on a log group of the same template.",
    .harm = "The log group stays empty: no filter sees anything.",
    .decision = "Only where group, filter and trail are all in scope, and no other trail is.",
    .source = groups,
    .bad = examples::edited<"      CloudWatchLogsLogGroupArn: !GetAtt TrailLogGroup.Arn\n", "",
                            "      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn\n", "">,
    .good = examples::good,
    .check = check_filter,
};

constinit const Rule trail_feeds_other_group{
    .id = "D302",
    .name = "trail-feeds-other-group",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "the trail delivers to another log group than the filter reads",
    .finds =
        "The one trail of a template that delivers to another group, beside a filter on a group of the same template.",
    .harm = "The filter's log group stays empty: it sees nothing.",
    .decision =
        "Names, ARNs and references are compared by what they denote; only where group, filter and trail are all in "
        "scope, and no other trail is.",
    .source = groups,
    .bad = examples::edited<"      LogGroupName: !Ref TrailLogGroup", "      LogGroupName: !Ref OtherLogGroup",
                            "  TrailRole:\n", "  OtherLogGroup:\n    Type: AWS::Logs::LogGroup\n  TrailRole:\n">,
    .good = examples::good,
};

constinit const Rule role_trust{
    .id = "D305",
    .name = "role-trust",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "the role of a trail does not let CloudTrail take it on",
    .finds = "A delivery role in scope whose trust policy lacks sts:AssumeRole for cloudtrail.amazonaws.com.",
    .harm = "Nothing is delivered to the log group.",
    .decision = "The trust policy is evaluated as IAM does it.",
    .source = streams,
    .bad = examples::edited<
        "            Principal: {Service: cloudtrail.amazonaws.com}\n            Action: sts:AssumeRole",
        "            Principal: {Service: logs.amazonaws.com}\n            Action: sts:AssumeRole">,
    .good = examples::good,
};

constinit const Rule role_permissions{
    .id = "D306",
    .name = "role-permissions",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "the role of a trail may not write to its log streams",
    .finds =
        "A delivery role in scope that lacks logs:CreateLogStream or logs:PutLogEvents on the streams of the trail's "
        "group.",
    .harm = "Nothing is delivered to the log group.",
    .decision =
        "The role's policies are evaluated for the stream names that CloudTrail uses. It is silent where a managed "
        "policy is attached.",
    .source = streams,
    .bad = examples::edited<"[logs:CreateLogStream, logs:PutLogEvents]", "[logs:CreateLogStream]">,
    .good = examples::good,
};

}  // namespace secretwatch::lint::rules
