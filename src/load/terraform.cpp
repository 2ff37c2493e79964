#include "load/terraform.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "load/additions.h"
#include "load/kinds.h"
#include "load/labels.h"
#include "load/references.h"
#include "load/settings.h"
#include "load/words.h"

namespace secretwatch::load {

using stack::Attribute;
using stack::Ref;
using stack::ResourceId;

namespace {

/// module.m.aws_sns_topic.alerts["a"] → m-alerts-a
std::string label_of(const Instance& instance) {
  std::string words;
  std::string_view rest = instance.address;
  const std::string type = instance.type + ".";
  const auto skip = [&](std::string_view prefix) {
    if (!rest.starts_with(prefix)) return false;
    rest.remove_prefix(prefix.size());
    return true;
  };
  bool begins = true;
  while (!rest.empty()) {
    if (begins && (skip("module.") || skip(type))) continue;
    const char c = rest.front();
    begins = c == '.';
    rest.remove_prefix(1);
    const bool is_word = is_letter_or_digit(c) || c == '_';
    if (is_word) words += c;
    if (!is_word && !words.empty() && words.back() != '-') words += '-';
  }
  while (words.ends_with('-')) words.pop_back();
  return words;
}

/// The argument that names a resource which settings can name.
const char* name_argument(std::string_view type) {
  return type == "AWS::S3::Bucket" ? "bucket" : "name";
}

class ConfigurationLoader {
 public:
  ConfigurationLoader(const Configuration& configuration, const Place& place)
      : configuration_(configuration),
        place_(place),
        conditions_(stack_),
        values_(stack_, conditions_, references_),
        references_(configuration, place, stack_, values_),
        owners_(stack_) {}

  stack::Stack run() {
    stack_.spec_hash = configuration_.spec_hash;
    for (const Unread& unread : configuration_.unread) stack_.gaps.push_back({unread.reason, unread.span});
    add_scopes();
    stack_.expect(configuration_.instances.size());
    pending_.reserve(configuration_.instances.size());
    for (std::uint32_t i = 0; i < configuration_.instances.size(); ++i) add_resource(i);
    for (std::uint32_t i = 0; i < configuration_.instances.size(); ++i) find_owners(i);
    say_resources();
    say_settings();
    fill_resources();
    return std::move(stack_);
  }

 private:
  /// A resource of the stack, and what its configuration says of it in CloudFormation's words.
  struct Pending {
    ResourceId id{};
    std::uint32_t instance = 0;
    std::string type{};  // CloudFormation's; empty: nobody here looks into it
    Item said{};
    Item written{};  // in Terraform's words
  };
  struct Setting {
    std::uint32_t instance = 0;
    const ResourceWords* words = nullptr;
    std::vector<Owners::Answer> owners{};
  };

  const Instance& instance(std::uint32_t i) const { return configuration_.instances[i]; }

  // --- scopes ---

  void add_scopes() {
    const std::vector<Provider>& providers = configuration_.providers;
    stack_.scopes.clear();
    for (const Provider& provider : providers) stack_.scopes.push_back(scope_before(provider));
    for (std::size_t i = 0; i < providers.size(); ++i) stack_.scopes[i] = scope_of_provider(providers[i]);
  }

  /// What is known of a provider while they are looked at: the role that one takes on may be that of an account which
  /// is asked of another.
  stack::Scope scope_before(const Provider& provider) const {
    const stack::Unknown why{fmt::format("is up to provider '{}'", provider.name), stack::Cause::computed};
    stack::Scope scope = scope_of(place_);
    if (!provider.region.is_null()) scope.region = stack::Text{why};
    if (!provider.account.is_null()) scope.account = stack::Text{why};
    if (provider.name != "aws") scope.provider = provider.name;
    return scope;
  }

  /// Region or account, known or not; nothing: not written.
  std::optional<stack::Text> place_in(const hcl::Value& value) {
    if (value.is_null()) return std::nullopt;
    const Item item = values_.item(value);
    if (item.is(Item::Kind::text) && !item.text.has_unknown()) return item.text;
    return stack::Text{item.is(Item::Kind::unknown) ? item.unknown : stack::Unknown{"depends on a condition"}};
  }

