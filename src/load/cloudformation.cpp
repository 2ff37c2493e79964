#include <algorithm>
#include <deque>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "load/additions.h"
#include "load/evaluator.h"
#include "load/for_each.h"
#include "load/given.h"
#include "load/kinds.h"
#include "load/loading.h"
#include "load/place.h"

namespace secretwatch::load {
namespace {

/// Nodes that loops may add.
constexpr std::size_t unroll_budget = 200'000;

/// Transforms that change nothing but what is read here, or nothing of what is read here.
bool is_understood(std::string_view transform) {
  return transform.starts_with("AWS::Serverless-") || transform == "AWS::LanguageExtensions" ||
         transform.starts_with("AWS::SecretsManager-") || transform.starts_with("AWS::CodeDeployBlueGreen");
}

/// Of keys that are written twice, the last entry.
std::vector<const doc::Entry*> effective_entries(const doc::Node& mapping) {
  std::unordered_map<std::string_view, const doc::Entry*> last;
  for (const doc::Entry& entry : mapping.entries) last[entry.key.text] = &entry;
  std::vector<const doc::Entry*> all;
  for (const doc::Entry& entry : mapping.entries)
    if (last.at(entry.key.text) == &entry) all.push_back(&entry);
  return all;
}

/// `Resources: !Include ./parts.yaml`: a tool makes a template of it.
bool is_of_a_tool(const doc::Node* resources) {
  return resources != nullptr && resources->kind == doc::Kind::scalar && resources->tag.starts_with("!");
}

class TemplateLoader final : public Loading {
 public:
  TemplateLoader(const doc::Node& root, Circumstances circumstances, SharedStack& shared, Diagnostics& out)
      : root_(root),
        circumstances_(std::move(circumstances)),
        shared_(shared),
        stack_(shared.stack),
        out_(out),
        evaluator_(names_, stack_, shared.copied) {}

  bool declare() override {
    const std::size_t errors_before = out_.error_count();
    if (is_of_a_tool(root_.find("Resources"))) return false;
    const doc::Node* const resources = section("Resources");
    if (resources == nullptr) {
      if (out_.error_count() == errors_before)
        out_.add(codes::not_a_template, root_.span, "the template has no 'Resources'");
      return false;
    }
    if (const doc::Node* const description = root_.find("Description");
        description != nullptr && !circumstances_.is_joined)
      stack_.description = description->text;
    stack_.scopes = {scope_of({options_.region, options_.account})};
    names_.region = options_.region;
    names_.account = options_.account;
    if (!options_.region.empty()) stack_.scopes[0].region = stack::Text(options_.region);
    if (!options_.account.empty()) stack_.scopes[0].account = stack::Text(options_.account);
    names_.neighbours = circumstances_.neighbours;
    names_.is_joined = circumstances_.is_joined;
    read_transforms();
    read_parameters();
    read_mappings();
    read_conditions();
    add_resources(unrolled(*resources));
    if (const doc::Node* const outputs = section("Outputs")) outputs_ = &unrolled(*outputs).entries;
    return out_.error_count() == errors_before;
  }

  void fill() override {
    fill_resources();
    for (const doc::Entry& entry : *outputs_) read_output(entry.key, entry.value);
    const std::size_t missing = evaluator_.missing_names().size();
    if (missing > most_slips || (missing > 0 && root_.find("AWSTemplateFormatVersion") == nullptr))
      stack_.gaps.push_back({"the template refers outside itself and may be a part of another", root_.span});
  }

  std::vector<Export> exports() override {
    const Evaluator::WithoutAssumptions everywhere(evaluator_);
    std::vector<Export> all;
    for (const doc::Entry& entry : *outputs_) {
      const doc::Node* const exported = entry.value.find("Export");
      const doc::Node* const name = exported == nullptr ? nullptr : exported->find("Name");
      if (name == nullptr || !may_be_there(entry.value)) continue;
      const Item item = evaluator_.evaluate(*name);
      if (item.is(Item::Kind::text)) all.push_back({spelled(item.text), entry.key.text});
    }
    return all;
  }

  std::vector<stack::ResourceId> nested() const override {
    std::vector<stack::ResourceId> all;
    for (const Pending& each : pending_)
      if (std::holds_alternative<stack::NestedStack>(stack_[each.id].body) && each.type != stack_set)
        all.push_back(each.id);
    return all;
  }

