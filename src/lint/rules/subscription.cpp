/// From the topic to its subscribers: does the message get in where it is sent?
#include <algorithm>

#include "chain/reach.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/recipients.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Access;
using chain::KeyUse;
using chain::Link;
using chain::Match;
using chain::Sender;
using chain::World;
using stack::ResourceId;

/// The only one that is certain; nothing: none, or several may be meant.
std::optional<ResourceId> only(const std::vector<Link>& links) {
  if (links.size() != 1 || links.front().match != Match::yes) return std::nullopt;
  return links.front().resource;
}

/// Who sends to a queue or calls a function, as a clause, and where that is said.
struct Sending {
  const Sender& sender;
  std::string who;  // topic 'Alerts'
  Span place;
};

void check_queue(const World& world, ResourceId queue, const Sending& from, Findings& out) {
  const chain::SendAccess access = chain::may_send(world, queue, from.sender);
  if (access.access.verdict == Access::Verdict::denied) {
    const ResourceId blamed = access.has_policy ? access.policy : queue;
    const Span statement = access.access.statement != nullptr ? access.access.statement->span : Span{};
    Finding& finding = out.add(
        sqs_subscription_policy, blamed, statement.is_nowhere() ? world.stack()[blamed].span : statement, "{}",
        access.has_policy
            ? fmt::format("policy '{}' keeps the messages of {} out of queue '{}'", name_of(world, blamed), from.who,
                          name_of(world, queue))
            : fmt::format("queue '{}' takes no messages of {}: it has no policy", name_of(world, queue), from.who));
    finding.relate(from.place, "{} sends to the queue", from.who)
        .note("its policy must let {} do sqs:SendMessage", from.sender.service);
    return;
  }
  const KeyUse use = chain::may_encrypt_queue(world, queue, from.sender);
  if (use.verdict != Access::Verdict::denied) return;
  const auto& body = std::get<stack::Queue>(world.stack()[queue].body);
  const bool is_managed = use.reason == KeyUse::Reason::managed_key;
  Finding& finding = out.add(sqs_subscription_policy, is_managed ? queue : use.key,
                             is_managed ? place_of(world, queue, body.kms_key) : world.stack()[use.key].span,
                             "queue '{}' is encrypted with a key that {} cannot use", name_of(world, queue), from.who);
  finding.relate(from.place, "{} sends to the queue", from.who);
  if (is_managed) {
    finding.note("the policy of alias/aws/sqs cannot be changed and lets no service in: use a customer key");
  } else {
    finding.note("the key must let {} do kms:Decrypt and kms:GenerateDataKey*", from.sender.service);
  }
}

void check_function(const World& world, ResourceId function, const Sending& from, Findings& out) {
  const chain::InvokeAccess access = chain::may_invoke(world, function, from.sender);
  if (access.verdict != Access::Verdict::denied) return;
  Finding& finding =
      out.add(lambda_permission, function, world.stack()[function].span, "function '{}' does not let {} call it: {}",
              name_of(world, function), from.who,
              access.has_permission ? "its permissions are for others" : "it has no permission for anybody");
  finding.relate(from.place, "{} calls the function", from.who);
  if (access.has_permission) finding.relate(world.stack()[access.permission].span, "a permission for something else");
  finding.note("a permission must let {} do lambda:InvokeFunction", from.sender.service);
}

/// Queues and functions that are subscribed to a topic of the stack.
void check_subscribers(const World& world, ResourceId topic, Findings& out) {
  const Sender sender = chain::topic_sender(world, topic);
  for (const Link& link : chain::subscriptions_of(world, topic)) {
    const stack::Resource& resource = world.stack()[link.resource];
    const auto& subscription = std::get<stack::Subscription>(resource.body);
    const auto* const endpoint = world.at(subscription.endpoint);
    if (link.match != Match::yes || endpoint == nullptr) continue;
    const std::optional<std::string> protocol = world.literal(subscription.protocol);
    const Sending from{sender, fmt::format("topic '{}'", name_of(world, topic)), resource.span};
    if (protocol == "sqs") {
      if (const auto queue = only(chain::queues_of(world, world.text(*endpoint))))
        check_queue(world, *queue, from, out);
    } else if (protocol == "lambda") {
      if (const auto function = only(chain::functions_of(world, world.text(*endpoint))))
        check_function(world, *function, from, out);
    }
  }
}

