#include "emit/template.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "emit/identifiers.h"

namespace secretwatch::emit {
namespace {

using namespace stack;  // NOLINT: the resource kinds are this file's vocabulary

std::string_view pseudo_parameter(Pseudo pseudo) {
  switch (pseudo) {
    case Pseudo::partition:
      return "AWS::Partition";
    case Pseudo::region:
      return "AWS::Region";
    case Pseudo::account:
      return "AWS::AccountId";
    case Pseudo::url_suffix:
      return "AWS::URLSuffix";
    case Pseudo::stack_name:
      return "AWS::StackName";
    case Pseudo::stack_id:
      return "AWS::StackId";
  }
  return "AWS::NoValue";
}

/// What reads an attribute: "" for Ref, else the attribute for GetAtt.
std::string_view attribute_of(const Body& body, Attribute attribute) {
  if (attribute == Attribute::arn) {
    const bool ref_is_arn = std::holds_alternative<Topic>(body) || std::holds_alternative<Secret>(body);
    return ref_is_arn ? "" : "Arn";
  }
  if (std::holds_alternative<Topic>(body) && attribute == Attribute::name) return "TopicName";
  return "";
}

/// One overload per kind of resource: a new kind does not compile until it is answered here.
class Writer {
 public:
  explicit Writer(const Stack& stack) : stack_(stack) {}

  Json operator()(const Bucket& b) const;
  Json operator()(const BucketPolicy& p) const;
  Json operator()(const Trail& t) const;
  Json operator()(const LogGroup& g) const;
  Json operator()(const Role& r) const;
  Json operator()(const MetricFilter& f) const;
  Json operator()(const Alarm& a) const;
  Json operator()(const Topic& t) const;
  Json operator()(const TopicPolicy& p) const;
  Json operator()(const Subscription& s) const;
  Json operator()(const Key& k) const;
  Json operator()(const KeyAlias& a) const;
  Json operator()(const Secret& s) const;
  Json operator()(const FunctionPermission& p) const;
  Json operator()(const External&) const { return {}; }       // not part of the stack
  Json operator()(const ReadOnly auto&) const { return {}; }  // verify_for_emission refuses it

  Json value(const TextValue& value) const {
    return value.ref() != nullptr ? reference(*value.ref()) : text(value.known()->value);
  }

 private:
  // --- values ---

  Json reference(const Ref& ref) const {
    const Resource& target = stack_[ref.target];
    if (const auto* const external = std::get_if<External>(&target.body)) {
      const OptionalText& known = ref.attribute == Attribute::name && external->name ? external->name : external->arn;
      return value(known ? *known : *external->name);
    }
    const std::string_view attribute = attribute_of(target.body, ref.attribute);
    if (attribute.empty()) return {{"Ref", logical_id(target)}};
    return {{"Fn::GetAtt", Json::array({logical_id(target), attribute})}};
  }

  Json text(const Text& text) const {
    if (text.parts().empty()) return "";
    if (text.parts().size() == 1) return part(text.parts().front());
    if (is_arn_of_streams(text)) return reference(std::get<Ref>(text.parts().front()));
    std::string sub;
    for (const Part& each : text.parts()) sub += sub_part(each);
    return {{"Fn::Sub", sub}};
  }

  /// GetAtt Arn of a log group ends in `:*`.
  bool is_arn_of_streams(const Text& text) const {
    const auto* const ref = std::get_if<Ref>(&text.parts().front());
    return ref != nullptr && ref->attribute == Attribute::arn &&
           std::holds_alternative<LogGroup>(stack_[ref->target].body) && text == Text{*ref, ":*"};
  }

  Json part(const Part& part) const {
    if (const auto* const literal = std::get_if<std::string>(&part)) return *literal;
    if (const auto* const ref = std::get_if<Ref>(&part)) return reference(*ref);
    if (const auto* const parameter = std::get_if<ParameterId>(&part)) return {{"Ref", stack_[*parameter].name}};
    return {{"Ref", pseudo_parameter(std::get<Pseudo>(part))}};
  }

