#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "stack/properties.h"
#include "stack/stack.h"

namespace secretwatch::stack {
namespace {

class Dumper {
 public:
  explicit Dumper(const Stack& stack) : stack_(stack) {}

  std::string run() {
    std::vector<std::string> blocks;
    for (const Resource& resource : stack_.resources())
      if (!std::holds_alternative<External>(resource.body)) blocks.push_back(print(resource));
    std::sort(blocks.begin(), blocks.end());
    std::vector<std::string> asked;
    for (const Parameter& p : stack_.parameters)
      asked.push_back(fmt::format("parameter {}: {}{}{}\n", plain_form(p.name), p.type, p.secret ? ", secret" : "",
                                  p.default_value ? " = " + quote(*p.default_value) : ""));
    std::sort(asked.begin(), asked.end());
    std::string all;
    for (const std::string& line : asked) all += line;
    for (const std::string& block : blocks) all += block;
    std::vector<std::string> outputs;
    for (const Output& output : stack_.outputs)
      outputs.push_back(fmt::format("output {}: {}\n", plain_form(output.label), print(output.values)));
    std::sort(outputs.begin(), outputs.end());
    for (const std::string& line : outputs) all += line;
    return all;
  }

  template <class T>
  void operator()(std::string_view property, const T& value) {
    if (is_left_to_the_language(property)) return;
    const std::string text = print(value);
    if (!text.empty()) lines_ += fmt::format("  {}: {}\n", property, text);
  }

 private:
  /// Some languages name a role and a bucket themselves, others want to be told.
  bool is_left_to_the_language(std::string_view property) const {
    return property == "name_prefix" || (property == "name" && std::holds_alternative<Role>(*body_));
  }

  std::string name_of(ResourceId id) const {
    const Resource& resource = stack_[id];
    return fmt::format("{} {}", kind_of(resource.body), plain_form(resource.label));
  }

  std::string print(const Resource& resource) {
    lines_ = fmt::format("{} {}{}\n", kind_of(resource.body), plain_form(resource.label),
                         resource.retained ? ", retained" : "");
    if (resource.presence) lines_ += fmt::format("  presence: {}\n", print(*resource.presence));
    body_ = &resource.body;
    std::visit([this](const auto& body) { visit_properties(body, *this); }, resource.body);
    std::vector<std::string> after;
    for (const ResourceId id : resource.depends_on) after.push_back(name_of(id));
    std::sort(after.begin(), after.end());
    if (!after.empty()) lines_ += fmt::format("  after: {}\n", fmt::join(after, ", "));
    return std::move(lines_);
  }

  static std::string quote(std::string_view literal) {
    std::string quoted;
    for (const char c : literal) {
      if (c == '\n') {
        quoted += "\\n";
        continue;
      }
      if (c == '\\' || c == '$') quoted += '\\';
      quoted += c;
    }
    return quoted;
  }

  std::string print(const Ref& ref) const {
    if (const auto* const external = std::get_if<External>(&stack_[ref.target].body)) return print(*external, ref);
    const Attribute meaning = meaning_of(stack_[ref.target].body, ref.attribute);
    const std::string_view word = meaning == Attribute::name  ? "name"
                                  : meaning == Attribute::arn ? "arn"
                                  : meaning == Attribute::id  ? "id"
                                                              : std::string_view(ref.written);
    return fmt::format("${{{}.{}}}", name_of(ref.target), word);
  }
  /// A template holds only what is known of a resource that is not in it.
  std::string print(const External& external, const Ref& ref) const {
    const OptionalText& wanted = ref.attribute == Attribute::name && external.name ? external.name : external.arn;
    const TextValue& known = wanted ? *wanted : *external.name;
    return known.get() == nullptr ? "${external}" : print_parts(*known.get());
  }
  static std::string print(const Unknown& unknown) {
    if (unknown.cause == Cause::parameter && !unknown.subject.empty()) return print_parameter(unknown.subject);
    return fmt::format("${{unknown: {}}}", unknown.reason);
  }
  static std::string print_parameter(const std::string& name) {
    return fmt::format("${{parameter {}}}", plain_form(name));
  }
  std::string print(ConditionId id) const { return stack_[id].name; }
  std::string print(const std::optional<ConditionId>& presence) const { return presence ? print(*presence) : ""; }

  std::string print(const Part& part) const {
    if (const auto* const literal = std::get_if<std::string>(&part)) return quote(*literal);
    if (const auto* const ref = std::get_if<Ref>(&part)) return print(*ref);
    if (const auto* const unknown = std::get_if<Unknown>(&part)) return print(*unknown);
    if (const auto* const parameter = std::get_if<ParameterId>(&part))
      return print_parameter(stack_[*parameter].name);
    switch (std::get<Pseudo>(part)) {
      case Pseudo::partition:
        return "${partition}";
      case Pseudo::region:
        return "${region}";
      case Pseudo::account:
        return "${account}";
      case Pseudo::url_suffix:
        return "${url suffix}";
      case Pseudo::stack_name:
        return "${stack name}";
      case Pseudo::stack_id:
        return "${stack id}";
    }
    return {};
  }
  std::string print_parts(const Text& text) const {
    std::string all;
    for (const Part& part : text.parts()) all += print(part);
    return all;
  }
  std::string print(const Text& text) const { return "\"" + print_parts(text) + "\""; }
  static std::string print(const std::string& word) { return word; }
  static std::string print(bool value) { return value ? "true" : "false"; }
  static std::string print(double value) { return fmt::format("{}", value); }
  static std::string print(std::int64_t value) { return fmt::format("{}", value); }

