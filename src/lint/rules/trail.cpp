/// T: the trail that records reads.
#include "lint/rules/catalogue.h"
#include "lint/rules/example.h"
#include "lint/rules/links.h"

namespace secretwatch::lint::rules {
namespace {

void check_trail_not_logging(const chain::World& world, stack::ResourceId subject, Findings& out) {
  const auto* const trail = std::get_if<stack::Trail>(&world.stack()[subject].body);
  if (trail == nullptr) return;
  const bool* const is_logging = world.known(trail->is_logging);
  if (is_logging == nullptr || *is_logging) return;
  const stack::Resource* starved = nullptr;
  world.stack().each<stack::MetricFilter>([&](const stack::Resource& resource, const stack::MetricFilter& filter) {
    if (starved == nullptr && world.is_there(resource.presence) && feeds(world, *trail, filter) == chain::Match::yes)
      starved = &resource;
  });
  if (starved == nullptr) return;
  out.add(trail_not_logging, subject, place_of(world, subject, trail->is_logging), "trail '{}' records nothing",
          name_of(world, subject))
      .relate(starved->span, "this filter waits for its events");
}

constexpr std::string_view trail_head = R"(  TrailLogs:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: cloudtrail
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      S3BucketName: trail-files-111122223333
      IsMultiRegionTrail: true
      CloudWatchLogsLogGroupArn: !GetAtt TrailLogs.Arn
      CloudWatchLogsRoleArn: arn:aws:iam::111122223333:role/trail-to-logs
)";
constexpr std::string_view filter_on_it = R"(Resources:
  ReadFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref TrailLogs
      FilterPattern: >-
        { ($.eventSource = "secretsmanager.amazonaws.com") &&
        (($.eventName = "GetSecretValue") || ($.eventName = "BatchGetSecretValue")) }
      MetricTransformations:
        - MetricNamespace: Security
          MetricName: SecretReads
          MetricValue: "1"
)";
constexpr std::string_view stopped = "      IsLogging: false\n";
constexpr std::string_view started = "      IsLogging: true\n";

}  // namespace

constinit const Rule trail_not_logging{
    .id = "T202",
    .name = "trail-not-logging",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a trail that a filter depends on is switched off",
    .finds =
        "`IsLogging: false` (Terraform: `enable_logging = false`) on a trail whose log group a metric filter "
        "reads. Trails that nothing here depends on are left alone.",
    .harm = "The trail exists and records no events: the filter counts nothing and the alarm never fires.",
    .decision = "By the value, where it is known, and the log group, where it is certainly the same.",
    .source = "CloudFormation resource reference, AWS::CloudTrail::Trail, IsLogging.",
    .bad = joined<filter_on_it, read_alarm, told, trail_head, stopped>,
    .good = joined<filter_on_it, read_alarm, told, trail_head, started>,
    .check = check_trail_not_logging};

}  // namespace secretwatch::lint::rules
