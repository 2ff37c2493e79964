#include "load/references.h"

#include <algorithm>

#include <fmt/format.h>

#include "load/policy_document.h"
#include "stack/partition.h"

namespace secretwatch::load {

using stack::Attribute;
using stack::Cause;
using stack::Ref;
using stack::Text;

namespace {

using Kind = Item::Kind;

/// Arguments that are references to resources whose arguments are references…
constexpr std::size_t deepest = 16;

/// What an attribute of a kind of resource is to the stack; nothing: none of these.
struct AttributeOf {
  std::string_view name;

  template <class Kind>
  std::optional<Attribute> operator()(const Kind&) const {
    if (name == "arn") return Attribute::arn;
    if (name == "name") return Attribute::name;
    if (name == "id") return Attribute::id;
    return std::nullopt;
  }
  std::optional<Attribute> operator()(const stack::Bucket& bucket) const {
    if (name == "bucket") return Attribute::name;
    return name == "name" ? std::nullopt : operator()<stack::Bucket>(bucket);
  }
  std::optional<Attribute> operator()(const stack::Trail& trail) const {
    return name == "id" ? Attribute::arn : operator()<stack::Trail>(trail);
  }
  std::optional<Attribute> operator()(const stack::Alarm& alarm) const {
    return name == "alarm_name" ? Attribute::name : operator()<stack::Alarm>(alarm);
  }
  std::optional<Attribute> operator()(const stack::CompositeAlarm& alarm) const {
    return name == "alarm_name" ? Attribute::name : operator()<stack::CompositeAlarm>(alarm);
  }
  std::optional<Attribute> operator()(const stack::Topic& topic) const {
    return name == "topic_arn" ? Attribute::arn : operator()<stack::Topic>(topic);
  }
  std::optional<Attribute> operator()(const stack::Subscription&) const {
    return name == "arn" || name == "id" ? std::optional(Attribute::arn) : std::nullopt;
  }
  std::optional<Attribute> operator()(const stack::Key& key) const {
    return name == "key_id" ? Attribute::id : operator()<stack::Key>(key);
  }
  std::optional<Attribute> operator()(const stack::KeyAlias& alias) const {
    return name == "id" ? Attribute::name : operator()<stack::KeyAlias>(alias);
  }
  std::optional<Attribute> operator()(const stack::Queue& queue) const {
    return name == "url" ? Attribute::id : operator()<stack::Queue>(queue);
  }
  std::optional<Attribute> operator()(const stack::Function& function) const {
    return name == "function_name" ? Attribute::name : operator()<stack::Function>(function);
  }
  std::optional<Attribute> operator()(const stack::Other&) const {
    return name == "arn" ? std::optional(Attribute::arn) : std::nullopt;
  }
};

/// Without the index of one that stands for all that nobody knows.
std::vector<std::string> path_in(const hcl::Reference& reference) {
  auto begin = reference.path.begin();
  while (begin != reference.path.end() && begin->starts_with('[')) ++begin;
  return {begin, reference.path.end()};
}

std::string spelled(const std::vector<std::string>& path) {
  std::string text;
  for (const std::string& step : path) text += (text.empty() || step.starts_with('[') ? "" : ".") + step;
  return text;
}

Item unknown_data(const hcl::Reference& reference, const Span& span) {
  return unknown_item({fmt::format("data source '{}' is read when Terraform runs", reference.address), Cause::computed,
                       hcl::print(reference)},
                      span);
}

/// Names and ARNs of what a data source looks up by its name.
struct LookedUp {
  std::string_view type;
  std::string_view name_argument;
  std::string_view service;
  std::string_view before_name;
  bool has_place = true;  // region and account
};
constexpr LookedUp looked_up[] = {
    {"aws_cloudwatch_log_group", "name", "logs", "log-group:"},
    {"aws_sns_topic", "name", "sns", ""},
    {"aws_sqs_queue", "name", "sqs", ""},
    {"aws_lambda_function", "function_name", "lambda", "function:"},
    {"aws_s3_bucket", "bucket", "s3", "", false},
};

}  // namespace

References::References(const Configuration& configuration, const Place& place, stack::Stack& stack, Values& values)
    : configuration_(configuration),
      place_(place),
      stack_(stack),
      values_(values),
      resources_(configuration.instances.size()) {}

Item References::resolve(const hcl::Reference& reference, const Span& span) {
  const std::vector<std::string> path = path_in(reference);
  if (reference.handle >= resources_.size())
    return unknown_item(
        {fmt::format("'{}' is not known", hcl::print(reference)), Cause::nothing_there, hcl::print(reference)}, span);
  const Instance& instance = configuration_.instances[reference.handle];
  if (instance.is_data) return data_source(reference.handle, path.empty() ? "" : path.front(), reference, span);
  const std::optional<stack::ResourceId> resource = resources_[reference.handle];
  if (path.size() == 1 && resource) {
    const std::optional<Attribute> attribute = std::visit(AttributeOf{path.front()}, stack_[*resource].body);
    const bool is_group = std::holds_alternative<stack::LogGroup>(stack_[*resource].body);
    if (attribute == Attribute::arn && is_group && configuration_.has_old_provider)
      return text_item(Text{Ref{*resource, *attribute, path.front()}, ":*"}, span);
    if (attribute) return text_item(Text{Ref{*resource, *attribute, path.front()}}, span);
  }
  Item written = argument(reference.handle, path, span);
  // The id of a setting is the name of what it is a setting of.
  if (!resource && path.size() == 1 && path.front() == "id")
    for (const char* owner : {"bucket", "role", "arn", "key_id"})
      if (written.is(Kind::absent)) written = argument(reference.handle, {owner}, span);
  if (!written.is(Kind::absent)) return written;
  if (resource) return text_item(Text{Ref{*resource, Attribute::other, spelled(path)}}, span);
  return unknown_item(
      {fmt::format("'{}' is known when it is deployed", hcl::print(reference)), Cause::computed, hcl::print(reference)},
      span);
}

Item References::argument(std::uint32_t handle, const std::vector<std::string>& path, const Span& span) {
  if (path.empty() || depth_ >= deepest) return absent_item(span);
  const EvaluatedBody& body = configuration_.instances[handle].body;
  ++depth_;
  Item found = absent_item(span);
  if (const EvaluatedAttribute* const attribute = body.find(path.front())) {
    found = values_.item(attribute->value);
  } else {
    const auto block = std::find_if(body.blocks.begin(), body.blocks.end(),
                                    [&](const EvaluatedBlock& each) { return each.type == path.front(); });
    // The first one stands for `[0]`; others cannot be told apart when some may not be there.
    if (block != body.blocks.end() && block->presence.empty()) found = values_.item(block->body, block->span);
  }
  --depth_;
  for (std::size_t i = 1; i < path.size() && !found.is(Kind::absent); ++i) {
    if (path[i] == "[0]") {
      if (found.is(Kind::list) && !found.items.empty()) found = Item(found.items.front());
    } else if (path[i].starts_with('[')) {
      return absent_item(span);
    } else {
      found = field_of(found, path[i]);
    }
  }
  if (!found.is(Kind::absent)) found.span = span;
  return found;
}

Item References::data_source(std::uint32_t handle, const std::string& attribute, const hcl::Reference& reference,
                             const Span& span) {
  const Instance& data = configuration_.instances[handle];
  const stack::Scope& scope = stack_.scopes.at(data.provider);
  if (data.type == "aws_caller_identity" && (attribute == "account_id" || attribute == "id"))
    return text_item(scope.account, span);
  if (data.type == "aws_region" && (attribute == "name" || attribute == "id" || attribute == "region"))
    return region_of_data(data, attribute, span);
  if (data.type == "aws_partition") {
    if (attribute == "partition" || attribute == "id") return text_item(stack::partition_of(scope), span);
    if (attribute == "dns_suffix") return text_item(url_suffix_of({scope.region.literal().value_or(""), {}}), span);
  }
  if (data.type == "aws_iam_policy_document" && (attribute == "json" || attribute == "minified_json"))
    return document(handle, span);
  if (std::optional<Item> found = known_resource(data, attribute, span)) return *std::move(found);
  Item written = argument(handle, path_in(reference), span);
  return written.is(Kind::absent) ? unknown_data(reference, span) : written;
}

Item References::region_of_data(const Instance& data, const std::string& attribute, const Span& span) {
  for (const char* name : {"region", "name"})
    if (name != attribute && data.body.find(name) != nullptr && !data.body.find(name)->value.is_null())
      return values_.item(data.body.find(name)->value);
  return text_item(stack_.scopes.at(data.provider).region, span);
}

std::optional<Item> References::known_resource(const Instance& data, const std::string& attribute, const Span& span) {
  const auto* const found = std::find_if(std::begin(looked_up), std::end(looked_up),
                                         [&](const LookedUp& each) { return each.type == data.type; });
  if (found == std::end(looked_up)) return std::nullopt;
  if (attribute != "arn" && attribute != "id") return std::nullopt;
  const EvaluatedAttribute* const name = data.body.find(found->name_argument);
  const Item given = name == nullptr ? Item() : values_.item(name->value);
  if (!given.is(Kind::text)) return std::nullopt;
  const bool id_is_arn = data.type == "aws_sns_topic" || data.type == "aws_cloudwatch_log_group";
  if (attribute == "id" && !id_is_arn) return text_item(given.text, span);
  const stack::Scope& scope = stack_.scopes.at(data.provider);
  Text arn = "arn:";
  arn += stack::partition_of(scope);
  arn.append(fmt::format(":{}:", found->service));
  if (found->has_place) arn += scope.region;
  arn.append(":");
  if (found->has_place) arn += scope.account;
  arn.append(fmt::format(":{}", found->before_name));
  arn += given.text;
  return text_item(std::move(arn), span);
}

Item References::document(std::uint32_t handle, const Span& span) {
  const Instance& data = configuration_.instances[handle];
  const bool is_new = documents_.emplace(handle, nullptr).second;
  if (is_new) {
    const Item made = policy_document(values_.item(data.body, data.span));
    documents_[handle] = std::make_shared<const Item>(made);
  }
  const stack::Unknown text{fmt::format("the text of '{}' is not spelled out", data.address), Cause::computed,
                            data.address};
  Item document = text_item(Text{text}, span);
  document.document = documents_.at(handle);
  if (document.document == nullptr)
    document.document =
        std::make_shared<const Item>(unknown_item(fmt::format("'{}' refers to itself", data.address), span));
  return document;
}

}  // namespace secretwatch::load