  template <class T>
  std::string print(const Value<T>& value) const {
    if (value.known() != nullptr) return print(value.known()->value);
    if (value.ref() != nullptr) return "\"" + print(*value.ref()) + "\"";
    if (value.unknown() != nullptr) return "\"" + print(*value.unknown()) + "\"";
    if (value.is_absent()) return "nothing";
    const Choice<T>& choice = *value.choice();
    return fmt::format("{} ? {} : {}", print(choice.condition), print(choice.branches.at(0)),
                       print(choice.branches.at(1)));
  }
  template <class T>
  std::string print(const std::optional<Value<T>>& value) const {
    return value ? print(*value) : std::string();
  }

  /// A part with properties of its own: a dimension, a selector.
  template <class T>
  std::string print(const T& part) const {
    std::vector<std::string> printed;
    visit_properties(part, [&](std::string_view property, const auto& value) {
      const std::string text = print(value);
      if (!text.empty()) printed.push_back(fmt::format("{}: {}", property, text));
    });
    return fmt::format("{{{}}}", fmt::join(printed, ", "));
  }
  std::string print(const std::optional<Document>& document) const { return document ? print(*document) : ""; }
  std::string print(const Document& document) const {
    std::vector<std::string> printed;
    switch (document.kind) {
      case Document::Kind::null:
        return "null";
      case Document::Kind::scalar:
      case Document::Kind::unknown:
        return print(document.text);
      case Document::Kind::list:
        for (const Document& part : document.parts) printed.push_back(print(part));
        return fmt::format("[{}]", fmt::join(printed, ", "));
      case Document::Kind::object:
        for (std::size_t i = 0; i < document.parts.size(); ++i)
          printed.push_back(fmt::format("{}: {}", quote(document.names[i]), print(document.parts[i])));
        std::sort(printed.begin(), printed.end());
        return fmt::format("{{{}}}", fmt::join(printed, ", "));
    }
    return {};
  }

  /// Lists of a resource's properties are sets to AWS.
  template <class T>
  std::string print(const std::vector<T>& values) const {
    std::vector<std::string> printed;
    for (const T& value : values) printed.push_back(print(value));
    std::sort(printed.begin(), printed.end());
    return printed.empty() ? std::string() : fmt::format("[{}]", fmt::join(printed, ", "));
  }
  std::string print(const std::vector<Tag>& tags) const {
    std::vector<std::string> printed;
    for (const Tag& tag : tags) printed.push_back(fmt::format("{}={}", tag.key, print(tag.value)));
    std::sort(printed.begin(), printed.end());
    return printed.empty() ? std::string() : fmt::format("{{{}}}", fmt::join(printed, ", "));
  }

  std::string print(const Principal& principal) const {
    switch (principal.kind) {
      case PrincipalKind::everyone:
        return "everyone";
      case PrincipalKind::aws:
        return "aws " + print(principal.names);
      case PrincipalKind::service:
        return "service " + print(principal.names);
      case PrincipalKind::federated:
        return "federated " + print(principal.names);
      case PrincipalKind::canonical_user:
        return "canonical user " + print(principal.names);
    }
    return {};
  }
  std::string print(const Statement& statement) const {
    std::vector<std::string> parts{statement.effect == Effect::allow ? "allow" : "deny"};
    if (!statement.sid.empty()) parts.push_back("sid " + statement.sid);
    for (const Principal& principal : statement.principals)
      parts.push_back((statement.not_principals ? "not " : "") + print(principal));
    if (!statement.actions.empty())
      parts.push_back((statement.not_actions ? "not actions " : "actions ") + print(statement.actions));
    if (!statement.resources.empty())
      parts.push_back((statement.not_resources ? "not resources " : "resources ") + print(statement.resources));
    std::vector<std::string> conditions;
    for (const PolicyCondition& condition : statement.conditions)
      conditions.push_back(fmt::format("{} {} {}", condition.test, condition.key, print(condition.values)));
    std::sort(conditions.begin(), conditions.end());
    if (!conditions.empty()) parts.push_back(fmt::format("when {}", fmt::join(conditions, " and ")));
    if (statement.presence) parts.push_back("if " + print(*statement.presence));
    return fmt::format("{}", fmt::join(parts, " "));
  }
  std::string print(const Policy& policy) const {
    std::string all = policy.version;
    for (const Statement& statement : policy.statements) all += "\n    " + print(statement);
    return all;
  }

  const Stack& stack_;
  std::string lines_;
  const Body* body_ = nullptr;
};

}  // namespace

std::string dump(const Stack& stack) {
  return Dumper(stack).run();
}

}  // namespace secretwatch::stack
