#include "load/additions.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace secretwatch::load {

using stack::Attribute;
using stack::Presence;
using stack::Ref;
using stack::Resource;
using stack::ResourceId;
using stack::TextValue;

namespace {

class Adder {
 public:
  Adder(const Written& written, const stack::Stack& stack) : written_(written), of_(stack[written.id]) {}

  std::vector<Resource> run() {
    if (written_.type == "AWS::SNS::Topic") {
      for (const Properties& each : written_.properties.objects("Subscription")) add_inline_subscription(each);
    } else if (written_.type == "AWS::Serverless::Function") {
      const Item events = written_.properties.item("Events");
      for (const Field& event : events.fields)
        add_event(event.name, Properties(event.value, written_.properties.conditions(), of_.presence));
    }
    return std::move(added_);
  }

 private:
  void add(const std::string& name, stack::Body body, const Properties& from) {
    Resource resource;
    resource.label = of_.label + "-" + name;
    resource.address = of_.address;
    resource.body = std::move(body);
    resource.span = from.span();
    resource.presence = written_.properties.conditions().both(of_.presence, from.presence());
    added_.push_back(std::move(resource));
  }

  void add_inline_subscription(const Properties& p) {
    stack::Subscription subscription;
    subscription.topic = TextValue(Ref{written_.id, Attribute::arn}, p.span());
    subscription.protocol = p.required_text("Protocol");
    subscription.endpoint = p.text("Endpoint");
    add(fmt::format("subscription-{}", added_.size() + 1), std::move(subscription), p);
  }

  /// Source: SAM specification, "EventSource".
  void add_event(const std::string& name, const Properties& event) {
    const std::string type = event.item("Type").literal().value_or("");
    const Properties p = event.object("Properties");
    const TextValue function(Ref{written_.id, Attribute::arn}, event.span());
    if (type == "SNS") {
      stack::Subscription subscription;
      subscription.topic = p.required_text("Topic");
      subscription.protocol = TextValue(stack::Text("lambda"), event.span());
      subscription.endpoint = function;
      subscription.filter_policy = p.document("FilterPolicy");
      subscription.filter_policy_scope = p.text("FilterPolicyScope");
      subscription.dead_letter_queue = p.object("RedrivePolicy").text("deadLetterTargetArn");
      allow(name, "sns.amazonaws.com", p.text("Topic"), event);
      add(name, std::move(subscription), event);
    } else if (type == "CloudWatchLogs") {
      stack::SubscriptionFilter filter;
      filter.log_group = p.required_text("LogGroupName");
      filter.pattern = p.required_text("FilterPattern");
      filter.destination = function;
      allow(name, "logs.amazonaws.com", {}, event);
      add(name, std::move(filter), event);
    } else if (type == "EventBridgeRule" || type == "CloudWatchEvent") {
      stack::EventRule rule;
      rule.name = p.text("RuleName");
      rule.event_bus = p.text("EventBusName");
      rule.state = p.text("State");
      rule.event_pattern = p.document("Pattern");
      stack::EventTarget target;
      target.arn = function;
      target.span = event.span();
      rule.targets.push_back(std::move(target));
      allow(name, "events.amazonaws.com", {}, event);
      add(name, std::move(rule), event);
    }
  }

  void allow(const std::string& name, const char* principal, stack::OptionalText source, const Properties& event) {
    stack::FunctionPermission permission;
    permission.function = TextValue(Ref{written_.id, Attribute::arn}, event.span());
    permission.action = TextValue(stack::Text("lambda:InvokeFunction"), event.span());
    permission.principal = TextValue(stack::Text(principal), event.span());
    permission.source_arn = std::move(source);
    add(name, std::move(permission), event);
  }

  const Written& written_;
  const Resource& of_;
  std::vector<Resource> added_;
};

/// Calls visit(ResourceId, Presence) for each role that a value names, by reference or by the name it is given.
template <class Visit>
void each_role(const TextValue& value, const stack::Stack& stack, Conditions& conditions, const Presence& presence,
               const Visit& visit) {
  if (value.choice() != nullptr) {
    const stack::ConditionId condition = value.choice()->condition;
    each_role(value.choice()->branches[0], stack, conditions, conditions.both(presence, condition), visit);
    each_role(value.choice()->branches[1], stack, conditions,
              conditions.both(presence, conditions.negation_of(condition)), visit);
  } else if (value.ref() != nullptr) {
    if (std::holds_alternative<stack::Role>(stack[value.ref()->target].body)) visit(value.ref()->target, presence);
  } else if (value.get() != nullptr) {
    for (std::size_t i = 0; i < stack.resources().size(); ++i) {
      const auto* const role = std::get_if<stack::Role>(&stack.resources()[i].body);
      if (role != nullptr && role->name && role->name->get() != nullptr &&
          compare(*role->name->get(), *value.get()) == stack::Comparison::equal)
        visit(static_cast<ResourceId>(i), presence);
    }
  }
}

/// A managed policy that roles name by its ARN.
void attach_by_arn(const Written& written, stack::Stack& stack, const stack::InlinePolicy& policy) {
  for (std::size_t i = 0; i < stack.resources().size(); ++i) {
    auto* const role = std::get_if<stack::Role>(&stack[static_cast<ResourceId>(i)].body);
    if (role == nullptr) continue;
    for (std::size_t j = 0; j < role->managed_policies.size(); ++j) {
      const Ref* const ref = role->managed_policies[j].ref();
      if (ref == nullptr || ref->target != written.id) continue;
      role->policies.push_back(policy);
      role->managed_policies.erase(role->managed_policies.begin() + static_cast<std::ptrdiff_t>(j--));
    }
  }
}

}  // namespace

bool adds_to_others(std::string_view type) {
  constexpr std::string_view all[] = {"AWS::SNS::Topic", "AWS::Serverless::Function", "AWS::IAM::Policy",
                                      "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy"};
  return std::find(std::begin(all), std::end(all), type) != std::end(all);
}

std::vector<Resource> added_resources(const Written& written, const stack::Stack& stack) {
  return Adder(written, stack).run();
}

void attach_policies(const Written& written, stack::Stack& stack, Conditions& conditions) {
  const bool managed = written.type == "AWS::IAM::ManagedPolicy";
  if (!managed && written.type != "AWS::IAM::Policy" && written.type != "AWS::IAM::RolePolicy") return;
  const Properties& p = written.properties;
  stack::InlinePolicy policy;
  policy.name = p.item(managed ? "ManagedPolicyName" : "PolicyName").literal().value_or("");
  policy.policy = p.policy("PolicyDocument");
  policy.presence = stack[written.id].presence;
  std::vector<TextValue> roles = p.texts("Roles");
  if (const stack::OptionalText one = p.text("RoleName")) roles.push_back(*one);
  for (const TextValue& each : roles)
    each_role(each, stack, conditions, policy.presence, [&](ResourceId id, const Presence& presence) {
      stack::InlinePolicy attached = policy;
      attached.presence = presence;
      std::get<stack::Role>(stack[id].body).policies.push_back(std::move(attached));
    });
  if (managed) attach_by_arn(written, stack, policy);
}

}  // namespace secretwatch::load
