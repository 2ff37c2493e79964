/// Subscriptions of an alarm's topic: is there somebody at the endpoint, and does the message get as far?
#include <algorithm>
#include <array>

#include "base/text.h"
#include "chain/alarm_kinds.h"
#include "chain/secret_events.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/recipients.h"

namespace secretwatch::lint::rules {
namespace {

using chain::EventValue;
using chain::Link;
using chain::Match;
using chain::World;
using stack::ResourceId;
using stack::Subscription;
using stack::Text;
using stack::TextValue;

/// Calls judge(id, Subscription) for each that certainly gets what an alarm or event rule sends.
template <class Judge>
void each_subscription(const World& world, ResourceId sender, Judge judge) {
  const auto recipients = recipients_of(world, sender);
  for (const Recipient& recipient : *recipients)
    for (const Link& link : chain::subscriptions_to(world, recipient.arn))
      if (link.match == Match::yes) judge(link.resource, std::get<Subscription>(world.stack()[link.resource].body));
}

bool is_one_of(const std::optional<std::string>& protocol, std::initializer_list<std::string_view> protocols) {
  return protocol && std::find(protocols.begin(), protocols.end(), *protocol) != protocols.end();
}

// --- whether somebody is there ---

void check_confirmation(const World& world, ResourceId subject, Findings& out) {
  // A spec asks for the people it names.
  if (!world.stack().spec_hash.empty()) return;
  each_subscription(world, subject, [&](ResourceId id, const Subscription& subscription) {
    const std::optional<std::string> protocol = world.literal(subscription.protocol);
    if (is_one_of(protocol, {"email", "email-json", "http", "https"}))
      out.add(subscription_needs_confirmation, id, place_of(world, id, subscription.endpoint),
              "subscription '{}' gets nothing until it is confirmed at the other end", name_of(world, id));
  });
}

void check_plain_http(const World& world, ResourceId subject, Findings& out) {
  each_subscription(world, subject, [&](ResourceId id, const Subscription& subscription) {
    if (world.literal(subscription.protocol) == "http")
      out.add(http_endpoint, id, place_of(world, id, subscription.protocol),
              "subscription '{}' sends messages over http, which everyone on the way can read", name_of(world, id));
  });
}

/// What keeps an endpoint from being one of its protocol, as a clause; "": nothing, or it is not known.
std::string fault_of_address(std::string_view protocol, const std::string& endpoint) {
  const auto has = [&endpoint](std::string_view what) { return endpoint.find(what) != std::string::npos; };
  if (protocol == "email" || protocol == "email-json") return has("@") ? "" : "it is no mail address";
  if (protocol == "http") return endpoint.starts_with("http://") ? "" : "it does not begin with 'http://'";
  if (protocol == "https") return endpoint.starts_with("https://") ? "" : "it does not begin with 'https://'";
  if (protocol != "sms") return {};
  constexpr int most_digits = 15;
  const auto digits = std::count_if(endpoint.begin(), endpoint.end(), is_digit);
  const bool is_number = std::all_of(endpoint.begin(), endpoint.end(), [](char c) {
    return is_digit(c) || std::string_view("+-(). ").find(c) != std::string_view::npos;
  });
  return is_number && digits > 0 && digits <= most_digits ? "" : "it is no phone number (+12065550100)";
}

std::string fault_of_resource(const World& world, std::string_view protocol, const Text& endpoint) {
  if (endpoint.parts().empty()) return {};
  const stack::Part& first = endpoint.parts().front();
  if (const auto* const ref = std::get_if<stack::Ref>(&first); ref != nullptr && endpoint.parts().size() == 1) {
    const stack::Body& body = world.stack()[ref->target].body;
    const bool is_named = std::holds_alternative<stack::Queue>(body) || std::holds_alternative<stack::Function>(body);
    const bool is_name = stack::meaning_of(body, ref->attribute) == stack::Attribute::name;
    return is_named && is_name ? fmt::format("what names '{}' here is not its ARN", name_of(world, ref->target)) : "";
  }
  const auto* const literal = std::get_if<std::string>(&first);
  if (literal == nullptr) return {};
  if (!literal->starts_with("arn:")) {
    const bool may_begin_one = std::string_view("arn:").starts_with(*literal) && endpoint.parts().size() > 1;
    return may_begin_one ? "" : "it is no ARN";
  }
  const std::optional<std::string> whole = endpoint.literal();
  if (!whole) return {};
  const std::size_t service = whole->find(':', 4);
  const bool is_of_service =
      service != std::string::npos && whole->compare(service + 1, protocol.size(), protocol) == 0;
  return is_of_service ? "" : fmt::format("it is an ARN of something else than {}", protocol);
}

void check_endpoint(const World& world, ResourceId subject, Findings& out) {
  each_subscription(world, subject, [&](ResourceId id, const Subscription& subscription) {
    const std::optional<std::string> protocol = world.literal(subscription.protocol);
    const TextValue* const endpoint = world.at(subscription.endpoint);
    if (!protocol || endpoint == nullptr) return;
    const std::optional<std::string> literal = world.literal(*endpoint);
    // Nothing at all, and what looks like a reference, are told of elsewhere.
    if (literal == "" || (literal && literal->find_first_of("${") != std::string::npos)) return;
    const bool is_resource = is_one_of(protocol, {"sqs", "lambda", "firehose"});
    const std::string fault = is_resource ? fault_of_resource(world, *protocol, world.text(*endpoint))
                              : literal   ? fault_of_address(*protocol, *literal)
                                          : std::string();
    if (fault.empty()) return;
    Finding& finding = out.add(endpoint_protocol_mismatch, id, place_of(world, id, subscription.endpoint),
                               "subscription '{}' cannot be made for '{}': {}", name_of(world, id), *protocol, fault);
    if (endpoint->known() != nullptr && endpoint->known()->origin == stack::Origin::parameter_default)
      finding.likely().note("it is the default of a parameter, which may stand for another value");
  });
}

// --- whether the message gets as far ---

void check_filter_policy(const World& world, ResourceId subject, Findings& out) {
  if (!chain::any_alarm(world.stack()[subject].body)) return;
  each_subscription(world, subject, [&](ResourceId id, const Subscription& subscription) {
    if (!subscription.filter_policy || world.is_open(subscription.filter_policy_scope)) return;
    const bool is_about_body = world.literal(subscription.filter_policy_scope) == "MessageBody";
    EventValue attributes;
    attributes.kind = EventValue::Kind::object;
    const EventValue message = is_about_body ? chain::alarm_message(world, subject) : attributes;
    if (chain::fits_event(world, *subscription.filter_policy, message) != Match::no) return;
    const Span place = subscription.filter_policy->span;
    Finding& finding =
        out.add(filter_policy_blocks, id, place.is_nowhere() ? world.stack()[id].span : place,
                "the filter policy of subscription '{}' lets no message of an alarm pass: {}", name_of(world, id),
                is_about_body ? "its body is another" : "it asks for attributes of the message, and alarms send none");
    if (!is_about_body) finding.note("with 'FilterPolicyScope: MessageBody' it looks into the message");
  });
}

bool is_fifo(const World& world, const stack::Topic& topic) {
  const bool* const fifo = world.known(topic.fifo);
  return (fifo != nullptr && *fifo) || world.literal(topic.name).value_or("").ends_with(".fifo");
}

void check_fifo(const World& world, ResourceId subject, Findings& out) {
  const auto recipients = recipients_of(world, subject);
  for (const Recipient& recipient : *recipients)
    for (const Link& link : chain::topics_of(world, recipient.arn)) {
      const auto& topic = std::get<stack::Topic>(world.stack()[link.resource].body);
      if (link.match != Match::yes || !is_fifo(world, topic)) continue;
      for (const Link& each : chain::subscriptions_of(world, link.resource)) {
        const auto& subscription = std::get<Subscription>(world.stack()[each.resource].body);
        const std::optional<std::string> protocol = world.literal(subscription.protocol);
        if (each.match != Match::yes ||
            !is_one_of(protocol, {"email", "email-json", "sms", "http", "https", "lambda", "application"}))
          continue;
        out.add(topic_fifo, link.resource, world.stack()[link.resource].span,
                "topic '{}' is a FIFO topic: it cannot send to '{}'", name_of(world, link.resource), *protocol)
            .relate(world.stack()[each.resource].span, "subscription '{}' asks for that",
                    name_of(world, each.resource));
        break;
      }
    }
}

constexpr std::string_view subscribe =
    "SNS API reference, Subscribe, Protocol and Endpoint; SNS developer guide, \"Confirming a subscription\".";

}  // namespace

constinit const Rule subscription_needs_confirmation{
    .id = "N602",
    .name = "subscription-needs-confirmation",
    .severity = Severity::note,
    .effect = Effect::partial,
    .is_on = false,
    .since = "0.1.0",
    .summary = "a subscription gets nothing until somebody confirms it",
    .finds = "Subscriptions of an alarm's topic by mail, http or https.",
    .harm = "The link in the message of confirmation is good for a few days; unconfirmed, nothing is ever delivered.",
    .decision = "By the protocol. It speaks only when it is asked for, since no template can confirm a subscription.",
    .source = subscribe,
    .check = check_confirmation};

constinit const Rule endpoint_protocol_mismatch{
    .id = "N603",
    .name = "endpoint-protocol-mismatch",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "the endpoint of a subscription is none of its protocol",
    .finds =
        "Subscriptions of an alarm's topic by mail without a mail address, by https without such a URL, by sms without "
        "a phone number, to a queue or function without its ARN.",
    .harm = "SNS refuses the subscription.",
    .decision = "By the value, where it is known. That of a parameter's default is told of as likely.",
    .source = subscribe,
    .bad = examples::edited<"Endpoint: security@example.com", "Endpoint: https://example.com/alerts">,
    .good = examples::good,
    .check = check_endpoint};

constinit const Rule filter_policy_blocks{
    .id = "N604",
    .name = "filter-policy-blocks",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .precision = Precision::likely,
    .since = "0.1.0",
    .summary = "the filter policy of a subscription lets no alarm pass",
    .finds =
        "Filter policies on message attributes, which is their scope unless another is written, and policies on the "
        "body that no message of an alarm fits.",
    .harm = "The alarm publishes, and SNS drops the message for this subscriber.",
    .decision =
        "The policy is evaluated against a message without attributes, or against the body that an alarm sends, in "
        "which what is not known decides nothing. That alarms send no attributes is documented by example only.",
    .source =
        "SNS developer guide, \"Amazon SNS subscription filter policies\"; CloudWatch user guide, \"Notifying users on "
        "alarm changes\".",
    .bad = examples::edited<"      Endpoint: security@example.com\n", R"(      Endpoint: security@example.com
      FilterPolicy: {severity: [high]}
)">,
    .good = examples::edited<"      Endpoint: security@example.com\n", R"(      Endpoint: security@example.com
      FilterPolicyScope: MessageBody
      FilterPolicy: {NewStateValue: [ALARM]}
)">,
    .check = check_filter_policy};

