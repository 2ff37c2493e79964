#include <algorithm>

#include <fmt/format.h>

#include "plan/builder.h"
#include "plan/names.h"
#include "plan/policies.h"

namespace secretwatch::plan {
namespace {

using stack::Attribute;
using stack::Ref;
using stack::ResourceId;
using stack::Text;
using stack::TextValue;

stack::ParameterId parameter(Builder& b, const model::Endpoint& endpoint) {
  const std::string& name = std::get<model::Parameter>(endpoint.address).name;
  const auto [known, is_new] = b.parameters.emplace(name, stack::ParameterId{});
  if (!is_new) return known->second;
  using Protocol = model::Endpoint::Protocol;
  stack::Parameter asked;
  asked.name = name;
  asked.span = endpoint.span;
  switch (endpoint.protocol) {
    case Protocol::email:
      asked.description = "E-mail address that gets the alerts";
      asked.allowed_pattern = "[^@ ]+@[^@ ]+";
      break;
    case Protocol::sms:
      asked.description = "Phone number that gets the alerts, in E.164 form";
      asked.allowed_pattern = "\\+[1-9][0-9]{1,14}";
      break;
    case Protocol::https:
      asked.description = "URL that the alerts are posted to";
      asked.allowed_pattern = "https://.+";
      asked.secret = true;
      break;
    case Protocol::sqs:
      asked.description = "ARN of the queue that gets the alerts";
      asked.allowed_pattern = "arn:[a-z-]+:sqs:.+";
      break;
    case Protocol::lambda:
      asked.description = "ARN of the function that is called with the alerts";
      asked.allowed_pattern = "arn:[a-z-]+:lambda:.+";
      break;
  }
  known->second = b.stack().add(std::move(asked));
  return known->second;
}

Text address_of(Builder& b, const model::Endpoint& endpoint) {
  if (const auto* const address = std::get_if<std::string>(&endpoint.address)) return Text(*address);
  return Text{parameter(b, endpoint)};
}

void add_subscription(Builder& b, const model::Channel& channel, const model::Endpoint& endpoint, ResourceId topic) {
  const std::string label = subscription_label(channel, endpoint);
  const Text address = address_of(b, endpoint);
  stack::Subscription subscription;
  subscription.topic = Ref{topic, Attribute::arn};
  subscription.protocol = Text(name_of(endpoint.protocol));
  subscription.endpoint = TextValue(address, endpoint.span);
  b.add(label, std::move(subscription), endpoint.span);
  if (endpoint.protocol == model::Endpoint::Protocol::lambda) {
    b.add(label,
          stack::FunctionPermission{TextValue(address), Text("lambda:InvokeFunction"), Text("sns.amazonaws.com"),
                                    TextValue(Ref{topic, Attribute::arn})},
          endpoint.span);
  }
  if (endpoint.protocol == model::Endpoint::Protocol::sqs) {
    b.queue_outputs.push_back({label + "-queue-statement",
                               "Statement that the policy of the queue needs before messages arrive",
                               {TextValue(queue_statement(address, Text{Ref{topic, Attribute::arn}}))}});
  }
}

void add_topic(Builder& b, const model::Channel& channel) {
  stack::Topic topic;
  topic.name = Text(topic_name(b.spec, channel));
  const bool has_sms = std::any_of(channel.endpoints.begin(), channel.endpoints.end(), [](const model::Endpoint& e) {
    return e.protocol == model::Endpoint::Protocol::sms;
  });
  if (has_sms) topic.display_name = Text(b.spec.name);  // SNS asks for one before it sends text messages
  topic.kms_key = b.key_arn();
  topic.tags = b.stack().tags;
  const ResourceId id = b.add(channel.name, std::move(topic), channel.span);
  b.topics.push_back(id);
  const bool takes_notices = b.spec.trail.deliver_to && b.spec.trail.deliver_to->text == channel.name;
  const ResourceId policy =
      b.add(channel.name, stack::TopicPolicy{{Ref{id, Attribute::arn}}, topic_policy(b.spec, id, takes_notices)},
            channel.span);
  if (takes_notices) b.notices_policy = policy;
  for (const model::Endpoint& endpoint : channel.endpoints) add_subscription(b, channel, endpoint, id);
}

}  // namespace

void add_channels(Builder& b) {
  bool has_section = false;
  for (const model::Channel& channel : b.spec.channels) {
    if (!channel.existing_topic.empty()) {
      b.topics.push_back(b.add(
          channel.name,
          stack::External{stack::External::Kind::topic, {}, TextValue(Text(channel.existing_topic), channel.span)},
          channel.span));
      continue;
    }
    if (!has_section) {
      b.begin_section("Messages",
                      "A topic's own policy replaces the default one, so it must say that CloudWatch may publish.");
      has_section = true;
    }
    add_topic(b, channel);
  }
}

}  // namespace secretwatch::plan
