#include "stack/stack.h"

#include <algorithm>

namespace secretwatch::stack {
namespace {

struct KindName {
  std::string_view operator()(const Bucket&) const { return "bucket"; }
  std::string_view operator()(const BucketPolicy&) const { return "bucket policy"; }
  std::string_view operator()(const Trail&) const { return "trail"; }
  std::string_view operator()(const LogGroup&) const { return "log group"; }
  std::string_view operator()(const Role&) const { return "role"; }
  std::string_view operator()(const MetricFilter&) const { return "metric filter"; }
  std::string_view operator()(const Alarm&) const { return "alarm"; }
  std::string_view operator()(const Topic&) const { return "topic"; }
  std::string_view operator()(const TopicPolicy&) const { return "topic policy"; }
  std::string_view operator()(const Subscription&) const { return "subscription"; }
  std::string_view operator()(const Key&) const { return "key"; }
  std::string_view operator()(const KeyAlias&) const { return "key alias"; }
  std::string_view operator()(const Secret&) const { return "secret"; }
  std::string_view operator()(const FunctionPermission&) const { return "function permission"; }
  std::string_view operator()(const External&) const { return "external"; }
  std::string_view operator()(const CompositeAlarm&) const { return "composite alarm"; }
  std::string_view operator()(const LogAlarm&) const { return "log alarm"; }
  std::string_view operator()(const MuteRule&) const { return "mute rule"; }
  std::string_view operator()(const EventRule&) const { return "event rule"; }
  std::string_view operator()(const SecretPolicy&) const { return "secret policy"; }
  std::string_view operator()(const SecretRotation&) const { return "secret rotation"; }
  std::string_view operator()(const Queue&) const { return "queue"; }
  std::string_view operator()(const QueuePolicy&) const { return "queue policy"; }
  std::string_view operator()(const Function&) const { return "function"; }
  std::string_view operator()(const LogResourcePolicy&) const { return "log resource policy"; }
  std::string_view operator()(const SubscriptionFilter&) const { return "subscription filter"; }
  std::string_view operator()(const ChatChannel&) const { return "chat channel"; }
  std::string_view operator()(const NestedStack&) const { return "nested stack"; }
  std::string_view operator()(const Other&) const { return "other"; }
};

struct IdentifierSuffix {
  std::string_view operator()(const Bucket&) const { return "Bucket"; }
  std::string_view operator()(const BucketPolicy&) const { return "BucketPolicy"; }
  std::string_view operator()(const Trail&) const { return ""; }
  std::string_view operator()(const LogGroup&) const { return "LogGroup"; }
  std::string_view operator()(const Role&) const { return "Role"; }
  std::string_view operator()(const MetricFilter&) const { return "Filter"; }
  std::string_view operator()(const Alarm&) const { return "Alarm"; }
  std::string_view operator()(const Topic&) const { return "Topic"; }
  std::string_view operator()(const TopicPolicy&) const { return "TopicPolicy"; }
  std::string_view operator()(const Subscription&) const { return "Subscription"; }
  std::string_view operator()(const Key&) const { return ""; }
  std::string_view operator()(const KeyAlias&) const { return "Alias"; }
  std::string_view operator()(const Secret&) const { return "Secret"; }
  std::string_view operator()(const FunctionPermission&) const { return "Permission"; }
  std::string_view operator()(const External&) const { return ""; }
  std::string_view operator()(const ReadOnly auto&) const { return ""; }
};

}  // namespace

std::string_view kind_of(const Body& body) {
  return std::visit(KindName{}, body);
}

std::string_view identifier_suffix(const Body& body) {
  return std::visit(IdentifierSuffix{}, body);
}

Attribute meaning_of(const Body& body, Attribute attribute) {
  if (attribute != Attribute::id || std::holds_alternative<Key>(body)) return attribute;
  const bool is_arn = std::holds_alternative<Topic>(body) || std::holds_alternative<Secret>(body);
  return is_arn ? Attribute::arn : Attribute::name;
}

const Document* Document::find(std::string_view name) const {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return &parts[i];
  return nullptr;
}

void Stack::expect(std::size_t more) {
  const std::size_t wanted = resources_.size() + more;
  if (wanted > resources_.capacity()) resources_.reserve(std::max(wanted, 2 * resources_.size()));
}

ResourceId Stack::add(Resource resource) {
  const auto id = static_cast<ResourceId>(resources_.size());
  by_kind_[resource.body.index()].push_back(id);
  resources_.push_back(std::move(resource));
  return id;
}

ParameterId Stack::add(Parameter parameter) {
  parameters.push_back(std::move(parameter));
  return static_cast<ParameterId>(parameters.size() - 1);
}

ConditionId Stack::add(Condition condition) {
  conditions.push_back(std::move(condition));
  return static_cast<ConditionId>(conditions.size() - 1);
}

}  // namespace secretwatch::stack