  NestedCall nested_call(stack::ResourceId id) override {
    const Evaluator::WithoutAssumptions everywhere(evaluator_);
    const auto pending =
        std::find_if(pending_.begin(), pending_.end(), [id](const Pending& each) { return each.id == id; });
    NestedCall call;
    call.id = id;
    const Properties properties = properties_of(*pending);
    call.location = location_of(*pending, properties);
    Item given = properties.item("Parameters");
    call.is_complete = given.is(Item::Kind::object) || given.is(Item::Kind::absent);
    call.parameters = std::move(given.fields);
    return call;
  }

  std::optional<Item> output(const std::string& name) override {
    const auto written = std::find_if(outputs_->begin(), outputs_->end(),
                                      [&](const doc::Entry& entry) { return entry.key.text == name; });
    if (written == outputs_->end() || written->value.find("Value") == nullptr) return std::nullopt;
    const auto [known, is_new] = values_.emplace(name, std::nullopt);
    if (!is_new)
      return known->second ? *known->second
                           : unknown_item(fmt::format("output '{}' depends on itself", shown(name)), written->key.span);
    const Evaluator::WithoutAssumptions everywhere(evaluator_);
    Item value = value_of_output(written->value);
    values_[name] = value;
    return value;
  }

 private:
  static constexpr std::string_view stack_set = "AWS::CloudFormation::StackSet";

  struct Pending {
    stack::ResourceId id;
    std::string type;
    const Kind* kind;
    const doc::Node* node;
  };

  /// A part of the template, or null; one that is not an object is an error.
  const doc::Node* section(std::string_view name) {
    if (root_.kind != doc::Kind::mapping) {
      out_.add(codes::not_a_template, root_.span, "the template is not an object");
      return nullptr;
    }
    const doc::Node* const found = root_.find(name);
    if (found == nullptr || found->kind == doc::Kind::null) return nullptr;
    if (found->kind == doc::Kind::mapping) return found;
    out_.add(codes::bad_section, found->span, "'{}' is not an object", name);
    return nullptr;
  }

  /// The node itself where it has no loop.
  const doc::Node& unrolled(const doc::Node& node) {
    if (!has_loops(node)) return node;
    return unrolled_.emplace_back(unroll_loops(node, evaluator_, stack_, unroll_budget_));
  }

  void read_transforms() {
    const doc::Node* const written = root_.find("Transform");
    if (written == nullptr) return;
    const auto read_one = [this](const doc::Node& node) {
      const doc::Node* const name = node.kind == doc::Kind::mapping ? node.find("Name") : &node;
      const std::string text = name == nullptr ? std::string() : name->text;
      if (text.starts_with("AWS::Serverless-")) names_.sam = true;
      if (!is_understood(text))
        stack_.gaps.push_back({fmt::format("the transform '{}' may change the template", shown(text)), node.span});
    };
    if (written->kind == doc::Kind::sequence) {
      for (const doc::Node& each : written->items) read_one(each);
    } else {
      read_one(*written);
    }
  }

  // --- parameters ---

  void read_parameters() {
    std::set<std::string> known;
    const bool all_decide = options_.defaults_decide && circumstances_.given_defaults_decide;
    if (const doc::Node* const conditions = root_.find("Conditions"); conditions != nullptr && !all_decide)
      find_deciding(*conditions);
    if (const doc::Node* const written = section("Parameters")) {
      for (const doc::Entry* const entry : effective_entries(*written)) {
        known.insert(entry->key.text);
        read_parameter(entry->key, entry->value);
      }
    }
    for (const GivenParameter& given : options_.parameters)
      if (!known.contains(given.name))
        out_.add(codes::unknown_parameter, given.span, "the template has no parameter '{}'", shown(given.name));
  }

