#include "load/kinds.h"

#include <algorithm>

#include "base/text.h"

namespace secretwatch::load {
namespace {

template <class Body>
constexpr Kind kind(std::string_view type) {
  return {type, [] { return stack::Body(Body{}); },
          [](const Properties& properties, stack::Body& body) { read(properties, std::get<Body>(body)); }};
}

constexpr Kind kinds[] = {
    kind<stack::Bucket>("AWS::S3::Bucket"),
    kind<stack::BucketPolicy>("AWS::S3::BucketPolicy"),
    kind<stack::Trail>("AWS::CloudTrail::Trail"),
    kind<stack::LogGroup>("AWS::Logs::LogGroup"),
    kind<stack::MetricFilter>("AWS::Logs::MetricFilter"),
    kind<stack::SubscriptionFilter>("AWS::Logs::SubscriptionFilter"),
    kind<stack::LogResourcePolicy>("AWS::Logs::ResourcePolicy"),
    kind<stack::Role>("AWS::IAM::Role"),
    kind<stack::Alarm>("AWS::CloudWatch::Alarm"),
    kind<stack::CompositeAlarm>("AWS::CloudWatch::CompositeAlarm"),
    kind<stack::LogAlarm>("AWS::CloudWatch::LogAlarm"),
    kind<stack::MuteRule>("AWS::CloudWatch::AlarmMuteRule"),
    kind<stack::EventRule>("AWS::Events::Rule"),
    kind<stack::Topic>("AWS::SNS::Topic"),
    kind<stack::TopicPolicy>("AWS::SNS::TopicPolicy"),
    kind<stack::TopicPolicy>("AWS::SNS::TopicInlinePolicy"),
    kind<stack::Subscription>("AWS::SNS::Subscription"),
    kind<stack::ChatChannel>("AWS::Chatbot::SlackChannelConfiguration"),
    kind<stack::ChatChannel>("AWS::Chatbot::MicrosoftTeamsChannelConfiguration"),
    kind<stack::Queue>("AWS::SQS::Queue"),
    kind<stack::QueuePolicy>("AWS::SQS::QueuePolicy"),
    kind<stack::QueuePolicy>("AWS::SQS::QueueInlinePolicy"),
    kind<stack::Function>("AWS::Lambda::Function"),
    kind<stack::Function>("AWS::Serverless::Function"),
    kind<stack::FunctionPermission>("AWS::Lambda::Permission"),
    kind<stack::Key>("AWS::KMS::Key"),
    kind<stack::KeyAlias>("AWS::KMS::Alias"),
    kind<stack::Secret>("AWS::SecretsManager::Secret"),
    kind<stack::SecretPolicy>("AWS::SecretsManager::ResourcePolicy"),
    kind<stack::SecretRotation>("AWS::SecretsManager::RotationSchedule"),
    kind<stack::NestedStack>("AWS::CloudFormation::Stack"),
    kind<stack::NestedStack>("AWS::CloudFormation::StackSet"),
    kind<stack::NestedStack>("AWS::Serverless::Application"),
};

}  // namespace

const Kind* find_kind(std::string_view type) {
  const auto* const found =
      std::find_if(std::begin(kinds), std::end(kinds), [&](const Kind& each) { return each.type == type; });
  return found == std::end(kinds) ? nullptr : found;
}

std::string_view find_type_written(std::string_view name) {
  const std::string plain = plain_form(name);
  for (const Kind& each : kinds)
    if (plain_form(each.type) == plain) return each.type;
  return {};
}

}  // namespace secretwatch::load