void check(const World& world, ResourceId subject, Findings& out) {
  const auto recipients = recipients_of(world, subject);
  for (const Recipient& recipient : *recipients) {
    const std::string who = fmt::format("{} '{}'", recipient.who, name_of(world, subject));
    if (const auto topic = only(chain::topics_of(world, recipient.arn))) check_subscribers(world, *topic, out);
    if (recipient.has_own_role) continue;
    if (const auto function = only(chain::functions_of(world, recipient.arn)))
      check_function(world, *function, {recipient.caller, who, recipient.place}, out);
    // Alarms do not send to queues.
    const auto queue = recipient.who == "rule" ? only(chain::queues_of(world, recipient.arn)) : std::nullopt;
    if (queue) check_queue(world, *queue, {recipient.sender, who, recipient.place}, out);
  }
}

}  // namespace

constinit const Rule sqs_subscription_policy{
    .id = "N605",
    .name = "sqs-subscription-policy",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a queue does not take the messages of an alarm's topic",
    .finds =
        "A queue in scope that is subscribed to the topic of an alarm on a log or of an event rule for secrets, or is "
        "a "
        "target of such a rule, and whose policy does not let SNS or EventBridge send to it, or whose key they cannot "
        "use.",
    .harm = "The alarm publishes, and nothing arrives in the queue.",
    .decision =
        "Policy and key are evaluated as IAM does it, for the request that the topic makes: service sns.amazonaws.com "
        "with aws:SourceArn. It is silent where the answer depends on what is not known.",
    .source =
        "SNS developer guide, \"Subscribing an Amazon SQS queue to an Amazon SNS topic\"; SQS developer guide, \"Key "
        "management\" (compatibility between event sources and encrypted queues).",
    .bad = examples::edited<"      Protocol: email\n      Endpoint: security@example.com\n", R"(      Protocol: sqs
      Endpoint: !GetAtt Queue.Arn
  Queue:
    Type: AWS::SQS::Queue
)">,
    .good = examples::edited<"      Protocol: email\n      Endpoint: security@example.com\n", R"(      Protocol: sqs
      Endpoint: !GetAtt Queue.Arn
  Queue:
    Type: AWS::SQS::Queue
  QueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: sns.amazonaws.com}
            Action: sqs:SendMessage
            Resource: !GetAtt Queue.Arn
            Condition: {ArnEquals: {aws:SourceArn: !Ref Topic}}
)">,
    .check = check};

constinit const Rule lambda_permission{
    .id = "N606",
    .name = "lambda-permission",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a function does not let the alarm or its topic call it",
    .finds =
        "A function in scope that is subscribed to the topic of an alarm on a log or of an event rule for secrets, or "
        "that these call themselves, without a permission for sns.amazonaws.com, "
        "lambda.alarms.cloudwatch.amazonaws.com or events.amazonaws.com.",
    .harm = "The alarm changes its state, and the function is never called.",
    .decision =
        "All permissions in scope for the function are joined. It is silent where one of them is not known, or names "
        "a version or alias of the function.",
    .source =
        "Lambda developer guide, \"Granting Lambda function access to AWS services\"; CloudWatch user guide, \"Lambda "
        "functions as alarm actions\".",
    .bad = examples::edited<"      Protocol: email\n      Endpoint: security@example.com\n", R"(      Protocol: lambda
      Endpoint: !GetAtt Responder.Arn
  Responder:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/responder
      Code: {ZipFile: 'def handler(event, context): pass'}
)">,
    .good = examples::edited<"      Protocol: email\n      Endpoint: security@example.com\n", R"(      Protocol: lambda
      Endpoint: !GetAtt Responder.Arn
  Responder:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/responder
      Code: {ZipFile: 'def handler(event, context): pass'}
  ResponderPermission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Responder
      Action: lambda:InvokeFunction
      Principal: sns.amazonaws.com
      SourceArn: !Ref Topic
)">};

}  // namespace secretwatch::lint::rules