  /// The names that conditions refer to.
  void find_deciding(const doc::Node& node) {
    const auto add_names = [this](std::string_view text) {
      for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 1)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) return;
        deciding_.emplace(text.substr(at + 2, end - at - 2));
      }
    };
    if (node.kind == doc::Kind::scalar && function_of_tag(node.tag) == "Ref") deciding_.insert(node.text);
    if (node.kind == doc::Kind::scalar) add_names(node.text);
    for (const doc::Node& item : node.items) find_deciding(item);
    for (const doc::Entry& entry : node.entries) {
      if (entry.key.text == "Ref") deciding_.insert(entry.value.text);
      find_deciding(entry.value);
    }
  }

  void read_parameter(const doc::Node& key, const doc::Node& node) {
    stack::Parameter parameter;
    parameter.name = key.text;
    parameter.span = key.span;
    if (const doc::Node* const type = node.find("Type")) parameter.type = type->text;
    if (const doc::Node* const description = node.find("Description")) parameter.description = description->text;
    if (const doc::Node* const pattern = node.find("AllowedPattern")) parameter.allowed_pattern = pattern->text;
    if (const doc::Node* const no_echo = node.find("NoEcho"))
      parameter.secret = boolean_of(no_echo->text).value_or(true);  // what is not known to be harmless is secret
    ParameterState state;
    state.is_secret = parameter.secret;
    // List<Number>, CommaDelimitedList, AWS::SSM::Parameter::Value<List<String>>
    state.is_list = parameter.type.find("List<") != std::string::npos ||
                    parameter.type.find("CommaDelimitedList") != std::string::npos;
    if (const doc::Node* const value = node.find("Default")) state.value = literal_of(*value);
    if (!parameter.secret) parameter.default_value = state.value;
    const bool is_deciding = deciding_.contains(key.text);
    if (is_deciding && !options_.defaults_decide) state.value.reset();
    for (const GivenParameter& given : options_.parameters) {
      if (given.name != key.text) continue;
      state.value = given.value;
      state.origin = stack::Origin::given;
    }
    for (const Field& given : circumstances_.given)
      if (given.name == key.text) take_given(given.value, is_deciding && !circumstances_.given_defaults_decide, state);
    // What stands in the template is then the name of the value, which is looked up at deployment.
    if (parameter.type.starts_with("AWS::SSM::Parameter::Value<")) {
      state.value.reset();
      state.item.reset();
    }
    if (const doc::Node* const allowed = node.find("AllowedValues"))
      for (const doc::Node& each : allowed->items) state.allowed.push_back(literal_of(each).value_or(each.text));
    state.id = stack_.add(std::move(parameter));
    names_.parameters.insert_or_assign(key.text, std::move(state));
  }

  std::optional<std::string> literal_of(const doc::Node& node) {
    if (node.kind == doc::Kind::sequence) {
      std::string all;
      for (const doc::Node& each : node.items) all += (all.empty() ? "" : ",") + each.text;
      return all;
    }
    return node.kind == doc::Kind::scalar ? evaluator_.evaluate(node).literal() : std::nullopt;
  }

  void read_mappings() {
    const doc::Node* const written = section("Mappings");
    if (written == nullptr) return;
    for (const doc::Entry& map : written->entries) {
      if (map.key.text == "Fn::Transform") stack_.gaps.push_back({"Fn::Transform adds mappings", map.key.span});
      Names::Rows& rows = names_.mappings[map.key.text];
      rows.clear();
      for (const doc::Entry& row : map.value.entries) rows.insert_or_assign(row.key.text, &row.value);
    }
  }

  void read_conditions() {
    const doc::Node* const written = section("Conditions");
    if (written == nullptr) return;
    for (const doc::Entry& entry : unrolled(*written).entries)
      names_.conditions.insert_or_assign(entry.key.text, &entry.value);
  }

  // --- resources ---

  void add_resources(const doc::Node& resources) {
    stack_.expect(resources.entries.size());
    for (const doc::Entry* const entry : effective_entries(resources)) add_resource(entry->key, entry->value);
  }

  void add_resource(const doc::Node& key, const doc::Node& node) {
    if (key.text == "Fn::Transform") {
      stack_.gaps.push_back({"Fn::Transform adds resources", key.span});
      return;
    }
    const doc::Node* const type = node.find("Type");
    if (type != nullptr && (type->kind == doc::Kind::mapping || !type->tag.empty())) {
      stack_.gaps.push_back(
          {fmt::format("'{}' is filled in by a tool, which adds resources", shown(key.text)), key.span});
      return;
    }
    if (node.kind != doc::Kind::mapping || type == nullptr || type->kind != doc::Kind::scalar) {
      out_.add(codes::bad_resource, key.span, "resource '{}' has no type", shown(key.text));
      return;
    }
    stack::Resource resource;
    resource.presence = circumstances_.presence;
    resource.part = circumstances_.part;
    if (const doc::Node* const condition = node.find("Condition"); condition != nullptr && !condition->text.empty()) {
      const Decision decision = evaluator_.decide(condition->text);
      if (const bool* const holds = std::get_if<bool>(&decision)) {
        if (!*holds) names_.left_out.insert(key.text);
        if (!*holds) return;
      } else {
        resource.presence = evaluator_.conditions().both(resource.presence, std::get<stack::ConditionId>(decision));
      }
    }
    const Kind* const kind = find_kind(type->text);
    resource.body = kind == nullptr ? stack::Body(stack::Other{type->text}) : kind->empty();
    resource.address = key.text;
    resource.span = key.span;
    resource.label = free_label(key.text, resource.body);
    if (const doc::Node* const policy = node.find("DeletionPolicy"))
      resource.retained = policy->text == "Retain" || policy->text == "RetainExceptOnCreate";
    if (type->text.ends_with("::MODULE") || type->text == "AWS::Serverless::Connector")
      stack_.gaps.push_back({fmt::format("'{}' adds resources of its own", type->text), key.span});
    const stack::ResourceId id = stack_.add(std::move(resource));
    names_.resources.emplace(key.text, id);
    pending_.push_back({id, type->text, kind, &node});
  }

  /// The logical id without what it says of the kind, when no other of the kind has that label.
  std::string free_label(const std::string& logical_id, const stack::Body& body) {
    const std::string_view suffix = stack::identifier_suffix(body);
    std::string label = logical_id;
    if (!suffix.empty() && logical_id.size() > suffix.size() && logical_id.ends_with(suffix))
      label.resize(logical_id.size() - suffix.size());
    return shared_.labels.take({label, logical_id}, body);
  }

  void fill_resources() {
    std::vector<Written> written;
    for (const Pending& each : pending_) {
      fill_dependencies(each);
      const bool is_policy = each.type.starts_with("AWS::IAM::");
      if (each.kind == nullptr && !is_policy) continue;
      Properties properties = properties_of(each);
      if (each.kind != nullptr) each.kind->read(properties, stack_[each.id].body);
      if (auto* const nested = std::get_if<stack::NestedStack>(&stack_[each.id].body)) {
        nested->location = location_of(each, properties);
        nested->is_elsewhere = each.type == stack_set;
      }
      if (adds_to_others(each.type)) written.push_back({each.id, each.type, std::move(properties)});
    }
    for (const Written& each : written) {
      attach_policies(each, stack_, evaluator_.conditions());
      for (stack::Resource& added : added_resources(each, stack_)) {
        added.part = circumstances_.part;
        added.label = free_label(added.label, added.body);
        stack_.add(std::move(added));
      }
    }
  }

  Properties properties_of(const Pending& pending) {
    Item object;
    object.kind = Item::Kind::object;
    object.span = stack_[pending.id].span;
    std::optional<Evaluator::Assumption> there;
    if (const stack::Presence presence = stack_[pending.id].presence) there.emplace(evaluator_, *presence, true);
    if (const doc::Node* const written = pending.node->find("Properties");
        written != nullptr && written->kind != doc::Kind::null)
      object = evaluator_.evaluate(*written);
    // Findings about what is not there point at the line of the resource, not at all of it.
    if (object.is(Item::Kind::object)) object.span = stack_[pending.id].span;
    return {std::move(object), evaluator_.conditions()};
  }

  /// The CDK writes the file that it made a template of beside the place that this will be uploaded to.
  static stack::OptionalText location_of(const Pending& pending, const Properties& properties) {
    if (const doc::Node* const metadata = pending.node->find("Metadata")) {
      const doc::Node* const path = metadata->find("aws:asset:path");
      const doc::Node* const property = metadata->find("aws:asset:property");
      if (path != nullptr && property != nullptr && property->text == "TemplateURL")
        return stack::TextValue(stack::Text(path->text), path->span);
    }
    const stack::OptionalText url = properties.text("TemplateURL");
    return url ? url : properties.text("Location");
  }

  void fill_dependencies(const Pending& pending) {
    const doc::Node* const written = pending.node->find("DependsOn");
    if (written == nullptr) return;
    std::set<stack::ResourceId> after;
    const auto add = [&](const std::string& name) {
      const auto found = names_.resources.find(name);
      if (found != names_.resources.end()) after.insert(found->second);
      if (found == names_.resources.end() && !names_.left_out.contains(name) && !names_.sam) evaluator_.miss(name);
    };
    if (written->kind == doc::Kind::scalar) add(written->text);
    for (const doc::Node& each : written->items) add(each.text);
    stack_[pending.id].depends_on.assign(after.begin(), after.end());
  }

  // --- outputs ---

  /// Of an output or a resource: is its condition open, or does it hold?
  bool may_be_there(const doc::Node& node) {
    const doc::Node* const condition = node.find("Condition");
    if (condition == nullptr || condition->text.empty()) return true;
    const Decision decision = evaluator_.decide(condition->text);
    const bool* const holds = std::get_if<bool>(&decision);
    return holds == nullptr || *holds;
  }

  Item value_of_output(const doc::Node& node) {
    const doc::Node* const condition = node.find("Condition");
    if (condition == nullptr || condition->text.empty()) return evaluator_.evaluate(*node.find("Value"));
    const Item missing = unknown_item("the output is not there under its condition", node.span);
    const Decision decision = evaluator_.decide(condition->text);
    if (const bool* const holds = std::get_if<bool>(&decision))
      return *holds ? evaluator_.evaluate(*node.find("Value")) : missing;
    const stack::ConditionId id = std::get<stack::ConditionId>(decision);
    const Evaluator::Assumption there(evaluator_, id, true);
    return choice_item(id, evaluator_.evaluate(*node.find("Value")), missing, node.span);
  }

  void read_output(const doc::Node& key, const doc::Node& node) {
    stack::Output output;
    output.label = key.text;
    output.span = key.span;
    output.presence = circumstances_.presence;
    if (const doc::Node* const description = node.find("Description")) output.description = description->text;
    std::optional<Evaluator::Assumption> there;
    if (const doc::Node* const condition = node.find("Condition"); condition != nullptr && !condition->text.empty()) {
      const Decision decision = evaluator_.decide(condition->text);
      if (const bool* const holds = std::get_if<bool>(&decision)) {
        if (!*holds) return;
      } else {
        output.presence = evaluator_.conditions().both(output.presence, std::get<stack::ConditionId>(decision));
        there.emplace(evaluator_, *output.presence, true);
      }
    }
    const doc::Node* const value = node.find("Value");
    if (value == nullptr) return;
    if (const doc::Node* const list = joined_list(*value)) {
      output.values = to_texts(evaluator_.evaluate(*list));
      output.is_list = !output.values.empty();
    }
    if (!output.is_list) output.values = {to_text(evaluator_.evaluate(*value))};
    if (const doc::Node* const exported = node.find("Export"))
      if (const doc::Node* const name = exported->find("Name"))
        output.export_name = to_text(evaluator_.evaluate(*name));
    stack_.outputs.push_back(std::move(output));
  }

  /// An output holds one text; a list is written joined by commas.
  static const doc::Node* joined_list(const doc::Node& value) {
    const doc::Node* const join = value.tag == "!Join"        ? &value
                                  : value.entries.size() == 1 ? value.find("Fn::Join")
                                                              : nullptr;
    const bool is_list = join != nullptr && join->items.size() == 2 && join->items[0].text == "," &&
                         join->items[1].kind == doc::Kind::sequence && join->items[1].tag.empty();
    return is_list ? &join->items[1] : nullptr;
  }

  const doc::Node& root_;
  const Circumstances circumstances_;
  const TemplateOptions& options_ = circumstances_.options;
  SharedStack& shared_;
  stack::Stack& stack_;
  Diagnostics& out_;
  Names names_;
  std::set<std::string> deciding_;  // parameters that are left open
  Evaluator evaluator_;
  std::size_t unroll_budget_ = load::unroll_budget;
  std::deque<doc::Node> unrolled_;  // sections with loops in them
  const std::vector<doc::Entry> no_outputs_{};
  const std::vector<doc::Entry>* outputs_ = &no_outputs_;
  std::vector<Pending> pending_;
  std::unordered_map<std::string, std::optional<Item>> values_;  // of outputs; nothing: being evaluated
};

}  // namespace

std::optional<stack::Stack> cloudformation(const doc::Node& root, const TemplateOptions& options, Diagnostics& out) {
  SharedStack shared;
  const std::unique_ptr<Loading> loading = begin_loading(root, {.options = options}, shared, out);
  const std::size_t errors_before = out.error_count();
  if (!loading->declare()) return std::nullopt;
  loading->fill();
  if (out.error_count() > errors_before) return std::nullopt;
  return std::move(shared.stack);
}

std::unique_ptr<Loading> begin_loading(const doc::Node& root, Circumstances circumstances, SharedStack& shared,
                                       Diagnostics& out) {
  return std::make_unique<TemplateLoader>(root, std::move(circumstances), shared, out);
}

}  // namespace secretwatch::load
