/// Names and ARNs of resources, as their services write them. Sources: the page "Actions, resources, and condition
/// keys" of each service in the Service Authorization Reference.
#include "chain/world.h"
#include "stack/partition.h"

namespace secretwatch::chain {
namespace {

using stack::Attribute;
using stack::External;
using stack::OptionalText;
using stack::Ref;
using stack::Resource;
using stack::ResourceId;
using stack::Text;
using stack::TextValue;

constexpr int deepest = 16;              // names made of names of names…
constexpr std::size_t most_steps = 256;  // and of how many of them

/// What stands in an ARN before the resource's name.
struct ArnForm {
  std::string_view service;
  std::string_view before_name;
  bool has_region = true;
  bool has_account = true;
};

struct FormOf {
  std::optional<ArnForm> operator()(const stack::LogGroup&) const { return ArnForm{"logs", "log-group:"}; }
  std::optional<ArnForm> operator()(const stack::Topic&) const { return ArnForm{"sns", ""}; }
  std::optional<ArnForm> operator()(const stack::Queue&) const { return ArnForm{"sqs", ""}; }
  std::optional<ArnForm> operator()(const stack::Function&) const { return ArnForm{"lambda", "function:"}; }
  std::optional<ArnForm> operator()(const stack::Trail&) const { return ArnForm{"cloudtrail", "trail/"}; }
  std::optional<ArnForm> operator()(const stack::Alarm&) const { return ArnForm{"cloudwatch", "alarm:"}; }
  std::optional<ArnForm> operator()(const stack::CompositeAlarm&) const { return ArnForm{"cloudwatch", "alarm:"}; }
  std::optional<ArnForm> operator()(const stack::LogAlarm&) const { return ArnForm{"cloudwatch", "alarm:"}; }
  std::optional<ArnForm> operator()(const stack::Bucket&) const { return ArnForm{"s3", "", false, false}; }
  /// A role may have a path, keys and secrets have a part that their service makes up, the rest is never referred to.
  template <class Kind>
  std::optional<ArnForm> operator()(const Kind&) const {
    return std::nullopt;
  }
};

struct NameOf {
  template <class Kind>
  const OptionalText* operator()(const Kind& kind) const {
    if constexpr (requires {
                    { kind.name } -> std::same_as<const OptionalText&>;
                  })
      return &kind.name;
    return nullptr;
  }
};

bool is_opaque(const Text& text) {
  return text.parts().size() == 1 && std::holds_alternative<Ref>(text.parts().front());
}

}  // namespace

Text World::text(const TextValue& value) const {
  const TextValue* const chosen = at(value);
  if (chosen == nullptr) return {};
  if (const auto* const ref = chosen->ref()) return identity_of(*ref);
  if (const auto* const unknown = chosen->unknown()) return {*unknown};
  steps_ = most_steps;
  return expand(*chosen->get(), 0);
}

std::optional<std::string> World::literal(const TextValue& value) const {
  return at(value) == nullptr ? std::nullopt : text(value).literal();
}

std::optional<std::string> World::literal(const OptionalText& value) const {
  return value ? literal(*value) : std::nullopt;
}

Text World::identity_of(const Ref& ref) const {
  steps_ = most_steps;
  return identity_of(ref, 0);
}

Text World::expand(const Text& text, int depth) const {
  Text expanded;
  for (const stack::Part& part : text.parts()) {
    const auto* const ref = std::get_if<Ref>(&part);
    if (ref == nullptr) {
      expanded.append(part);
    } else {
      expanded += identity_of(*ref, depth + 1);
    }
  }
  return expanded;
}

Text World::name_of(ResourceId id, const OptionalText& name, int depth) const {
  const TextValue* const written = at(name);
  const Ref itself{id, Attribute::name, {}};
  if (written == nullptr || depth > deepest) return {itself};
  if (const auto* const ref = written->ref()) return identity_of(*ref, depth + 1);
  return written->get() == nullptr ? Text{itself} : expand(*written->get(), depth);
}

Text World::identity_of(const Ref& ref, int depth) const {
  if (steps_ == 0) return {ref};
  --steps_;
  const Resource& resource = stack_[ref.target];
  const Attribute meaning = meaning_of(resource.body, ref.attribute);
  if (const auto* const external = std::get_if<External>(&resource.body)) {
    const OptionalText& wanted = meaning == Attribute::name && external->name ? external->name : external->arn;
    const TextValue* const known = at(wanted ? wanted : external->name);
    return known == nullptr || known->get() == nullptr || depth > deepest ? Text{ref} : expand(*known->get(), depth);
  }
  const OptionalText* const written_name = std::visit(NameOf{}, resource.body);
  const Ref itself{ref.target, meaning, meaning == Attribute::other ? ref.written : std::string()};
  if (written_name == nullptr || (meaning != Attribute::name && meaning != Attribute::arn)) return {itself};
  const Text name = name_of(ref.target, *written_name, depth);
  if (meaning == Attribute::name) return name;
  const std::optional<ArnForm> form = std::visit(FormOf{}, resource.body);
  if (!form || is_opaque(name)) return {itself};
  const stack::Scope& scope = stack_.scopes.at(resource.scope);
  Text arn("arn:");
  arn += stack::partition_of(scope);
  arn.append(":" + std::string(form->service) + ":");
  if (form->has_region) arn += scope.region;
  arn.append(":");
  if (form->has_account) arn += scope.account;
  arn.append(":" + std::string(form->before_name));
  arn += name;
  return arn;
}

}  // namespace secretwatch::chain
