#include "emit/terraform.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "emit/emit.h"
#include "emit/identifiers.h"
#include "emit/lines.h"

namespace secretwatch::emit {
namespace {

using namespace stack;  // NOLINT: the resource kinds are this file's vocabulary

/// Adds the blocks that stand for one resource; one overload per kind.
class ModuleWriter {
 public:
  ModuleWriter(const Stack& stack, hcl::Body& file) : stack_(stack), file_(file), values_(stack) {}

  void add(const Resource& resource) {
    resource_ = &resource;
    name_ = snake_case(resource.label);
    std::visit(*this, resource.body);
  }

  void operator()(const Bucket& b);
  void operator()(const BucketPolicy& p);
  void operator()(const Trail& t);
  void operator()(const LogGroup& g);
  void operator()(const Role& r);
  void operator()(const MetricFilter& f);
  void operator()(const Alarm& a);
  void operator()(const Topic& t);
  void operator()(const TopicPolicy& p);
  void operator()(const Subscription& s);
  void operator()(const Key& k);
  void operator()(const KeyAlias& a);
  void operator()(const Secret& s);
  void operator()(const FunctionPermission& p);
  void operator()(const External&) {}       // not part of the stack
  void operator()(const ReadOnly auto&) {}  // verify_for_emission refuses it

 private:
  /// A resource block called like ours; a blank line follows whatever is added to it.
  hcl::Body& block(const std::string& type) {
    hcl::Body& body = file_.block("resource", {type, name_});
    file_.blank_line();
    return body;
  }
  hcl::Body& block() { return block(terraform_type(resource_->body)); }

  template <class T>
  void set(hcl::Body& body, const char* name, const std::optional<Value<T>>& wanted) const {
    values_.set(body, name, wanted);
  }

  void depends_on(hcl::Body& body, const std::vector<std::string>& addresses) const {
    hcl::List all;
    for (const std::string& address : addresses) all.emplace_back(hcl::Address(address));
    if (all.empty()) return;
    body.blank_line();
    body.set("depends_on", std::move(all));
  }

  void bucket_settings(const Bucket& b);
  void bucket_lifecycle(const Bucket& b);

