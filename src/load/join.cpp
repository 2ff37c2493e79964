#include "load/join.h"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "base/text.h"
#include "load/loading.h"

namespace secretwatch::load {
namespace {

using stack::ResourceId;

constexpr std::size_t deepest = 16;  // nested stacks in nested stacks
constexpr std::size_t most_instances = 256;
constexpr std::size_t longest_way = 100;        // that a value is handed on, from stack to stack
constexpr std::size_t most_bytes = 32'000'000;  // of templates, each as often as it is nested

/// A template as it is deployed once.
struct Instance {
  std::size_t member = 0;
  const Instance* parent = nullptr;
  std::size_t depth = 0;
  std::unique_ptr<Loading> loading{};
};

/// What became of a nested stack.
struct Child {
  Instance* instance = nullptr;  // null: it was not read
  std::string reason{};          // why; empty: it is not among the templates
};

class Joiner {
 public:
  Joiner(const Group& group, const TemplateFinder& finder, const std::vector<Member>& members)
      : group_(group), finder_(finder), members_(members) {
    joined_.is_loaded.resize(members.size(), false);
  }

  Joined run() {
    for (const std::size_t root : group_.roots) {
      const std::size_t member = position_of(root).value();
      add(member, nullptr, {.options = members_[member].options});
    }
    for (std::size_t i = 0; i < instances_.size(); ++i)  // NOLINT: nested ones come behind
      for (const ResourceId id : instances_[i].loading->nested()) child_of(instances_[i], id);
    for (Instance& instance : instances_) instance.loading->fill();
    for (const auto& [id, child] : children_)
      std::get<stack::NestedStack>(shared_.stack[id].body).is_read = child && child->instance != nullptr;
    joined_.stack = std::move(shared_.stack);
    return std::move(joined_);
  }

 private:
  std::optional<std::size_t> position_of(std::size_t number) const {
    const auto found = std::find(group_.members.begin(), group_.members.end(), number);
    if (found == group_.members.end()) return std::nullopt;
    return static_cast<std::size_t>(found - group_.members.begin());
  }

  const std::string& path_of(const Instance& instance) const { return finder_[group_.members[instance.member]].path; }

  Instance* add(std::size_t member, const Instance* parent, Circumstances circumstances) {
    Instance& instance = instances_.emplace_back();
    instance.member = member;
    instance.parent = parent;
    instance.depth = parent == nullptr ? 0 : parent->depth + 1;
    circumstances.is_joined = true;
    circumstances.part = instances_.size() - 1;
    circumstances.neighbours.exported = [this, &instance](const std::string& name) { return exported(instance, name); };
    circumstances.neighbours.output_of = [this, &instance](ResourceId id, const std::string& name) {
      return output_of(instance, id, name);
    };
    instance.loading = begin_loading(*members_[member].root, std::move(circumstances), shared_, diagnostics_);
    instance.loading->declare();  // it was loaded before, without an error
    for (Export& each : instance.loading->exports())
      exports_[std::move(each.name)].push_back({&instance, std::move(each.output)});
    joined_.is_loaded[member] = true;
    const Span& span = members_[member].root->span;
    bytes_ += span.end - span.begin;
    return &instance;
  }

  /// An output of a stack, whose value may be an output of another, and so on.
  std::optional<Item> output(const Instance& of, const std::string& name) {
    if (way_ >= longest_way)
      return unknown_item(fmt::format("output '{}' is handed on through too many stacks", shown(name)), {});
    ++way_;
    std::optional<Item> value = of.loading->output(name);
    --way_;
    return value;
  }

  // --- Export and ImportValue ---

  struct Exported {
    Instance* instance;
    std::string output;
  };

  std::optional<Item> exported(const Instance& from, const std::string& name) {
    const auto unknown = [&](std::string reason) {
      return unknown_item({std::move(reason), stack::Cause::imported, name}, {});
    };
    if (const auto ambiguous = group_.ambiguous.find(name); ambiguous != group_.ambiguous.end())
      return unknown(ambiguous->second);
    const auto found = exports_.find(name);
    if (found == exports_.end()) return std::nullopt;
    const Instance* exporter = nullptr;
    std::optional<Item> value;
    for (const Exported& each : found->second) {
      if (each.instance == &from) continue;
      if (exporter != nullptr && exporter != each.instance)
        return unknown(fmt::format("'{}' is exported by two stacks, of {} and {}", shown(name), path_of(*exporter),
                                   path_of(*each.instance)));
      const std::optional<Item> next = output(*each.instance, each.output);
      value = value && next ? either(*value, *next) : value ? value : next;
      exporter = each.instance;
    }
    return value;
  }

