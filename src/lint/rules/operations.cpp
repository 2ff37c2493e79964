/// O: quotas, and where a template may be deployed.
#include <algorithm>

#include "base/text.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/links.h"
#include "lint/rules/texts.h"
#include "stack/partition.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Match;
using chain::World;
using stack::MetricFilter;
using stack::ResourceId;
using stack::Stack;
using stack::Text;

// --- O701 ---

constexpr std::size_t most_filters = 100;  // of a log group; cannot be raised

/// The filter that is one too many for its log group, whether the group is in scope or not.
void check_filters_of_group(const World& world, ResourceId subject, Findings& out) {
  const Stack& stack = world.stack();
  const auto* const filter = std::get_if<MetricFilter>(&stack[subject].body);
  const std::vector<ResourceId>& filters = stack.ids<MetricFilter>();
  if (filter == nullptr || filters.size() <= most_filters || subject < filters[most_filters]) return;
  const Text group = chain::log_group_of(world, subject);
  std::size_t before = 0;
  for (const ResourceId id : filters) {
    if (id >= subject || before > most_filters) break;
    // One that is there under a condition may not be meant to be there with the others.
    if (stack[id].presence) continue;
    if (chain::is_same_place(world, stack[id].scope, stack[subject].scope) != Match::yes) continue;
    if (chain::is_same(chain::log_group_of(world, id), group) == Match::yes) ++before;
  }
  if (before != most_filters) return;
  out.add(filters_per_group_quota, subject, place_of(world, subject, std::optional(filter->log_group)),
          "filter '{}' is the {}st of its log group, which can have {}", name_of(world, subject), most_filters + 1,
          most_filters);
}

// --- O711 ---

/// Why an ARN that begins with `arn:aws:` is none; empty: it may be one.
std::string fault_of(std::string_view literal, const std::optional<std::string>& region) {
  constexpr std::string_view beginning = "arn:aws:";
  const std::size_t at = literal.find(beginning);
  if (at == std::string_view::npos) return {};
  // arn:aws:SERVICE:REGION:…
  const std::string_view rest = literal.substr(at + beginning.size());
  const std::size_t service = rest.find(':');
  const std::string_view named = service == std::string_view::npos
                                     ? std::string_view()
                                     : rest.substr(service + 1, rest.find(':', service + 1) - service - 1);
  if (stack::partition_of(named).name != "aws")
    return fmt::format("region '{}' is in partition '{}'", named, stack::partition_of(named).name);
  if (region && stack::partition_of(*region).name != "aws" && named.empty())
    return fmt::format("it is made in '{}', which is in partition '{}'", *region, stack::partition_of(*region).name);
  return {};
}

void check_partition(const World& world, ResourceId subject, Findings& out) {
  const stack::Resource& resource = world.stack()[subject];
  const auto region = world.stack().scopes.at(resource.scope).region.literal();
  for (const Told& told : texts_of(resource.body)) {
    const Text* const text = told.value->get();
    if (text == nullptr || told.property == "description") continue;
    for (const stack::Part& part : text->parts()) {
      const auto* const literal = std::get_if<std::string>(&part);
      const std::string fault = literal == nullptr ? std::string() : fault_of(*literal, region);
      if (fault.empty() || !is_so(world, told)) continue;
      out.add(partition_hardcoded, subject, told.span().is_nowhere() ? resource.span : told.span(),
              "'{}' is told an ARN of partition 'aws': {}", name_of(world, subject), fault)
          .note("'${{AWS::Partition}}' (Terraform: data.aws_partition) is right everywhere");
      return;
    }
  }
}

}  // namespace

constinit const Rule filters_per_group_quota{
    .id = "O701",
    .name = "filters-per-group-quota",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a log group has more than 100 metric filters",
    .finds = "The 101st filter in scope of one log group. Filters that are there under a condition are not counted.",
    .harm = "CloudWatch Logs refuses it, and the quota cannot be raised.",
    .decision = "Log groups are compared by what they denote, and only filters in scope are counted.",
    .source = "CloudWatch Logs user guide, \"CloudWatch Logs quotas\".",
    .check = check_filters_of_group};

constinit const Rule partition_hardcoded{
    .id = "O711",
    .name = "partition-hardcoded",
    .severity = Severity::warning,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "an ARN names the partition `aws` in a region of another one",
    .finds =
        "`arn:aws:` in what is deployed to GovCloud, China, the European Sovereign Cloud or another partition, and in "
        "ARNs that name a region of theirs.",
    .harm = "There is no such resource: links are broken, and policies let nobody in.",
    .decision =
        "By the text, where the region is known: from `--region`, the provider, the assembly, or the ARN itself. One "
        "finding for each resource.",
    .source = "IAM user guide, \"Amazon Resource Names (ARNs)\"; AWS SDK endpoint metadata, partitions.",
    .bad = examples::edited<"      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn\n",
                            "      CloudWatchLogsRoleArn: arn:aws:iam:cn-north-1:123456789012:role/delivery\n">,
    .good = examples::good,
    .check = check_partition};

}  // namespace secretwatch::lint::rules