constinit const Rule topic_fifo{
    .id = "N616",
    .name = "topic-fifo",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a FIFO topic cannot send mail",
    .finds = "FIFO topics of an alarm with subscriptions by mail, sms, http or to a function.",
    .harm = "FIFO topics deliver to queues only: SNS refuses those subscriptions.",
    .decision = "By the topic's settings and the protocols of its subscriptions, where they are known.",
    .source = "SNS developer guide, \"Message delivery for FIFO topics\".",
    .bad = examples::edited<"    Type: AWS::SNS::Topic\n",
                            "    Type: AWS::SNS::Topic\n    Properties: {TopicName: alerts.fifo, FifoTopic: true}\n">,
    .good = examples::good,
    .check = check_fifo};

constinit const Rule http_endpoint{
    .id = "N622",
    .name = "http-endpoint",
    .severity = Severity::warning,
    .effect = Effect::hygiene,
    .since = "0.1.0",
    .summary = "alarms are sent over plain http",
    .finds = "Subscriptions of an alarm's topic with protocol http.",
    .harm = "Who reads which secret, and when, can be read by everyone on the way.",
    .decision = "By the protocol, where it is known.",
    .source = "SNS developer guide, \"Amazon SNS security best practices\", use HTTPS.",
    .bad = examples::edited<"Protocol: email\n      Endpoint: security@example.com",
                            "Protocol: http\n      Endpoint: http://alerts.example.com/">,
    .good = examples::edited<"Protocol: email\n      Endpoint: security@example.com",
                             "Protocol: https\n      Endpoint: https://alerts.example.com/">,
    .check = check_plain_http};

}  // namespace secretwatch::lint::rules