  stack::Scope scope_of_provider(const Provider& provider) {
    const bool is_default = provider.name == "aws";
    const auto known = [&](const hcl::Value& value) {
      std::optional<stack::Text> place = place_in(value);
      // Of the default provider it is the place of deployment.
      return is_default && place && place->has_unknown() ? std::nullopt : place;
    };
    const std::optional<stack::Text> region = known(provider.region);
    const std::optional<stack::Text> account = known(provider.account);
    stack::Scope scope = scope_of(region ? Place{region->literal().value_or(""), place_.account} : place_);
    if (region) scope.region = *region;
    if (account) scope.account = *account;
    if (!is_default) scope.provider = provider.name;
    return scope;
  }

  /// Since version 6 of the provider, a resource may say its region itself.
  std::size_t scope_of_resource(const Instance& resource) {
    const EvaluatedAttribute* const written = resource.body.find("region");
    const std::optional<stack::Text> region = written == nullptr ? std::nullopt : place_in(written->value);
    const stack::Scope usual = stack_.scopes.at(resource.provider);
    if (!region || usual.region == *region) return resource.provider;
    stack::Scope own = scope_of({region->literal().value_or(""), {}});
    own.region = *region;
    own.account = usual.account;
    own.provider = usual.provider;
    const auto known = std::find_if(stack_.scopes.begin(), stack_.scopes.end(), [&](const stack::Scope& each) {
      return each.region == own.region && each.account == own.account && each.provider == own.provider;
    });
    if (known != stack_.scopes.end()) return static_cast<std::size_t>(known - stack_.scopes.begin());
    stack_.scopes.push_back(std::move(own));
    return stack_.scopes.size() - 1;
  }

  // --- resources ---

  void add_resource(std::uint32_t i) {
    const Instance& written = instance(i);
    if (written.is_data) return;
    const ResourceWords* const words = find_words(written.type);
    if (words != nullptr && !words->owner.empty()) return;
    add(i, words != nullptr ? words->type : type_of_cloud_control(written.type));
  }

  void add(std::uint32_t i, std::string_view type) {
    const Instance& written = instance(i);
    const Kind* const kind = find_kind(type);
    if (written.type.starts_with("aws_cloudformation_stack"))
      stack_.gaps.push_back({fmt::format("what '{}' makes was not read", written.address), written.span});
    stack::Resource resource;
    resource.body = kind == nullptr ? stack::Body(stack::Other{written.type}) : kind->empty();
    resource.address = written.address;
    resource.span = written.span;
    resource.label = labels_.take({label_of(written), written.address}, resource.body);
    resource.scope = scope_of_resource(written);
    const ResourceId id = stack_.add(std::move(resource));
    references_.stand_for(i, id);
    pending_.push_back({id, i, std::string(kind == nullptr ? "" : type)});
    if (const EvaluatedAttribute* const name = written.body.find(name_argument(type)); kind != nullptr)
      named_.push_back({id, std::string(type), name});
  }

  // --- settings of others ---

  void find_owners(std::uint32_t i) {
    if (i == 0) {
      for (const Named& each : named_)
        owners_.add(each.type, each.name == nullptr ? Item() : values_.item(each.name->value), each.id);
    }
    const Instance& written = instance(i);
    const ResourceWords* const words = written.is_data ? nullptr : find_words(written.type);
    if (words == nullptr || words->owner.empty()) return;
    const EvaluatedAttribute* const owner = written.body.find(words->owner);
    const Item names = owner == nullptr ? Item() : values_.item(owner->value);
    bool is_whole = true;
    Setting setting{i, words, owners_.find(words->type, names, conditions_, is_whole)};
    if (!is_whole && words->type == "AWS::IAM::Role") unowned_policies_.push_back(i);
    if (setting.owners.empty()) return add(i, {});
    settings_.push_back(std::move(setting));
  }

