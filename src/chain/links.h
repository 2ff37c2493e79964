#pragma once
/// Links: which part of a stack feeds which, from the trail to the subscription, in one world.
///
///     trail -> log group -> metric filter -> metric -> alarm -> topic -> subscription
///
///     for (const Link& link : filters_of(world, reading)) …      // the filters that feed what an alarm reads
///
/// Each link says whether it is certain. Names are compared as what they denote, so that a reference, a name and an ARN
/// of the same thing are the same. Sources: CloudFormation and Terraform reference pages of the properties named.
#include <optional>
#include <string>
#include <vector>

#include "chain/text_match.h"
#include "chain/world.h"

namespace secretwatch::chain {

struct Link {
  stack::ResourceId resource{};
  Match match = Match::yes;  // yes or maybe
};

/// A metric that an alarm reads, its own or one of its metric math.
struct Reading {
  const stack::OptionalText* metric_namespace = nullptr;
  const stack::OptionalText* metric_name = nullptr;
  const stack::OptionalText* statistic = nullptr;
  const stack::OptionalInteger* period_seconds = nullptr;
  const stack::OptionalText* unit = nullptr;
  const std::vector<stack::Dimension>* dimensions = nullptr;
  const stack::MetricQuery* query = nullptr;  // null: the alarm's own
  std::optional<std::size_t> scope{};         // the alarm's, whose metrics it sees; absent: metrics of any place
};

/// What an alarm reads, where it is; nothing of a resource that is no alarm on metrics.
std::vector<Reading> readings_of(const World& world, stack::ResourceId alarm);
/// The same, wherever it is.
std::vector<Reading> readings_of(const World& world, const stack::Alarm& alarm);

/// The name of the log group that a trail delivers to; nothing: it delivers to none.
std::optional<stack::Text> log_group_of(const World& world, const stack::Trail& trail);
/// The name of the log group that a metric filter reads.
stack::Text log_group_of(const World& world, stack::ResourceId filter);
/// A log group's name, from a name or an ARN.
stack::Text log_group_name(const stack::Text& name_or_arn);

/// Are these the names of one thing?
Match is_same(const stack::Text& a, const stack::Text& b);
/// Do two resources live in one account and region? Those of two providers are not known to share an account.
Match is_same_place(const World& world, std::size_t scope, std::size_t other_scope);

std::vector<Link> trails_of(const World& world, stack::ResourceId filter);
std::vector<Link> filters_of(const World& world, const Reading& reading);
std::vector<Link> alarms_of(const World& world, stack::ResourceId filter);
/// The filters whose metrics may have this name, whether they are there or not; in order.
std::vector<stack::ResourceId> filters_by_metric_name(const World& world, const stack::TextValue& name);
/// The topics of the stack (existing ones too) that an action, a trail or a target publishes to: at most one is
/// certain.
std::vector<Link> topics_of(const World& world, const stack::TextValue& arn);
std::vector<Link> topics_of(const World& world, const stack::Text& arn);
std::vector<Link> policies_of(const World& world, stack::ResourceId topic);
std::vector<Link> subscriptions_of(const World& world, stack::ResourceId topic);
/// Those of any topic that this ARN names, in the stack or not.
std::vector<Link> subscriptions_to(const World& world, const stack::Text& topic);
/// The queues of the stack that an ARN names, the policies that stand on one.
std::vector<Link> queues_of(const World& world, const stack::Text& arn);
std::vector<Link> queue_policies_of(const World& world, stack::ResourceId queue);
/// The functions of the stack that an ARN or a name names, the permissions to call one.
std::vector<Link> functions_of(const World& world, const stack::Text& arn_or_name);
std::vector<Link> permissions_of(const World& world, stack::ResourceId function);
/// The key of the stack that an ARN, id or alias names.
std::vector<Link> keys_of(const World& world, const stack::Text& key);
std::vector<Link> roles_of(const World& world, const stack::Text& arn);
/// Of a place, since each has groups of its own: a scope, as a position in the stack.
std::vector<Link> log_groups_of(const World& world, const stack::Text& name, std::size_t scope);

}  // namespace secretwatch::chain
