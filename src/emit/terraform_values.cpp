#include <algorithm>

#include <fmt/format.h>

#include "emit/identifiers.h"
#include "emit/terraform.h"

namespace secretwatch::emit {
namespace {

using namespace stack;  // NOLINT: the resource kinds are this file's vocabulary

struct TypeName {
  std::string operator()(const Bucket&) const { return "aws_s3_bucket"; }
  std::string operator()(const BucketPolicy&) const { return "aws_s3_bucket_policy"; }
  std::string operator()(const Trail&) const { return "aws_cloudtrail"; }
  std::string operator()(const LogGroup&) const { return "aws_cloudwatch_log_group"; }
  std::string operator()(const Role&) const { return "aws_iam_role"; }
  std::string operator()(const MetricFilter&) const { return "aws_cloudwatch_log_metric_filter"; }
  std::string operator()(const Alarm&) const { return "aws_cloudwatch_metric_alarm"; }
  std::string operator()(const Topic&) const { return "aws_sns_topic"; }
  std::string operator()(const TopicPolicy&) const { return "aws_sns_topic_policy"; }
  std::string operator()(const Subscription&) const { return "aws_sns_topic_subscription"; }
  std::string operator()(const Key&) const { return "aws_kms_key"; }
  std::string operator()(const KeyAlias&) const { return "aws_kms_alias"; }
  std::string operator()(const Secret&) const { return "aws_secretsmanager_secret"; }
  std::string operator()(const FunctionPermission&) const { return "aws_lambda_permission"; }
  std::string operator()(const External&) const { return ""; }
  std::string operator()(const ReadOnly auto&) const { return ""; }  // verify_for_emission refuses it
};

std::string_view attribute_of(const Body& body, Attribute attribute) {
  if (attribute == Attribute::arn) return "arn";
  if (std::holds_alternative<Bucket>(body)) return "id";
  if (std::holds_alternative<Key>(body)) return "key_id";
  if (std::holds_alternative<Alarm>(body)) return "alarm_name";
  return attribute == Attribute::id ? "id" : "name";
}

std::string_view pseudo_expression(Pseudo pseudo) {
  switch (pseudo) {
    case Pseudo::partition:
      return "data.aws_partition.current.partition";
    // `.name` is deprecated in provider 6 and `.region` unknown to 5; `.id` is the region's name in both.
    case Pseudo::region:
      return "data.aws_region.current.id";
    case Pseudo::account:
      return "data.aws_caller_identity.current.account_id";
    case Pseudo::url_suffix:
      return "data.aws_partition.current.dns_suffix";
    case Pseudo::stack_name:
    case Pseudo::stack_id:
      break;  // verify_for_emission refuses them
  }
  return "";
}

std::string_view principal_type(PrincipalKind kind) {
  switch (kind) {
    case PrincipalKind::everyone:
      return "*";
    case PrincipalKind::aws:
      return "AWS";
    case PrincipalKind::service:
      return "Service";
    case PrincipalKind::federated:
      return "Federated";
    case PrincipalKind::canonical_user:
      return "CanonicalUser";
  }
  return "";
}

}  // namespace

std::string terraform_type(const Body& body) {
  return std::visit(TypeName{}, body);
}

std::string TerraformValues::address(ResourceId id) const {
  return terraform_type(stack_[id].body) + "." + snake_case(stack_[id].label);
}

hcl::Value TerraformValues::reference(const Ref& ref) const {
  const Resource& target = stack_[ref.target];
  if (const auto* const external = std::get_if<External>(&target.body)) {
    const OptionalText& known = ref.attribute == Attribute::name && external->name ? external->name : external->arn;
    return value(known ? *known : *external->name);
  }
  return hcl::Expression(fmt::format("{}.{}", address(ref.target), attribute_of(target.body, ref.attribute)));
}

std::vector<std::variant<std::string, hcl::Expression>> TerraformValues::parts_of(const Text& text) const {
  std::vector<std::variant<std::string, hcl::Expression>> parts;
  for (const Part& part : text.parts()) {
    if (const auto* const literal = std::get_if<std::string>(&part)) {
      parts.emplace_back(*literal);
    } else if (const auto* const pseudo = std::get_if<Pseudo>(&part)) {
      parts.emplace_back(hcl::Expression(std::string(pseudo_expression(*pseudo))));
    } else if (const auto* const parameter = std::get_if<ParameterId>(&part)) {
      parts.emplace_back(hcl::Expression("var." + snake_case(stack_[*parameter].name)));
    } else if (const auto* const ref = std::get_if<Ref>(&part)) {
      const hcl::Value referenced = reference(*ref);
      if (const auto* const expression = std::get_if<hcl::Expression>(&referenced.data)) {
        parts.emplace_back(*expression);
      } else {
        for (const auto& literal_part : std::get<hcl::String>(referenced.data).parts) parts.push_back(literal_part);
      }
    }
  }
  return parts;
}

hcl::Value TerraformValues::value(const TextValue& value) const {
  if (value.ref() != nullptr) return reference(*value.ref());
  return hcl::String(parts_of(value.known()->value));
}

hcl::Value TerraformValues::list(const std::vector<TextValue>& values) const {
  hcl::List all;
  for (const TextValue& each : values) all.push_back(value(each));
  return all;
}

void TerraformValues::set_tags(hcl::Body& body, const std::vector<Tag>& tags) const {
  hcl::Object own;
  for (const Tag& tag : tags) {
    const bool is_shared = std::any_of(stack_.tags.begin(), stack_.tags.end(), [&](const Tag& shared) {
      return shared.key == tag.key && shared.value.known()->value == tag.value.known()->value;
    });
    if (!is_shared) own.emplace_back(tag.key, value(tag.value));
  }
  if (stack_.tags.empty()) {
    if (!own.empty()) body.set("tags", std::move(own));
  } else if (own.empty()) {
    body.set("tags", hcl::Expression("local.tags"));
  } else {
    body.set("tags", hcl::Expression(fmt::format("merge(local.tags, {})", hcl::print_value(std::move(own)))));
  }
}

void TerraformValues::add_policy(hcl::Body& file, const std::string& name, const Policy& policy) const {
  hcl::Body& document = file.block("data", {"aws_iam_policy_document", name});
  bool first = true;
  for (const Statement& statement : policy.statements) {
    if (!first) document.blank_line();
    first = false;
    hcl::Body& body = document.block("statement");
    if (!statement.sid.empty()) body.set("sid", hcl::String(statement.sid));
    if (statement.effect == Effect::deny) body.set("effect", hcl::String("Deny"));
    if (!statement.actions.empty())
      body.set(statement.not_actions ? "not_actions" : "actions", list(statement.actions));
    if (!statement.resources.empty())
      body.set(statement.not_resources ? "not_resources" : "resources", list(statement.resources));
    for (const Principal& principal : statement.principals) {
      body.blank_line();
      hcl::Body& nested = body.block(statement.not_principals ? "not_principals" : "principals");
      nested.set("type", hcl::String(std::string(principal_type(principal.kind))));
      nested.set("identifiers", principal.kind == PrincipalKind::everyone ? hcl::Value(hcl::List{hcl::String("*")})
                                                                          : list(principal.names));
    }
    for (const PolicyCondition& condition : statement.conditions) {
      body.blank_line();
      hcl::Body& nested = body.block("condition");
      nested.set("test", hcl::String(condition.test));
      nested.set("variable", hcl::String(condition.key));
      nested.set("values", list(condition.values));
    }
  }
  file.blank_line();
}

hcl::Value TerraformValues::policy_json(const std::string& name) {
  return hcl::Expression(fmt::format("data.aws_iam_policy_document.{}.json", name));
}

}  // namespace secretwatch::emit
