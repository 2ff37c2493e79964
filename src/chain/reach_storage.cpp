/// Where records lie: the bucket and the keys of trails and log groups.
#include <algorithm>
#include <array>

#include "chain/reach.h"
#include "stack/partition.h"

namespace secretwatch::chain {
namespace {

using stack::Attribute;
using stack::ResourceId;
using stack::Text;
using Verdict = Access::Verdict;

/// Keys that a service's request may carry, and with what value is not documented or not known.
std::vector<ContextKey> context_not_known(std::initializer_list<const char*> names) {
  std::vector<ContextKey> context = {{"aws:SecureTransport", "true"},
                                     {"aws:PrincipalIsAWSService", "true", Match::maybe},
                                     {"aws:CurrentTime", {}, Match::yes, false},
                                     {"aws:EpochTime", {}, Match::yes, false}};
  for (const char* name : {"aws:SourceIp", "aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp", "aws:PrincipalArn",
                           "aws:PrincipalAccount", "aws:PrincipalType", "aws:PrincipalServiceName", "aws:userid",
                           "aws:username", "aws:ViaAWSService", "aws:CalledVia", "aws:RequestedRegion",
                           "aws:ResourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths", "aws:UserAgent"})
    context.push_back({name, {}, Match::maybe, false});
  for (const char* name : names) context.push_back({name, {}, Match::maybe, false});
  return context;
}

/// The key of the stack that a property names, or why it is none of them.
KeyUse use_of(const World& world, const stack::OptionalText& property) {
  KeyUse use;
  const auto* const written = world.at(property);
  if (written == nullptr) return use;
  const Text key = world.text(*written);
  if (key.literal() == "") return use;
  const std::vector<Link> keys = keys_of(world, key);
  if (keys.size() != 1 || keys.front().match != Match::yes) {
    use.reason = KeyUse::Reason::key_elsewhere;
    use.verdict = Verdict::undecided;
    return use;
  }
  use.reason = KeyUse::Reason::key_policy;
  use.key = keys.front().resource;
  return use;
}

const stack::Policy& policy_of(const World& world, const KeyUse& use) {
  return std::get<stack::Key>(world.stack()[use.key].body).policy;
}

/// Keeps the answer to the first action that is not allowed.
void keep(KeyUse& use, const Access& access, const std::string& action) {
  if (use.verdict == Verdict::denied || access.verdict == Verdict::allowed || access.verdict == use.verdict) return;
  use.verdict = access.verdict;
  use.access = access;
  use.action = action;
}

/// A trail of an organization speaks for every account of it.
bool is_certainly_of_one_account(const World& world, const stack::Trail& trail) {
  const bool* const organization = world.known(trail.organization);
  return world.at(trail.organization) == nullptr || (organization != nullptr && !*organization);
}

/// logs.us-east-1.amazonaws.com, and without the region.
std::array<Text, 2> logs_services(const stack::Scope& scope) {
  Text of_region("logs.");
  of_region += scope.region;
  of_region.append(".");
  Text of_all("logs.");
  for (Text* const service : {&of_region, &of_all}) *service += stack::url_suffix_of(scope);
  return {of_region, of_all};
}

/// The objects of a trail lie at [prefix/]AWSLogs/ACCOUNT/CloudTrail/…
Text object_of(Text bucket_arn, const World& world, const stack::Trail& trail, const Text& account) {
  Text object = std::move(bucket_arn);
  object.append("/");
  if (const auto* const prefix = world.at(trail.key_prefix); prefix != nullptr) {
    const Text text = world.text(*prefix);
    object += text;
    if (text.literal() != "") object.append("/");
  }
  object.append("AWSLogs/");
  object += account;
  object.append("/CloudTrail/record.json.gz");
  return object;
}

/// Both ways of writing the ARN of a bucket whose name the template does not know.
std::array<Text, 2> arns_of(const World& world, ResourceId bucket) {
  Text by_name("arn:");
  by_name += stack::partition_of(world.stack().scopes.at(world.stack()[bucket].scope));
  by_name.append(":s3:::");
  by_name += world.identity_of({bucket, Attribute::name, {}});
  return {world.identity_of({bucket, Attribute::arn, {}}), by_name};
}

/// A name is one bucket's, and a bucket has one policy: what is certain rules out what may be.
std::vector<Link> certain_before_possible(std::vector<Link> links) {
  const auto is_certain = [](const Link& link) { return link.match == Match::yes; };
  if (std::any_of(links.begin(), links.end(), is_certain))
    std::erase_if(links, [&](const Link& link) { return !is_certain(link); });
  return links;
}

std::vector<Link> buckets_of(const World& world, const Text& name) {
  std::vector<Link> found;
  const auto& resources = world.stack().resources();
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const auto id = static_cast<ResourceId>(i);
    if (!std::holds_alternative<stack::Bucket>(resources[i].body)) continue;
    const Match match = is_same(name, world.identity_of({id, Attribute::name, {}}));
    if (match != Match::no && world.is_there(id)) found.push_back({id, match});
  }
  return certain_before_possible(std::move(found));
}

std::vector<Link> bucket_policies_of(const World& world, const Text& bucket) {
  std::vector<Link> found;
  for (const ResourceId id : world.stack().ids<stack::BucketPolicy>()) {
    const auto& policy = std::get<stack::BucketPolicy>(world.stack()[id].body);
    const Match match = is_same(world.text(policy.bucket), bucket);
    if (match != Match::no && world.is_there(id)) found.push_back({id, match});
  }
  return certain_before_possible(std::move(found));
}

}  // namespace

