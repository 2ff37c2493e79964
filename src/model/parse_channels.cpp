#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.h"
#include "model/codes.h"
#include "model/parts.h"
#include "model/reader.h"
#include "model/values.h"

namespace secretwatch::model {
namespace {

using Protocol = Endpoint::Protocol;

constexpr Protocol protocols[] = {Protocol::email, Protocol::sms, Protocol::https, Protocol::sqs, Protocol::lambda};

std::string problem_with_queue(std::string_view arn) {
  std::string problem = problem_with_arn(arn, "sqs", "", "arn:aws:sqs:us-east-2:123456789012:QUEUE");
  if (!problem.empty()) return problem;
  if (arn.ends_with(".fifo")) return "is a FIFO queue, which cannot subscribe to a standard topic";
  return {};
}

std::string problem_with_function(std::string_view arn) {
  const std::string_view example = "arn:aws:lambda:us-east-2:123456789012:function:NAME";
  std::string problem = problem_with_arn(arn, "lambda", "function:", example);
  if (!problem.empty()) return problem;
  // Lambda, AddPermission: "does not support adding policies to version $LATEST".
  if (arn.ends_with(":$LATEST")) return "names the version $LATEST, which takes no permission; leave ':$LATEST' away";
  const std::string_view name = arn.substr(arn.find(":function:") + std::string_view(":function:").size());
  const bool fine = std::count(name.begin(), name.end(), ':') <= 1 && name.front() != ':' && name.back() != ':' &&
                    name.find_first_of("/+=,.@$") == std::string_view::npos;
  return fine ? std::string() : fmt::format("is not an ARN such as '{}'", example);
}

std::string problem_with_topic(std::string_view arn) {
  return problem_with_arn(arn, "sns", "", "arn:aws:sns:us-east-2:123456789012:TOPIC");
}

std::string problem_with_address(Protocol protocol, std::string_view address) {
  switch (protocol) {
    case Protocol::email:
      return problem_with_email(address);
    case Protocol::sms:
      return problem_with_phone_number(address);
    case Protocol::https:
      return problem_with_https_url(address);
    case Protocol::sqs:
      return problem_with_queue(address);
    case Protocol::lambda:
      return problem_with_function(address);
  }
  return {};
}

/// What an address of the wrong kind was probably meant for.
std::string_view key_for(std::string_view address) {
  if (problem_with_email(address).empty()) return "email";
  if (problem_with_phone_number(address).empty()) return "sms";
  if (address.starts_with("https://") || address.starts_with("http://")) return "https";
  const auto arn = parse_arn(address);
  if (!arn) return {};
  return arn->service == "sqs" ? "sqs" : arn->service == "lambda" ? "lambda" : arn->service == "sns" ? "topic" : "";
}

std::optional<Endpoint> parse_endpoint(const doc::Node& node, Protocol protocol, Diagnostics& out) {
  Endpoint endpoint{protocol, {}, node.span};
  if (node.kind == doc::Kind::mapping) {
    const Fields fields(node, "an endpoint", {"parameter"}, out);
    const doc::Node* const name = fields.require("parameter");
    if (name == nullptr) return std::nullopt;
    const std::optional<std::string> text = read_text(*name, problem_with_parameter_name, out);
    if (!text) return std::nullopt;
    endpoint.address = Parameter{*text};
    return endpoint;
  }
  const std::optional<std::string> text = read_text(node, out);
  if (!text) return std::nullopt;
  if (text->empty()) {
    out.add(codes::empty, node.span, "the address is empty");
    return std::nullopt;
  }
  if (const std::string problem = problem_with_address(protocol, *text); !problem.empty()) {
    report_problem(node, problem, out);
    const std::string_view key = key_for(*text);
    if (!key.empty() && key != name_of(protocol)) out.last()->note("it looks like one for '{}'", key);
    return std::nullopt;
  }
  if (protocol == Protocol::https && never_confirms_subscriptions(*text)) {
    out.add(codes::never_confirms, node.span, "this chat webhook never confirms an SNS subscription")
        .note(
            "nothing is delivered before the confirmation; use Amazon Q Developer in chat applications with an "
            "existing topic, or the chat's e-mail address");
    return std::nullopt;
  }
  endpoint.address = *text;
  return endpoint;
}

void parse_endpoints(const doc::Node& node, Protocol protocol, Channel& channel, Diagnostics& out) {
  const std::vector<doc::Node>* const items = read_list(node, out);
  if (items == nullptr) return;
  for (const doc::Node& item : *items)
    if (std::optional<Endpoint> endpoint = parse_endpoint(item, protocol, out))
      channel.endpoints.push_back(std::move(*endpoint));
}

Channel parse_channel(const doc::Entry& entry, Diagnostics& out) {
  Channel channel;
  channel.name = entry.key.text;
  channel.span = entry.key.span;
  const Fields fields(entry.value, "a channel", {"name", "email", "sms", "https", "sqs", "lambda", "topic"}, out);
  if (!fields.is_mapping()) return channel;
  if (const doc::Node* topic = fields.get("topic")) {
    channel.existing_topic = read_text(*topic, problem_with_topic, out).value_or("");
    for (const std::string_view key : {"name", "email", "sms", "https", "sqs", "lambda"}) {
      if (!fields.has(key)) continue;
      out.add(codes::key_not_allowed_here, fields.key_span(key), "'{}' stands beside 'topic'", key)
          .note("an existing topic is used as it is: nothing is created or subscribed");
    }
    return channel;
  }
  if (const doc::Node* name = fields.get("name"))
    channel.topic_name = read_text(*name, problem_with_topic_name, out).value_or("");
  bool has_endpoints = false;
  for (const Protocol protocol : protocols) {
    const doc::Node* const found = fields.get(name_of(protocol));
    if (found == nullptr) continue;
    has_endpoints = true;
    parse_endpoints(*found, protocol, channel, out);
  }
  if (!has_endpoints) {
    out.add(codes::missing_key, entry.key.span, "channel '{}' tells nobody", channel.name)
        .note("give it email, sms, https, sqs or lambda endpoints, or an existing topic");
  }
  return channel;
}

}  // namespace

std::string_view name_of(Endpoint::Protocol protocol) {
  switch (protocol) {
    case Protocol::email:
      return "email";
    case Protocol::sms:
      return "sms";
    case Protocol::https:
      return "https";
    case Protocol::sqs:
      return "sqs";
    case Protocol::lambda:
      return "lambda";
  }
  return "email";
}

std::vector<Channel> parse_channels(const doc::Node& node, Diagnostics& out) {
  std::vector<Channel> channels;
  if (node.kind == doc::Kind::sequence) {
    Channel channel;
    channel.name = "default";
    channel.span = node.span;
    parse_endpoints(node, Protocol::email, channel, out);
    channels.push_back(std::move(channel));
    return channels;
  }
  if (node.kind != doc::Kind::mapping) {
    out.add(codes::wrong_type, node.span,
            "{} stands where a list of e-mail addresses or a mapping of channels is wanted", describe(node));
    return channels;
  }
  if (node.entries.empty()) out.add(codes::empty, node.span, "there is no channel");
  for (const doc::Entry& entry : node.entries) {
    if (check_key_text(entry.key, out)) {
      if (const std::string problem = problem_with_label(entry.key.text); !problem.empty())
        report_problem(entry.key, problem, out);
    }
    channels.push_back(parse_channel(entry, out));
  }
  return channels;
}

}  // namespace secretwatch::model