  /// A part inside Fn::Sub, where `${` begins a reference and `${!` stands for `${`.
  std::string sub_part(const Part& part) const {
    if (const auto* const literal = std::get_if<std::string>(&part)) return escape_for_sub(*literal);
    if (const auto* const parameter = std::get_if<ParameterId>(&part)) return "${" + stack_[*parameter].name + "}";
    if (const auto* const pseudo = std::get_if<Pseudo>(&part)) return fmt::format("${{{}}}", pseudo_parameter(*pseudo));
    const Ref& ref = std::get<Ref>(part);
    const Json referenced = reference(ref);
    if (referenced.is_string()) return escape_for_sub(referenced.get<std::string>());
    if (referenced.contains("Ref")) return "${" + referenced["Ref"].get<std::string>() + "}";
    return "${" + referenced["Fn::GetAtt"][0].get<std::string>() + "." +
           referenced["Fn::GetAtt"][1].get<std::string>() + "}";
  }

  static std::string escape_for_sub(const std::string& literal) {
    std::string escaped;
    for (std::size_t i = 0; i < literal.size(); ++i) {
      escaped += literal[i];
      if (literal[i] == '{' && i > 0 && literal[i - 1] == '$') escaped += '!';
    }
    return escaped;
  }

  static Json value(const Value<bool>& value) { return value.known()->value; }
  static Json value(const Value<std::int64_t>& value) { return value.known()->value; }
  static Json value(const Value<double>& value) {
    const double number = value.known()->value;
    if (number == std::floor(number) && std::abs(number) < 1e15) return static_cast<std::int64_t>(number);
    return number;
  }

  /// Sets a property when there is a value for it.
  template <class T>
  void set(Json& properties, const char* name, const std::optional<Value<T>>& wanted) const {
    if (wanted) properties[name] = value(*wanted);
  }

  Json list(const std::vector<TextValue>& values) const {
    Json all = Json::array();
    for (const TextValue& each : values) all.push_back(value(each));
    return all;
  }

  void set_tags(Json& properties, const std::vector<Tag>& tags) const {
    if (tags.empty()) return;
    Json all = Json::array();
    for (const Tag& tag : tags) all.push_back({{"Key", tag.key}, {"Value", value(tag.value)}});
    properties["Tags"] = std::move(all);
  }

  // --- policies ---

  Json one_or_list(const std::vector<TextValue>& values) const {
    return values.size() == 1 ? value(values.front()) : list(values);
  }

  Json principals(const std::vector<Principal>& all) const {
    Json by_kind = Json::object();
    for (const Principal& principal : all) {
      switch (principal.kind) {
        case PrincipalKind::everyone:
          return "*";
        case PrincipalKind::aws:
          by_kind["AWS"] = one_or_list(principal.names);
          break;
        case PrincipalKind::service:
          by_kind["Service"] = one_or_list(principal.names);
          break;
        case PrincipalKind::federated:
          by_kind["Federated"] = one_or_list(principal.names);
          break;
        case PrincipalKind::canonical_user:
          by_kind["CanonicalUser"] = one_or_list(principal.names);
          break;
      }
    }
    return by_kind;
  }

  Json statement(const Statement& statement) const {
    Json printed = Json::object();
    if (!statement.sid.empty()) printed["Sid"] = statement.sid;
    printed["Effect"] = statement.effect == Effect::allow ? "Allow" : "Deny";
    if (!statement.principals.empty())
      printed[statement.not_principals ? "NotPrincipal" : "Principal"] = principals(statement.principals);
    if (!statement.actions.empty())
      printed[statement.not_actions ? "NotAction" : "Action"] = one_or_list(statement.actions);
    if (!statement.resources.empty())
      printed[statement.not_resources ? "NotResource" : "Resource"] = one_or_list(statement.resources);
    for (const PolicyCondition& condition : statement.conditions)
      printed["Condition"][condition.test][condition.key] = one_or_list(condition.values);
    return printed;
  }

  Json policy(const Policy& policy) const {
    Json statements = Json::array();
    for (const Statement& each : policy.statements) statements.push_back(statement(each));
    Json printed = Json::object();
    printed["Version"] = policy.version;
    printed["Statement"] = std::move(statements);
    return printed;
  }