  void say_settings() {
    std::unordered_map<std::uint32_t, Pending*> by_id;
    for (Pending& each : pending_) by_id.emplace(static_cast<std::uint32_t>(each.id), &each);
    for (const Setting& setting : settings_) {
      const Instance& written = instance(setting.instance);
      const Item said = translate(values_.item(written.body, written.span), setting.words->words);
      const stack::Presence there = values_.presence(written.presence);
      for (const Owners::Answer& answer : setting.owners)
        add_fields(by_id.at(static_cast<std::uint32_t>(answer.owner))->said, said,
                   conditions_.both(there, answer.presence));
    }
    for (const std::uint32_t i : unowned_policies_) {
      const Item why = unknown_item(fmt::format("'{}' may be attached to it", instance(i).address), instance(i).span);
      for (Pending& each : pending_)
        if (each.type == "AWS::IAM::Role") add_fields(each.said, object_item({{"Policies", {}, why}}, why.span), {});
    }
  }

  // --- what is said ---

  void say_resources() {
    for (Pending& each : pending_) {
      const Instance& written = instance(each.instance);
      stack_[each.id].presence = values_.presence(written.presence);
      fill_dependencies(each);
      if (each.type.empty()) continue;
      each.written = values_.item(written.body, written.span);
      const ResourceWords* const words = find_words(written.type);
      each.said =
          words != nullptr ? translate(each.written, words->words) : translate_cloud_control(each.written, each.type);
      stack_[each.id].retained = is_retained(each.written);
    }
  }

  static bool is_retained(const Item& written) {
    const Item lifecycle = field_of(written, "lifecycle");
    return field_of(lifecycle, "prevent_destroy").literal() == "true" ||
           field_of(written, "skip_destroy").literal() == "true";
  }

  void fill_dependencies(const Pending& pending) {
    std::set<ResourceId> after;
    for (const std::uint32_t handle : instance(pending.instance).depends_on)
      if (const std::optional<ResourceId> id = references_.resource_of(handle); id && *id != pending.id)
        after.insert(*id);
    stack_[pending.id].depends_on.assign(after.begin(), after.end());
  }

  void fill_resources() {
    for (Pending& each : pending_) {
      if (each.type.empty()) continue;
      if (each.type == "AWS::IAM::Role") inline_managed_policies(each.said);
      const Properties said(std::move(each.said), conditions_);
      find_kind(each.type)->read(said, stack_[each.id].body);
      const Properties written(std::move(each.written), conditions_);
      add_to(each.id, written);
      add_others(each, written.whole());
    }
  }

  /// Managed policies that are written here are policies of the role.
  void inline_managed_policies(Item& role) {
    const Item arns = field_of(role, "ManagedPolicyArns");
    std::vector<Item> policies;
    std::vector<Item> others;
    for (Item& each : spread(arns, [this](const Item& arn) { return single(managed_policy(arn)); })) {
      const Item& leaf = !each.is(Item::Kind::choice)           ? each
                         : each.items[0].is(Item::Kind::absent) ? each.items[1]
                                                                : each.items[0];
      (leaf.is(Item::Kind::object) ? policies : others).push_back(std::move(each));
    }
    if (policies.empty()) return;
    std::erase_if(role.fields, [](const Field& field) { return field.name == "ManagedPolicyArns"; });
    const Span span = arns.span;
    role.fields.push_back({"ManagedPolicyArns", arns.key, list_item(std::move(others), span)});
    add_fields(role, object_item({{"Policies", arns.key, list_item(std::move(policies), span)}}, span), {});
  }