  const Stack& stack_;
  hcl::Body& file_;
  TerraformValues values_;
  const Resource* resource_ = nullptr;
  std::string name_;
};

void ModuleWriter::operator()(const Bucket& b) {
  hcl::Body& bucket = block();
  set(bucket, "bucket", b.name);
  if (!b.name) set(bucket, "bucket_prefix", b.name_prefix);
  bucket.set("force_destroy", false);
  if (b.lock_days) bucket.set("object_lock_enabled", true);
  values_.set_tags(bucket, b.tags);
  bucket_settings(b);
  bucket_lifecycle(b);
  if (b.lock_days) {
    hcl::Body& lock = block("aws_s3_bucket_object_lock_configuration");
    lock.set("bucket", hcl::Expression(fmt::format("aws_s3_bucket.{}.id", name_)));
    lock.blank_line();
    hcl::Body& retention = lock.block("rule").block("default_retention");
    retention.set("mode", hcl::String("GOVERNANCE"));
    retention.set("days", values_.value(*b.lock_days));
    depends_on(lock, {fmt::format("aws_s3_bucket_versioning.{}", name_)});
  }
  if (b.access_logs_bucket) {
    hcl::Body& logging = block("aws_s3_bucket_logging");
    logging.set("bucket", hcl::Expression(fmt::format("aws_s3_bucket.{}.id", name_)));
    set(logging, "target_bucket", b.access_logs_bucket);
    logging.set("target_prefix", b.access_logs_prefix ? values_.value(*b.access_logs_prefix) : hcl::String(""));
  }
}

void ModuleWriter::bucket_settings(const Bucket& b) {
  const hcl::Expression bucket(fmt::format("aws_s3_bucket.{}.id", name_));
  if (b.block_public_access) {
    hcl::Body& block_public = block("aws_s3_bucket_public_access_block");
    block_public.set("bucket", bucket);
    for (const char* name :
         {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"})
      block_public.set(name, values_.value(*b.block_public_access));
  }
  if (b.object_ownership) {
    hcl::Body& ownership = block("aws_s3_bucket_ownership_controls");
    ownership.set("bucket", bucket);
    ownership.blank_line();
    ownership.block("rule").set("object_ownership", values_.value(*b.object_ownership));
  }
  if (b.encryption_algorithm) {
    hcl::Body& encryption = block("aws_s3_bucket_server_side_encryption_configuration");
    encryption.set("bucket", bucket);
    encryption.blank_line();
    hcl::Body& rule = encryption.block("rule");
    if (b.kms_key) {
      rule.set("bucket_key_enabled", true);
      rule.blank_line();
    }
    hcl::Body& applied = rule.block("apply_server_side_encryption_by_default");
    applied.set("sse_algorithm", values_.value(*b.encryption_algorithm));
    set(applied, "kms_master_key_id", b.kms_key);
  }
  if (b.versioning) {
    hcl::Body& versioning = block("aws_s3_bucket_versioning");
    versioning.set("bucket", bucket);
    versioning.blank_line();
    versioning.block("versioning_configuration")
        .set("status", hcl::String(*b.versioning->get() ? "Enabled" : "Suspended"));
  }
}

void ModuleWriter::bucket_lifecycle(const Bucket& b) {
  if (!b.expiration_days && !b.noncurrent_expiration_days && !b.abort_incomplete_upload_days) return;
  hcl::Body& lifecycle = block("aws_s3_bucket_lifecycle_configuration");
  lifecycle.set("bucket", hcl::Expression(fmt::format("aws_s3_bucket.{}.id", name_)));
  lifecycle.blank_line();
  hcl::Body& rule = lifecycle.block("rule");
  rule.set("id", hcl::String("expire"));
  rule.set("status", hcl::String("Enabled"));
  rule.blank_line();
  rule.block("filter");
  const auto days = [&](const char* block_name, const char* attribute, const OptionalInteger& wanted) {
    if (!wanted) return;
    rule.blank_line();
    rule.block(block_name).set(attribute, values_.value(*wanted));
  };
  days("expiration", "days", b.expiration_days);
  days("noncurrent_version_expiration", "noncurrent_days", b.noncurrent_expiration_days);
  days("abort_incomplete_multipart_upload", "days_after_initiation", b.abort_incomplete_upload_days);
  if (b.versioning) depends_on(lifecycle, {fmt::format("aws_s3_bucket_versioning.{}", name_)});
}

void ModuleWriter::operator()(const BucketPolicy& bp) {
  const std::string document = name_ + "_bucket";
  values_.add_policy(file_, document, bp.policy);
  hcl::Body& policy = block();
  policy.set("bucket", values_.value(bp.bucket));
  policy.set("policy", TerraformValues::policy_json(document));
  // S3 refuses two changes of a bucket's access at the same time.
  depends_on(policy, {fmt::format("aws_s3_bucket_public_access_block.{}", name_)});
}

void ModuleWriter::operator()(const Trail& t) {
  hcl::Body& trail = block();
  set(trail, "name", t.name);
  trail.set("s3_bucket_name", values_.value(t.bucket));
  set(trail, "enable_logging", t.is_logging);
  set(trail, "is_multi_region_trail", t.multi_region);
  set(trail, "include_global_service_events", t.global_service_events);
  set(trail, "enable_log_file_validation", t.log_file_validation);
  set(trail, "is_organization_trail", t.organization);
  set(trail, "cloud_watch_logs_group_arn", t.log_group);
  set(trail, "cloud_watch_logs_role_arn", t.log_role);
  set(trail, "kms_key_id", t.kms_key);
  if (t.topic) {
    // As ARN, never as name: docs/decisions/0006.
    const Ref* const topic = t.topic->ref();
    trail.set("sns_topic_name",
              topic == nullptr ? values_.value(*t.topic) : values_.reference({topic->target, Attribute::arn}));
  }
  values_.set_tags(trail, t.tags);
  for (const EventSelector& s : t.event_selectors) {
    trail.blank_line();
    hcl::Body& selector = trail.block("event_selector");
    set(selector, "read_write_type", s.read_write_type);
    set(selector, "include_management_events", s.management_events);
    if (!s.excluded_sources.empty()) selector.set("exclude_management_event_sources", values_.list(s.excluded_sources));
  }
  std::vector<std::string> after;
  for (const ResourceId id : resource_->depends_on) after.push_back(values_.address(id));
  if (t.log_role && t.log_role->ref() != nullptr)
    after.push_back("aws_iam_role_policy." + snake_case(stack_[t.log_role->ref()->target].label));
  std::sort(after.begin(), after.end());
  depends_on(trail, after);
}

void ModuleWriter::operator()(const LogGroup& g) {
  hcl::Body& group = block();
  set(group, "name", g.name);
  set(group, "retention_in_days", g.retention_days);
  set(group, "kms_key_id", g.kms_key);
  values_.set_tags(group, g.tags);
}

void ModuleWriter::operator()(const Role& r) {
  const std::string trust = name_ + "_role_trust";
  values_.add_policy(file_, trust, r.trust);
  hcl::Body& role = block();
  set(role, "name", r.name);
  role.set("assume_role_policy", TerraformValues::policy_json(trust));
  values_.set_tags(role, r.tags);
  for (const InlinePolicy& each : r.policies) {
    const std::string document = name_ + "_role";
    values_.add_policy(file_, document, each.policy);
    hcl::Body& policy = block("aws_iam_role_policy");
    policy.set("name", hcl::String(each.name));
    policy.set("role", hcl::Expression(fmt::format("aws_iam_role.{}.id", name_)));
    policy.set("policy", TerraformValues::policy_json(document));
  }
}

void ModuleWriter::operator()(const MetricFilter& f) {
  hcl::Body& filter = block();
  set(filter, "name", f.name);
  filter.set("log_group_name", values_.value(f.log_group));
  filter.set("pattern", values_.value(f.pattern));
  filter.blank_line();
  hcl::Body& transformation = filter.block("metric_transformation");
  transformation.set("namespace", values_.value(f.metric_namespace));
  transformation.set("name", values_.value(f.metric_name));
  transformation.set("value", values_.value(f.metric_value));
  if (f.default_value) transformation.set("default_value", hcl::String(fmt::format("{}", *f.default_value->get())));
}

void ModuleWriter::operator()(const Alarm& a) {
  hcl::Body& alarm = block();
  set(alarm, "alarm_name", a.name);
  set(alarm, "alarm_description", a.description);
  set(alarm, "namespace", a.metric_namespace);
  set(alarm, "metric_name", a.metric_name);
  set(alarm, "statistic", a.statistic);
  set(alarm, "comparison_operator", a.comparison);
  set(alarm, "threshold", a.threshold);
  set(alarm, "period", a.period_seconds);
  set(alarm, "evaluation_periods", a.evaluation_periods);
  set(alarm, "datapoints_to_alarm", a.datapoints_to_alarm);
  set(alarm, "treat_missing_data", a.treat_missing_data);
  set(alarm, "actions_enabled", a.actions_enabled);
  if (!a.alarm_actions.empty()) alarm.set("alarm_actions", values_.list(a.alarm_actions));
  if (!a.ok_actions.empty()) alarm.set("ok_actions", values_.list(a.ok_actions));
  values_.set_tags(alarm, a.tags);
}

void ModuleWriter::operator()(const Topic& t) {
  hcl::Body& topic = block();
  set(topic, "name", t.name);
  set(topic, "display_name", t.display_name);
  set(topic, "kms_master_key_id", t.kms_key);
  values_.set_tags(topic, t.tags);
}

void ModuleWriter::operator()(const TopicPolicy& tp) {
  const std::string document = name_ + "_topic";
  values_.add_policy(file_, document, tp.policy);
  hcl::Body& policy = block();
  policy.set("arn", values_.value(tp.topics.front()));
  policy.set("policy", TerraformValues::policy_json(document));
}

void ModuleWriter::operator()(const Subscription& s) {
  hcl::Body& subscription = block();
  subscription.set("topic_arn", values_.value(s.topic));
  subscription.set("protocol", values_.value(s.protocol));
  set(subscription, "endpoint", s.endpoint);
}

void ModuleWriter::operator()(const Key& k) {
  const std::string document = name_;
  values_.add_policy(file_, document, k.policy);
  hcl::Body& key = block();
  set(key, "description", k.description);
  key.set("policy", TerraformValues::policy_json(document));
  set(key, "enable_key_rotation", k.rotation);
  set(key, "deletion_window_in_days", k.pending_window_days);
  values_.set_tags(key, k.tags);
}

void ModuleWriter::operator()(const KeyAlias& a) {
  hcl::Body& alias = block();
  alias.set("name", values_.value(a.name));
  alias.set("target_key_id", values_.value(a.key));
}

void ModuleWriter::operator()(const Secret& s) {
  if (s.generated_length) {
    file_.comment({"Without a value: a value in Terraform would stand in the state. Fill it once the secret is there:",
                   fmt::format("  password=$(aws secretsmanager get-random-password --password-length {}{} \\",
                               *s.generated_length->get(),
                               s.exclude_punctuation && *s.exclude_punctuation->get() ? " --exclude-punctuation" : ""),
                   "    --query RandomPassword --output text)",
                   fmt::format("  aws secretsmanager put-secret-value --secret-id {} --secret-string \"$password\"",
                               literal_of(*s.name).value_or(""))});
  }
  hcl::Body& secret = block();
  set(secret, "name", s.name);
  set(secret, "description", s.description);
  set(secret, "kms_key_id", s.kms_key);
  set(secret, "recovery_window_in_days", s.recovery_window_days);
  values_.set_tags(secret, s.tags);
}

void ModuleWriter::operator()(const FunctionPermission& fp) {
  hcl::Body& permission = block();
  permission.set("action", values_.value(fp.action));
  // An alias or version stands apart from the function; left in the ARN, the provider would see a difference at every
  // plan.
  const std::string arn = literal_of(fp.function).value_or("");
  const bool is_qualified = std::count(arn.begin(), arn.end(), ':') == 7;
  if (is_qualified) {
    permission.set("function_name", hcl::String(arn.substr(0, arn.rfind(':'))));
    permission.set("qualifier", hcl::String(arn.substr(arn.rfind(':') + 1)));
  } else {
    permission.set("function_name", values_.value(fp.function));
  }
  permission.set("principal", values_.value(fp.principal));
  set(permission, "source_arn", fp.source_arn);
}

// --- the rest of the module ------------------------------------------------------------------------------------------

void add_requirements(hcl::Body& file) {
  hcl::Body& terraform = file.block("terraform");
  terraform.set("required_version", hcl::String(">= 1.3"));
  terraform.blank_line();
  hcl::Object aws{{"source", hcl::String("hashicorp/aws")}, {"version", hcl::String(">= 5.40, < 7.0")}};
  terraform.block("required_providers").set("aws", std::move(aws));
  file.blank_line();
}

void add_variables(const Stack& stack, hcl::Body& file) {
  for (const Parameter& parameter : stack.parameters) {
    const std::string name = snake_case(parameter.name);
    hcl::Body& variable = file.block("variable", {name});
    variable.set("description", hcl::String(parameter.description));
    variable.set("type", hcl::Address("string"));
    if (parameter.default_value) variable.set("default", hcl::String(*parameter.default_value));
    if (parameter.secret) variable.set("sensitive", true);
    if (!parameter.allowed_pattern.empty()) {
      variable.blank_line();
      hcl::Body& validation = variable.block("validation");
      const std::string regex = hcl::print_value(hcl::String("^" + parameter.allowed_pattern + "$"));
      validation.set("condition", hcl::Expression(fmt::format("can(regex({}, var.{}))", regex, name)));
      validation.set("error_message", hcl::String(fmt::format("{} must match {}.", name, parameter.allowed_pattern)));
    }
    file.blank_line();
  }
}

void add_locals(const Stack& stack, hcl::Body& file) {
  if (stack.tags.empty()) return;
  const TerraformValues values(stack);
  hcl::Object tags;
  for (const Tag& tag : stack.tags) tags.emplace_back(tag.key, values.value(tag.value));
  file.block("locals").set("tags", std::move(tags));
  file.blank_line();
}

/// The data sources that something in the module reads.
void add_places(const std::string& module, hcl::Body& file) {
  for (const char* type : {"aws_caller_identity", "aws_partition", "aws_region"}) {
    if (module.find(fmt::format("data.{}.current.", type)) == std::string::npos) continue;
    file.block("data", {type, "current"});
    file.blank_line();
  }
}

void add_resources(const Stack& stack, hcl::Body& file) {
  ModuleWriter writer(stack, file);
  std::size_t section = 0;
  for (const Resource& resource : stack.resources()) {
    if (std::holds_alternative<External>(resource.body)) continue;
    if (resource.section != section) {
      section = resource.section;
      file.comment(section_comment(stack.sections[section]));
      file.blank_line();
    }
    writer.add(resource);
  }
}

/// The first output says where the module comes from: a plan keeps what outputs are for, and no comment.
void add_outputs(const Stack& stack, hcl::Body& file) {
  const TerraformValues values(stack);
  bool first = true;
  for (const Output& output : stack.outputs) {
    if (first) {
      file.comment(section_comment({"Outputs", ""}));
      file.blank_line();
    }
    const std::string mark = first ? fmt::format(". {}{}", generated_by, stack.spec_hash) : std::string();
    first = false;
    hcl::Body& body = file.block("output", {snake_case(output.label)});
    body.set("description", hcl::String(output.description + mark));
    if (output.is_list) {
      body.set("value", values.list(output.values));
    } else {
      body.set("value", values.value(output.values.front()));
    }
    file.blank_line();
  }
}

}  // namespace

hcl::Body terraform_module(const Stack& stack) {
  hcl::Body resources;
  add_resources(stack, resources);
  add_outputs(stack, resources);
  hcl::Body file;
  add_requirements(file);
  add_variables(stack, file);
  add_locals(stack, file);
  add_places(hcl::print_hcl(resources), file);
  file.append(std::move(resources));
  return file;
}

std::vector<OutputFile> render_terraform(const Stack& stack) {
  std::string text = "# " + generated_line(stack) + "\n";
  for (const std::string& line : lines_of(stack.description))
    if (!stack.description.empty()) text += line.empty() ? "#\n" : "# " + line + "\n";
  text += "\n" + hcl::print_hcl(terraform_module(stack));
  while (text.ends_with("\n\n")) text.pop_back();
  return {{"terraform/main.tf", std::move(text)}};
}

std::vector<OutputFile> render_terraform_json(const Stack& stack) {
  return {{"terraform-json/main.tf.json", print_json(hcl::to_tf_json(terraform_module(stack), generated_line(stack)))}};
}

}  // namespace secretwatch::emit