  static Json resource(const char* type, Json properties) {
    Json printed = Json::object();
    printed["Type"] = type;
    printed["Properties"] = std::move(properties);
    return printed;
  }

  Json lifecycle(const Bucket& b) const;

  const Stack& stack_;
};

Json Writer::lifecycle(const Bucket& b) const {
  Json rule = Json::object();
  rule["Id"] = "expire";
  rule["Status"] = "Enabled";
  set(rule, "ExpirationInDays", b.expiration_days);
  if (b.noncurrent_expiration_days)
    rule["NoncurrentVersionExpiration"]["NoncurrentDays"] = value(*b.noncurrent_expiration_days);
  if (b.abort_incomplete_upload_days)
    rule["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"] = value(*b.abort_incomplete_upload_days);
  return rule;
}

Json Writer::operator()(const Bucket& b) const {
  Json p = Json::object();
  set(p, "BucketName", b.name);
  if (b.block_public_access) {
    for (const char* name : {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"})
      p["PublicAccessBlockConfiguration"][name] = value(*b.block_public_access);
  }
  if (b.object_ownership)
    p["OwnershipControls"]["Rules"] = Json::array({Json{{"ObjectOwnership", value(*b.object_ownership)}}});
  if (b.encryption_algorithm) {
    Json rule = Json::object();
    rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] = value(*b.encryption_algorithm);
    if (b.kms_key) {
      rule["ServerSideEncryptionByDefault"]["KMSMasterKeyID"] = value(*b.kms_key);
      rule["BucketKeyEnabled"] = true;
    }
    p["BucketEncryption"]["ServerSideEncryptionConfiguration"] = Json::array({std::move(rule)});
  }
  if (b.versioning) p["VersioningConfiguration"]["Status"] = *b.versioning->get() ? "Enabled" : "Suspended";
  if (b.expiration_days || b.noncurrent_expiration_days || b.abort_incomplete_upload_days)
    p["LifecycleConfiguration"]["Rules"] = Json::array({lifecycle(b)});
  if (b.lock_days) {
    p["ObjectLockEnabled"] = true;
    p["ObjectLockConfiguration"]["ObjectLockEnabled"] = "Enabled";
    Json& retention = p["ObjectLockConfiguration"]["Rule"]["DefaultRetention"];
    retention["Mode"] = "GOVERNANCE";
    retention["Days"] = value(*b.lock_days);
  }
  if (b.access_logs_bucket) {
    p["LoggingConfiguration"]["DestinationBucketName"] = value(*b.access_logs_bucket);
    if (b.access_logs_prefix) p["LoggingConfiguration"]["LogFilePrefix"] = value(*b.access_logs_prefix);
  }
  set_tags(p, b.tags);
  return resource("AWS::S3::Bucket", std::move(p));
}

Json Writer::operator()(const BucketPolicy& bp) const {
  Json p = Json::object();
  p["Bucket"] = value(bp.bucket);
  p["PolicyDocument"] = policy(bp.policy);
  return resource("AWS::S3::BucketPolicy", std::move(p));
}

Json Writer::operator()(const Trail& t) const {
  Json p = Json::object();
  set(p, "TrailName", t.name);
  p["S3BucketName"] = value(t.bucket);
  set(p, "IsLogging", t.is_logging);
  set(p, "IsMultiRegionTrail", t.multi_region);
  set(p, "IncludeGlobalServiceEvents", t.global_service_events);
  set(p, "EnableLogFileValidation", t.log_file_validation);
  set(p, "IsOrganizationTrail", t.organization);
  for (const EventSelector& s : t.event_selectors) {
    Json selector = Json::object();
    set(selector, "ReadWriteType", s.read_write_type);
    set(selector, "IncludeManagementEvents", s.management_events);
    if (!s.excluded_sources.empty()) selector["ExcludeManagementEventSources"] = list(s.excluded_sources);
    p["EventSelectors"].push_back(std::move(selector));
  }
  set(p, "CloudWatchLogsLogGroupArn", t.log_group);
  set(p, "CloudWatchLogsRoleArn", t.log_role);
  set(p, "KMSKeyId", t.kms_key);
  set(p, "SnsTopicName", t.topic);
  set_tags(p, t.tags);
  return resource("AWS::CloudTrail::Trail", std::move(p));
}

Json Writer::operator()(const LogGroup& g) const {
  Json p = Json::object();
  set(p, "LogGroupName", g.name);
  set(p, "RetentionInDays", g.retention_days);
  set(p, "KmsKeyId", g.kms_key);
  set_tags(p, g.tags);
  return resource("AWS::Logs::LogGroup", std::move(p));
}

Json Writer::operator()(const Role& r) const {
  // No RoleName: CloudFormation names the role, and the stack needs no CAPABILITY_NAMED_IAM.
  Json p = Json::object();
  p["AssumeRolePolicyDocument"] = policy(r.trust);
  Json policies = Json::array();
  for (const InlinePolicy& each : r.policies) {
    Json inlined = Json::object();
    inlined["PolicyName"] = each.name;
    inlined["PolicyDocument"] = policy(each.policy);
    policies.push_back(std::move(inlined));
  }
  if (!policies.empty()) p["Policies"] = std::move(policies);
  set_tags(p, r.tags);
  return resource("AWS::IAM::Role", std::move(p));
}

Json Writer::operator()(const MetricFilter& f) const {
  Json p = Json::object();
  set(p, "FilterName", f.name);
  p["LogGroupName"] = value(f.log_group);
  p["FilterPattern"] = value(f.pattern);
  Json transformation = Json::object();
  transformation["MetricNamespace"] = value(f.metric_namespace);
  transformation["MetricName"] = value(f.metric_name);
  transformation["MetricValue"] = value(f.metric_value);
  set(transformation, "DefaultValue", f.default_value);
  p["MetricTransformations"] = Json::array({std::move(transformation)});
  return resource("AWS::Logs::MetricFilter", std::move(p));
}

Json Writer::operator()(const Alarm& a) const {
  Json p = Json::object();
  set(p, "AlarmName", a.name);
  set(p, "AlarmDescription", a.description);
  set(p, "Namespace", a.metric_namespace);
  set(p, "MetricName", a.metric_name);
  set(p, "Statistic", a.statistic);
  set(p, "ComparisonOperator", a.comparison);
  set(p, "Threshold", a.threshold);
  set(p, "Period", a.period_seconds);
  set(p, "EvaluationPeriods", a.evaluation_periods);
  set(p, "DatapointsToAlarm", a.datapoints_to_alarm);
  set(p, "TreatMissingData", a.treat_missing_data);
  set(p, "ActionsEnabled", a.actions_enabled);
  if (!a.alarm_actions.empty()) p["AlarmActions"] = list(a.alarm_actions);
  if (!a.ok_actions.empty()) p["OKActions"] = list(a.ok_actions);
  set_tags(p, a.tags);
  return resource("AWS::CloudWatch::Alarm", std::move(p));
}

Json Writer::operator()(const Topic& t) const {
  Json p = Json::object();
  set(p, "TopicName", t.name);
  set(p, "DisplayName", t.display_name);
  set(p, "KmsMasterKeyId", t.kms_key);
  set_tags(p, t.tags);
  return resource("AWS::SNS::Topic", std::move(p));
}

Json Writer::operator()(const TopicPolicy& tp) const {
  Json p = Json::object();
  p["Topics"] = list(tp.topics);
  p["PolicyDocument"] = policy(tp.policy);
  return resource("AWS::SNS::TopicPolicy", std::move(p));
}

Json Writer::operator()(const Subscription& s) const {
  Json p = Json::object();
  p["TopicArn"] = value(s.topic);
  p["Protocol"] = value(s.protocol);
  set(p, "Endpoint", s.endpoint);
  return resource("AWS::SNS::Subscription", std::move(p));
}

Json Writer::operator()(const Key& k) const {
  Json p = Json::object();
  set(p, "Description", k.description);
  p["KeyPolicy"] = policy(k.policy);
  set(p, "EnableKeyRotation", k.rotation);
  set(p, "PendingWindowInDays", k.pending_window_days);
  set_tags(p, k.tags);
  return resource("AWS::KMS::Key", std::move(p));
}

Json Writer::operator()(const KeyAlias& a) const {
  Json p = Json::object();
  p["AliasName"] = value(a.name);
  p["TargetKeyId"] = value(a.key);
  return resource("AWS::KMS::Alias", std::move(p));
}

Json Writer::operator()(const Secret& s) const {
  Json p = Json::object();
  set(p, "Name", s.name);
  set(p, "Description", s.description);
  set(p, "KmsKeyId", s.kms_key);
  if (s.generated_length) {
    p["GenerateSecretString"]["PasswordLength"] = value(*s.generated_length);
    if (s.exclude_punctuation) p["GenerateSecretString"]["ExcludePunctuation"] = value(*s.exclude_punctuation);
  }
  set_tags(p, s.tags);
  return resource("AWS::SecretsManager::Secret", std::move(p));
}

Json Writer::operator()(const FunctionPermission& fp) const {
  Json p = Json::object();
  p["FunctionName"] = value(fp.function);
  p["Action"] = value(fp.action);
  p["Principal"] = value(fp.principal);
  set(p, "SourceArn", fp.source_arn);
  return resource("AWS::Lambda::Permission", std::move(p));
}

Json parameters_of(const Stack& stack) {
  Json all = Json::object();
  for (const Parameter& parameter : stack.parameters) {
    Json& printed = all[parameter.name] = Json::object();
    printed["Type"] = parameter.type;
    if (!parameter.description.empty()) printed["Description"] = parameter.description;
    if (parameter.default_value) printed["Default"] = *parameter.default_value;
    if (parameter.secret) printed["NoEcho"] = true;
    if (!parameter.allowed_pattern.empty()) printed["AllowedPattern"] = parameter.allowed_pattern;
  }
  return all;
}

Json resources_of(const Stack& stack) {
  const Writer writer(stack);
  Json all = Json::object();
  for (const Resource& resource : stack.resources()) {
    if (std::holds_alternative<External>(resource.body)) continue;
    Json printed = Json::object();
    const Json body = std::visit(writer, resource.body);
    printed["Type"] = body["Type"];
    if (!resource.depends_on.empty()) {
      std::vector<std::string> after;
      for (const ResourceId id : resource.depends_on) after.push_back(logical_id(stack[id]));
      std::sort(after.begin(), after.end());  // CfnInclude gives them back sorted
      printed["DependsOn"] = after;
    }
    if (resource.retained) {
      printed["DeletionPolicy"] = "RetainExceptOnCreate";
      printed["UpdateReplacePolicy"] = "Retain";
    }
    printed["Properties"] = body["Properties"];
    all[logical_id(resource)] = std::move(printed);
  }
  return all;
}

Json outputs_of(const Stack& stack) {
  const Writer writer(stack);
  Json all = Json::object();
  for (const Output& output : stack.outputs) {
    Json& printed = all[pascal_case(output.label)] = Json::object();
    printed["Description"] = output.description;
    if (!output.is_list) {
      printed["Value"] = writer.value(output.values.front());
      continue;
    }
    Json values = Json::array();
    for (const TextValue& value : output.values) values.push_back(writer.value(value));
    printed["Value"]["Fn::Join"] = Json::array({",", std::move(values)});
  }
  return all;
}

Json template_of(const Stack& stack, bool with_metadata) {
  Json document = Json::object();
  document["AWSTemplateFormatVersion"] = "2010-09-09";
  document["Description"] =
      stack.description.empty() ? fmt::format("{}: tells when a secret was read", stack.name) : stack.description;
  if (with_metadata) document["Metadata"]["secretwatch"] = generated_line(stack);
  if (!stack.parameters.empty()) document["Parameters"] = parameters_of(stack);
  document["Resources"] = resources_of(stack);
  if (!stack.outputs.empty()) document["Outputs"] = outputs_of(stack);
  return document;
}

}  // namespace

Json cloudformation_template(const Stack& stack) {
  return template_of(stack, false);
}
Json cloudformation_template_with_metadata(const Stack& stack) {
  return template_of(stack, true);
}

std::string print_json(const Json& document) {
  return document.dump(2) + "\n";
}

}  // namespace secretwatch::emit