  /// The policy that an ARN of it stands for, or the ARN.
  Item managed_policy(const Item& arn) {
    const std::vector<stack::Part>& parts = arn.text.parts();
    const auto* const ref = arn.is(Item::Kind::text) && parts.size() == 1 ? std::get_if<Ref>(&parts.front()) : nullptr;
    if (ref == nullptr || ref->attribute != Attribute::arn) return arn;
    const auto of =
        std::find_if(pending_.begin(), pending_.end(), [&](const Pending& each) { return each.id == ref->target; });
    if (of == pending_.end() || instance(of->instance).type != "aws_iam_policy") return arn;
    static constexpr Word words[] = {{"name", "PolicyName"}, {"policy", "PolicyDocument", Word::Form::json}};
    return translate(values_.item(instance(of->instance).body, arn.span), words);
  }

  /// What CloudFormation has no word for.
  void add_to(ResourceId id, const Properties& written) {
    stack::Body& body = stack_[id].body;
    if (auto* const bucket = std::get_if<stack::Bucket>(&body)) bucket->name_prefix = written.text("bucket_prefix");
    if (auto* const secret = std::get_if<stack::Secret>(&body))
      secret->recovery_window_days = written.integer("recovery_window_in_days");
    if (auto* const permission = std::get_if<stack::FunctionPermission>(&body))
      permission->function = qualified(permission->function, written.text("qualifier"));
  }

  static stack::TextValue qualified(const stack::TextValue& function, const stack::OptionalText& qualifier) {
    if (!qualifier || qualifier->get() == nullptr) return function;
    stack::Text text = function.ref() != nullptr   ? stack::Text{*function.ref()}
                       : function.get() != nullptr ? *function.get()
                                                   : stack::Text();
    if (text.parts().empty()) return function;
    text.append(":");
    text += *qualifier->get();
    return {std::move(text), function.span};
  }

  /// A policy that stands in the resource it is for.
  void add_others(const Pending& pending, const Item& written) {
    static constexpr Word own_policy[] = {{"policy", "PolicyDocument", Word::Form::json}};
    const std::string& type = instance(pending.instance).type;
    if (!type.starts_with("aws_")) return;
    const Properties said(translate(written, own_policy), conditions_);
    if (!said.has("PolicyDocument")) return;
    const Span key = field_of(written, "policy").key;
    const auto reference = [&](Attribute attribute) {
      return stack::TextValue(Ref{pending.id, attribute, {}}, said.item("PolicyDocument").span);
    };
    stack::Policy policy = said.policy("PolicyDocument");
    if (type == "aws_sns_topic") {
      add_own(pending.id, key, stack::TopicPolicy{{reference(Attribute::arn)}, std::move(policy)});
    } else if (type == "aws_sqs_queue") {
      add_own(pending.id, key, stack::QueuePolicy{{reference(Attribute::id)}, std::move(policy)});
    } else if (type == "aws_secretsmanager_secret") {
      add_own(pending.id, key, stack::SecretPolicy{reference(Attribute::arn), std::move(policy)});
    } else if (type == "aws_s3_bucket") {
      add_own(pending.id, key, stack::BucketPolicy{reference(Attribute::name), std::move(policy)});
    }
  }

  void add_own(ResourceId id, const Span& key, stack::Body body) {
    const stack::Resource& of = stack_[id];
    stack::Resource resource;
    resource.label = labels_.take({of.label, of.label + "-policy"}, body);
    resource.address = of.address;
    resource.body = std::move(body);
    resource.span = key.is_nowhere() ? of.span : key;
    resource.presence = of.presence;
    resource.scope = of.scope;
    stack_.add(std::move(resource));
  }

  struct Named {
    ResourceId id{};
    std::string type{};
    const EvaluatedAttribute* name = nullptr;
  };

  const Configuration& configuration_;
  const Place& place_;
  stack::Stack stack_;
  Conditions conditions_;
  Values values_;
  References references_;
  Owners owners_;
  Labels labels_;
  std::vector<Pending> pending_;
  std::vector<Named> named_;
  std::vector<Setting> settings_;
  std::vector<std::uint32_t> unowned_policies_;
};

}  // namespace

stack::Stack to_stack(const Configuration& configuration, const Place& place) {
  return ConfigurationLoader(configuration, place).run();
}

}  // namespace secretwatch::load