KeyUse may_encrypt_group(const World& world, ResourceId log_group) {
  const stack::Resource& resource = world.stack()[log_group];
  KeyUse use = use_of(world, std::get<stack::LogGroup>(resource.body).kms_key);
  if (use.reason != KeyUse::Reason::key_policy) return use;
  const stack::Scope& scope = world.stack().scopes.at(resource.scope);
  const auto [of_region, of_all] = logs_services(scope);
  for (const char* action : {"kms:GenerateDataKey", "kms:Decrypt"}) {
    Request request{
        .service = of_region,
        .action = action,
        .resource = world.identity_of({use.key, Attribute::arn, {}}),
        .context = context_not_known({"aws:SourceArn", "aws:SourceAccount", "kms:CallerAccount", "kms:ViaService",
                                      "kms:EncryptionContext:aws:logs:arn", "kms:EncryptionContextKeys"})};
    Access access = evaluate(world, policy_of(world, use), request);
    // The user guide asks for the name with the region; that the other one is refused is documented nowhere.
    request.service = of_all;
    if (access.verdict == Verdict::denied && evaluate(world, policy_of(world, use), request).verdict != Verdict::denied)
      access.verdict = Verdict::undecided;
    keep(use, access, action);
  }
  return use;
}

KeyUse may_encrypt_trail(const World& world, ResourceId id) {
  const stack::Resource& resource = world.stack()[id];
  const auto& trail = std::get<stack::Trail>(resource.body);
  KeyUse use = use_of(world, trail.kms_key);
  if (use.reason != KeyUse::Reason::key_policy) return use;
  const Text arn = world.identity_of({id, Attribute::arn, {}});
  Request request{.service = Text("cloudtrail.amazonaws.com"),
                  .action = "kms:GenerateDataKey",
                  .resource = world.identity_of({use.key, Attribute::arn, {}}),
                  .context = context_not_known({"aws:SourceAccount", "kms:CallerAccount", "kms:ViaService",
                                                "kms:EncryptionContext:aws:s3:arn", "kms:EncryptionContextKeys"})};
  const bool is_of_one_account = is_certainly_of_one_account(world, trail);
  request.context.push_back({"aws:SourceArn", arn, Match::yes, is_of_one_account});
  request.context.push_back({"kms:EncryptionContext:aws:cloudtrail:arn", arn, Match::yes, is_of_one_account});
  keep(use, evaluate(world, policy_of(world, use), request), request.action);
  return use;
}

std::optional<StoreAccess> may_store(const World& world, ResourceId id) {
  const stack::Resource& resource = world.stack()[id];
  const auto& trail = std::get<stack::Trail>(resource.body);
  const Text name = world.text(trail.bucket);
  const std::vector<Link> buckets = buckets_of(world, name);
  if (buckets.size() != 1 || buckets.front().match != Match::yes) return std::nullopt;
  StoreAccess store;
  store.bucket = buckets.front().resource;
  const std::vector<Link> policies = bucket_policies_of(world, name);
  if (policies.empty()) return store;
  store.has_policy = true;
  store.policy = policies.front().resource;
  store.access.verdict = Verdict::undecided;
  store.is_certain = policies.size() == 1 && policies.front().match == Match::yes;
  if (!store.is_certain) return store;
  // Where the records of an organization lie depends on its id: of its trail the bucket alone can be asked for.
  const bool is_of_one_account = is_certainly_of_one_account(world, trail);
  store.access.verdict = is_of_one_account ? Verdict::allowed : Verdict::undecided;
  const auto& policy = std::get<stack::BucketPolicy>(world.stack()[store.policy].body).policy;
  const Text& account = world.stack().scopes.at(resource.scope).account;
  for (const char* action : {"s3:GetBucketAcl", "s3:PutObject"}) {
    const bool is_of_object = std::string_view(action) == "s3:PutObject";
    if (is_of_object && !is_of_one_account) break;
    Request request{.service = Text("cloudtrail.amazonaws.com"),
                    .action = action,
                    .resource = {},
                    .context = context_not_known({"aws:SourceAccount", "s3:x-amz-server-side-encryption",
                                                  "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:TlsVersion",
                                                  "s3:ResourceAccount", "s3:signatureversion", "s3:authType"})};
    request.context.push_back(
        {"aws:SourceArn", world.identity_of({id, Attribute::arn, {}}), Match::yes, is_of_one_account});
    if (is_of_object) request.context.push_back({"s3:x-amz-acl", "bucket-owner-full-control"});
    Access best;
    for (const Text& arn : arns_of(world, store.bucket)) {
      request.resource = is_of_object ? object_of(arn, world, trail, account) : arn;
      const Access access = evaluate(world, policy, request);
      if (best.verdict == Verdict::denied || access.verdict == Verdict::allowed) best = access;
    }
    if (best.verdict == Verdict::allowed) continue;
    if (store.access.verdict == Verdict::allowed || best.verdict == Verdict::denied) {
      store.access = best;
      store.action = action;
    }
    if (best.verdict == Verdict::denied) break;
  }
  return store;
}

}  // namespace secretwatch::chain
