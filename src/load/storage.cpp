/// The trail, where it is stored, and the log groups it is delivered to. Source of the names of properties:
/// CloudFormation resource reference.
#include "load/kinds.h"

namespace secretwatch::load {

using stack::TextValue;
using stack::Unknown;

namespace {

/// Public access is blocked when all four settings say so.
stack::OptionalBoolean all_of(const Properties& settings) {
  stack::OptionalBoolean all;
  for (const char* name : {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"}) {
    stack::OptionalBoolean one = settings.boolean(name);
    if (!one) one = stack::Value<bool>(false, settings.span());
    if (one->get() != nullptr && !*one->get()) return one;
    if (!all || one->get() == nullptr) all = one;
  }
  return all;
}

stack::EventSelector read_selector(const Properties& p) {
  stack::EventSelector selector;
  selector.span = p.span();
  selector.presence = p.presence();
  selector.read_write_type = p.text("ReadWriteType");
  selector.management_events = p.boolean("IncludeManagementEvents");
  selector.excluded_sources = p.texts("ExcludeManagementEventSources");
  for (const Properties& each : p.objects("DataResources"))
    selector.data_resources.push_back({each.required_text("Type"), each.texts("Values")});
  return selector;
}

stack::AdvancedEventSelector read_advanced_selector(const Properties& p) {
  stack::AdvancedEventSelector selector;
  selector.span = p.span();
  selector.presence = p.presence();
  selector.name = p.text("Name");
  for (const Properties& each : p.objects("FieldSelectors")) {
    stack::FieldSelector field;
    field.field = each.required_text("Field");
    field.equals = each.texts("Equals");
    field.not_equals = each.texts("NotEquals");
    field.starts_with = each.texts("StartsWith");
    field.not_starts_with = each.texts("NotStartsWith");
    field.ends_with = each.texts("EndsWith");
    field.not_ends_with = each.texts("NotEndsWith");
    selector.fields.push_back(std::move(field));
  }
  return selector;
}

void read_lifecycle(const Properties& rule, stack::Bucket& bucket) {
  const stack::OptionalText status = rule.text("Status");
  if (status && literal_of(*status) == "Disabled") return;
  if (rule.has("Prefix") || rule.has("TagFilters")) return;  // of a part of the bucket only
  if (!bucket.expiration_days) bucket.expiration_days = rule.integer("ExpirationInDays");
  if (!bucket.noncurrent_expiration_days)
    bucket.noncurrent_expiration_days = rule.object("NoncurrentVersionExpiration").integer("NoncurrentDays");
  if (!bucket.noncurrent_expiration_days)
    bucket.noncurrent_expiration_days = rule.integer("NoncurrentVersionExpirationInDays");
  if (!bucket.abort_incomplete_upload_days)
    bucket.abort_incomplete_upload_days = rule.object("AbortIncompleteMultipartUpload").integer("DaysAfterInitiation");
}

/// "Enabled" → true.
stack::OptionalBoolean is_enabled(const stack::OptionalText& status) {
  if (!status) return std::nullopt;
  if (const std::optional<std::string> literal = literal_of(*status))
    return stack::Value<bool>(*literal == "Enabled", status->span);
  return stack::Value<bool>(Unknown{"the status is not known"}, status->span);
}

}  // namespace

void read(const Properties& p, stack::Bucket& bucket) {
  bucket.name = p.text("BucketName");
  if (p.has("PublicAccessBlockConfiguration"))
    bucket.block_public_access = all_of(p.object("PublicAccessBlockConfiguration"));
  for (const Properties& rule : p.object("OwnershipControls").objects("Rules"))
    bucket.object_ownership = rule.text("ObjectOwnership");
  for (const Properties& rule : p.object("BucketEncryption").objects("ServerSideEncryptionConfiguration")) {
    const Properties defaults = rule.object("ServerSideEncryptionByDefault");
    bucket.encryption_algorithm = defaults.text("SSEAlgorithm");
    bucket.kms_key = defaults.text("KMSMasterKeyID");
  }
  bucket.versioning = is_enabled(p.object("VersioningConfiguration").text("Status"));
  for (const Properties& rule : p.object("LifecycleConfiguration").objects("Rules")) read_lifecycle(rule, bucket);
  bucket.lock_days = p.object("ObjectLockConfiguration").object("Rule").object("DefaultRetention").integer("Days");
  bucket.access_logs_bucket = p.object("LoggingConfiguration").text("DestinationBucketName");
  bucket.access_logs_prefix = p.object("LoggingConfiguration").text("LogFilePrefix");
  bucket.tags = p.tags();
}

void read(const Properties& p, stack::BucketPolicy& policy) {
  policy.bucket = p.required_text("Bucket");
  policy.policy = p.policy("PolicyDocument");
}

void read(const Properties& p, stack::Trail& trail) {
  trail.name = p.text("TrailName");
  trail.bucket = p.required_text("S3BucketName");
  trail.key_prefix = p.text("S3KeyPrefix");
  trail.log_group = p.text("CloudWatchLogsLogGroupArn");
  trail.log_role = p.text("CloudWatchLogsRoleArn");
  trail.kms_key = p.text("KMSKeyId");
  trail.topic = p.text("SnsTopicName");
  trail.is_logging = p.boolean("IsLogging");
  trail.multi_region = p.boolean("IsMultiRegionTrail");
  trail.global_service_events = p.boolean("IncludeGlobalServiceEvents");
  trail.log_file_validation = p.boolean("EnableLogFileValidation");
  trail.organization = p.boolean("IsOrganizationTrail");
  for (const Properties& each : p.objects("EventSelectors")) trail.event_selectors.push_back(read_selector(each));
  for (const Properties& each : p.objects("AdvancedEventSelectors"))
    trail.advanced_selectors.push_back(read_advanced_selector(each));
  trail.tags = p.tags();
}

void read(const Properties& p, stack::LogGroup& group) {
  group.name = p.text("LogGroupName");
  group.retention_days = p.integer("RetentionInDays");
  group.kms_key = p.text("KmsKeyId");
  group.log_group_class = p.text("LogGroupClass");
  group.tags = p.tags();
}

void read(const Properties& p, stack::SubscriptionFilter& filter) {
  filter.name = p.text("FilterName");
  filter.log_group = p.required_text("LogGroupName");
  filter.pattern = p.required_text("FilterPattern");
  filter.destination = p.required_text("DestinationArn");
  filter.role = p.text("RoleArn");
}

void read(const Properties& p, stack::LogResourcePolicy& policy) {
  policy.name = p.text("PolicyName");
  policy.policy = p.policy("PolicyDocument");
}

void read(const Properties& p, stack::Role& role) {
  role.name = p.text("RoleName");
  role.trust = p.policy("AssumeRolePolicyDocument");
  for (const Properties& each : p.objects("Policies")) {
    stack::InlinePolicy policy;
    policy.name = each.item("PolicyName").literal().value_or("");
    policy.policy = each.policy("PolicyDocument");
    policy.presence = each.presence();
    if (const Unknown* const unknown = each.unknown()) policy.policy.unread.push_back(*unknown);
    role.policies.push_back(std::move(policy));
  }
  role.managed_policies = p.texts("ManagedPolicyArns");
  role.permissions_boundary = p.text("PermissionsBoundary");
  role.tags = p.tags();
}

void read(const Properties& p, stack::Key& key) {
  key.description = p.text("Description");
  key.policy = p.policy("KeyPolicy");
  key.enabled = p.boolean("Enabled");
  key.rotation = p.boolean("EnableKeyRotation");
  key.pending_window_days = p.integer("PendingWindowInDays");
  key.tags = p.tags();
}

void read(const Properties& p, stack::KeyAlias& alias) {
  alias.name = p.required_text("AliasName");
  alias.key = p.required_text("TargetKeyId");
}

void read(const Properties& p, stack::Secret& secret) {
  secret.name = p.text("Name");
  secret.description = p.text("Description");
  secret.kms_key = p.text("KmsKeyId");
  if (p.has("GenerateSecretString")) {
    const Properties generated = p.object("GenerateSecretString");
    secret.generated_length = generated.integer("PasswordLength");
    secret.exclude_punctuation = generated.boolean("ExcludePunctuation");
  }
  for (const Properties& each : p.objects("ReplicaRegions"))
    secret.replica_regions.push_back(each.required_text("Region"));
  secret.tags = p.tags();
}

void read(const Properties& p, stack::SecretPolicy& policy) {
  policy.secret = p.required_text("SecretId");
  policy.policy = p.policy("ResourcePolicy");
}

void read(const Properties& p, stack::SecretRotation& rotation) {
  rotation.secret = p.required_text("SecretId");
  rotation.function = p.text("RotationLambdaARN");
  if (p.has("HostedRotationLambda")) rotation.hosted_function = stack::Value<bool>(true, p.span());
}

void read(const Properties& p, stack::NestedStack& nested) {
  nested.parameters = p.map("Parameters");
}

}  // namespace secretwatch::load