  /// Two outputs of one stack that export one name are there under conditions that exclude each other.
  static Item either(const Item& first, const Item& second) {
    if (!first.is(Item::Kind::choice)) return first;
    Item item = first;
    item.items[1] = second;
    return item;
  }

  // --- nested stacks ---

  std::optional<Item> output_of(Instance& parent, ResourceId id, const std::string& name) {
    const Child child = child_of(parent, id);
    const auto unknown = [&](std::string reason) {
      return unknown_item({std::move(reason), stack::Cause::nested_output,
                           fmt::format("{}.Outputs.{}", shared_.stack[id].address, name)},
                          {});
    };
    if (child.instance == nullptr) return child.reason.empty() ? std::nullopt : std::optional(unknown(child.reason));
    if (std::optional<Item> value = output(*child.instance, name)) return value;
    return unknown(fmt::format("{} has no output '{}'", path_of(*child.instance), shown(name)));
  }

  /// Loads it when it is first asked for.
  Child child_of(Instance& parent, ResourceId id) {
    const auto [known, is_new] = children_.emplace(id, std::nullopt);
    if (!is_new) {
      if (known->second) return *known->second;
      return {nullptr, fmt::format("'{}' depends on itself", shared_.stack[id].address)};
    }
    Child child = load_child(parent, id);
    if (child.instance == nullptr && !child.reason.empty())
      shared_.stack.gaps.push_back({child.reason, shared_.stack[id].span});
    children_[id] = child;
    return child;
  }

  Child load_child(Instance& parent, ResourceId id) {
    NestedCall call = parent.loading->nested_call(id);
    const stack::Text* const location = location_in(call.location);
    if (location == nullptr) return {};
    NestedTemplate nested{*location, {}};
    for (const Field& given : call.parameters) nested.parameters.push_back(given.name);
    const std::optional<std::size_t> number = finder_.nested(group_.members[parent.member], nested);
    const std::optional<std::size_t> member = number ? position_of(*number) : std::nullopt;
    if (!member) return {};
    for (const Instance* above = &parent; above != nullptr; above = above->parent)
      if (above->member == *member) return {nullptr, fmt::format("{} nests itself", finder_[*number].path)};
    if (parent.depth >= deepest)
      return {nullptr, fmt::format("more than {} stacks are nested in one another", deepest)};
    if (instances_.size() >= most_instances || bytes_ > most_bytes) return {nullptr, "more is nested than is read"};
    Circumstances circumstances;
    circumstances.options.region = members_[parent.member].options.region;
    circumstances.options.account = members_[parent.member].options.account;
    circumstances.given_defaults_decide = members_[parent.member].options.defaults_decide;
    circumstances.given = std::move(call.parameters);
    if (!call.is_complete) open_all(*number, circumstances.given);
    circumstances.presence = shared_.stack[id].presence;
    return {add(*member, &parent, std::move(circumstances)), {}};
  }

  /// Which parameters are given is not known, so that none can be trusted to keep its default.
  void open_all(std::size_t number, std::vector<Field>& given) const {
    for (const std::string& name : finder_[number].links.parameters)
      given.push_back({name, {}, unknown_item("what the nested stack is given is not known", {})});
  }

  const Group& group_;
  const TemplateFinder& finder_;
  const std::vector<Member>& members_;
  SharedStack shared_;
  Diagnostics diagnostics_;  // the same that were told of each template alone
  Joined joined_;
  std::deque<Instance> instances_;  // addresses stay put
  std::unordered_map<std::string, std::vector<Exported>> exports_;
  std::map<ResourceId, std::optional<Child>> children_;  // nothing: being loaded
  std::size_t bytes_ = 0;
  std::size_t way_ = 0;
};

}  // namespace

Joined join(const Group& group, const TemplateFinder& finder, const std::vector<Member>& members) {
  return Joiner(group, finder, members).run();
}

}  // namespace secretwatch::load
