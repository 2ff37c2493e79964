#pragma once
/// Kinds: which types of CloudFormation's resources the stack has a struct for, and how each is read.
#include <string_view>

#include "load/properties.h"

namespace secretwatch::load {

struct Kind {
  std::string_view type;  // AWS::SNS::Topic
  stack::Body (*empty)();
  void (*read)(const Properties& properties, stack::Body& body);
};

/// null: a type that nobody here looks into.
const Kind* find_kind(std::string_view type);
/// The type that is spelled so but for case and punctuation: "aws_sns_topic" → "AWS::SNS::Topic"; empty: none.
std::string_view find_type_written(std::string_view name);

// One reader for each kind, in the files of the part of the chain that it belongs to.
void read(const Properties& p, stack::Bucket& bucket);
void read(const Properties& p, stack::BucketPolicy& policy);
void read(const Properties& p, stack::Trail& trail);
void read(const Properties& p, stack::LogGroup& group);
void read(const Properties& p, stack::Role& role);
void read(const Properties& p, stack::MetricFilter& filter);
void read(const Properties& p, stack::SubscriptionFilter& filter);
void read(const Properties& p, stack::LogResourcePolicy& policy);
void read(const Properties& p, stack::Alarm& alarm);
void read(const Properties& p, stack::CompositeAlarm& alarm);
void read(const Properties& p, stack::LogAlarm& alarm);
void read(const Properties& p, stack::MuteRule& rule);
void read(const Properties& p, stack::EventRule& rule);
void read(const Properties& p, stack::Topic& topic);
void read(const Properties& p, stack::TopicPolicy& policy);
void read(const Properties& p, stack::Subscription& subscription);
void read(const Properties& p, stack::ChatChannel& channel);
void read(const Properties& p, stack::Queue& queue);
void read(const Properties& p, stack::QueuePolicy& policy);
void read(const Properties& p, stack::Function& function);
void read(const Properties& p, stack::FunctionPermission& permission);
void read(const Properties& p, stack::Key& key);
void read(const Properties& p, stack::KeyAlias& alias);
void read(const Properties& p, stack::Secret& secret);
void read(const Properties& p, stack::SecretPolicy& policy);
void read(const Properties& p, stack::SecretRotation& rotation);
void read(const Properties& p, stack::NestedStack& nested);

}  // namespace secretwatch::load
