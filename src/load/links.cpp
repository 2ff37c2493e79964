#include "load/links.h"

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "load/evaluator.h"
#include "stack/properties.h"

namespace secretwatch::load {
namespace {

using stack::Text;
using stack::Unknown;

/// Does a spelled name mean the same in every template that is deployed in one place?
bool is_shared(std::string_view name) {
  constexpr stack::Pseudo of_the_place[] = {stack::Pseudo::partition, stack::Pseudo::region, stack::Pseudo::account,
                                            stack::Pseudo::url_suffix};
  for (std::size_t at = name.find("${"); at != std::string_view::npos; at = name.find("${", at + 1)) {
    const bool is_place = std::any_of(std::begin(of_the_place), std::end(of_the_place), [&](stack::Pseudo pseudo) {
      return name.substr(at).starts_with(spelled(Text{pseudo}));
    });
    if (!is_place) return false;
  }
  return !name.empty();
}

/// The names that a stack imports, wherever in its resources and outputs.
class Imports {
 public:
  std::vector<std::string> run(const stack::Stack& stack) {
    for (const stack::Resource& resource : stack.resources())
      std::visit([this](const auto& body) { stack::visit_properties(body, *this); }, resource.body);
    for (const stack::Output& output : stack.outputs) look_into(output.values);
    return {names_.begin(), names_.end()};
  }

  template <class T>
  void operator()(std::string_view, const T& value) {
    look_into(value);
  }

 private:
  void look_into(const Unknown& unknown) {
    if (unknown.cause == stack::Cause::imported && is_shared(unknown.subject)) names_.insert(unknown.subject);
  }
  void look_into(const Text& text) {
    for (const stack::Part& part : text.parts())
      if (const auto* const unknown = std::get_if<Unknown>(&part)) look_into(*unknown);
  }
  template <class T>
  void look_into(const stack::Value<T>& value) {
    if constexpr (std::is_same_v<T, Text>)
      if (value.get() != nullptr) look_into(*value.get());
    if (value.unknown() != nullptr) look_into(*value.unknown());
    if (value.choice() != nullptr)
      for (const stack::Value<T>& branch : value.choice()->branches) look_into(branch);
  }
  template <class T>
  void look_into(const std::optional<T>& value) {
    if (value) look_into(*value);
  }
  template <class T>
  void look_into(const std::vector<T>& list) {
    for (const T& each : list) look_into(each);
  }
  void look_into(const stack::Tag& tag) { look_into(tag.value); }
  void look_into(const stack::Document& document) {
    look_into(document.text);
    look_into(document.parts);
  }
  void look_into(const stack::Policy& policy) {
    look_into(policy.unread);
    for (const stack::Statement& statement : policy.statements) {
      for (const stack::Principal& principal : statement.principals) look_into(principal.names);
      look_into(statement.actions);
      look_into(statement.resources);
      for (const stack::PolicyCondition& condition : statement.conditions) look_into(condition.values);
    }
  }
  void look_into(const std::string&) {}
  void look_into(stack::ConditionId) {}
  /// A part with properties of its own: a dimension, a selector.
  template <class T>
  void look_into(const T& part) {
    stack::visit_properties(part, *this);
  }

  std::set<std::string> names_;
};

std::vector<std::string_view> pieces_of(std::string_view path) {
  std::vector<std::string_view> pieces;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0) pieces.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return pieces;
}

/// Where a template lies, as far as its parent says.
struct Location {
  std::string path;         // behind the last part that is not literal, or behind the host
  bool is_relative = true;  // to the folder of the parent
};

std::optional<Location> read_location(const Text& text) {
  if (text.parts().empty()) return std::nullopt;
  const auto* const literal = std::get_if<std::string>(&text.parts().back());
  if (literal == nullptr) return std::nullopt;
  Location location{*literal, text.parts().size() == 1};
  location.path.resize(std::min(location.path.find('?'), location.path.size()));
  if (const std::size_t scheme = location.path.find("://"); location.is_relative && scheme != std::string::npos) {
    location.is_relative = false;
    location.path.erase(0, std::min(location.path.find('/', scheme + 3), location.path.size()));
  }
  return location;
}

std::size_t common_ending(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  std::size_t count = 0;
  while (count < a.size() && count < b.size() && a[a.size() - 1 - count] == b[b.size() - 1 - count]) ++count;
  return count;
}

/// Sets of positions that grow together.
class Sets {
 public:
  explicit Sets(std::size_t count) : parents_(count) { std::iota(parents_.begin(), parents_.end(), 0); }
  std::size_t find(std::size_t each) {
    while (parents_[each] != each) each = parents_[each] = parents_[parents_[each]];
    return each;
  }
  void join(std::size_t a, std::size_t b) { parents_[find(a)] = find(b); }

 private:
  std::vector<std::size_t> parents_;
};

class Grouper {
 public:
  Grouper(const TemplateFinder& finder, std::size_t count)
      : finder_(finder), sets_(count), nested_(count), ambiguous_(count) {}

  std::vector<Group> run() {
    for (std::size_t i = 0; i < nested_.size(); ++i) link(i);
    std::map<std::size_t, Group> by_set;
    for (std::size_t i = 0; i < nested_.size(); ++i) by_set[sets_.find(i)].members.push_back(i);
    std::vector<Group> groups;
    for (auto& [set, group] : by_set) {
      std::sort(group.members.begin(), group.members.end(),
                [this](std::size_t a, std::size_t b) { return is_before(a, b); });
      for (const std::size_t member : group.members) group.ambiguous.merge(ambiguous_[member]);
      const bool is_alone = group.members.size() == 1 && nested_[group.members.front()].empty();
      if (is_alone && group.ambiguous.empty()) continue;
      find_roots(group);
      groups.push_back(std::move(group));
    }
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
      return *std::min_element(a.members.begin(), a.members.end()) <
             *std::min_element(b.members.begin(), b.members.end());
    });
    return groups;
  }

 private:
  bool is_before(std::size_t a, std::size_t b) const { return finder_[a].path < finder_[b].path; }

  void link(std::size_t number) {
    for (const NestedTemplate& nested : finder_[number].links.nested) {
      const std::optional<std::size_t> child = finder_.nested(number, nested);
      if (!child) continue;
      nested_[number].push_back(*child);
      sets_.join(number, *child);
    }
    for (const std::string& name : finder_[number].links.imports) {
      const std::vector<std::size_t> exporters = finder_.exporters(number, name);
      if (exporters.size() == 1) sets_.join(number, exporters.front());
      if (exporters.size() > 1) ambiguous_[number].emplace(name, reason(name, exporters));
    }
  }

  std::string reason(const std::string& name, const std::vector<std::size_t>& exporters) const {
    std::set<std::string> paths;
    for (const std::size_t each : exporters) paths.insert(finder_[each].path);
    return fmt::format("'{}' is exported by {} templates, {} and {} among them", shown(name), paths.size(),
                       *paths.begin(), *std::next(paths.begin()));
  }

  /// Of templates that nest one another, the first counts as nested by none.
  void find_roots(Group& group) const {
    std::set<std::size_t> nested;
    for (const std::size_t member : group.members)
      for (const std::size_t child : nested_[member])
        if (child != member) nested.insert(child);
    std::set<std::size_t> reached;
    for (const bool is_nested : {false, true})
      for (const std::size_t member : group.members)
        if (nested.contains(member) == is_nested && !reached.contains(member)) {
          group.roots.push_back(member);
          reach(member, reached);
        }
  }

  void reach(std::size_t from, std::set<std::size_t>& reached) const {
    std::vector<std::size_t> pending{from};
    while (!pending.empty()) {
      const std::size_t each = pending.back();
      pending.pop_back();
      if (!reached.insert(each).second) continue;
      pending.insert(pending.end(), nested_[each].begin(), nested_[each].end());
    }
  }

  const TemplateFinder& finder_;
  Sets sets_;
  std::vector<std::vector<std::size_t>> nested_;
  std::vector<std::map<std::string, std::string>> ambiguous_;
};

/// What stands behind the last slash.
std::string_view file_name_in(const Text& location) {
  const auto* const end = location.parts().empty() ? nullptr : std::get_if<std::string>(&location.parts().back());
  return end == nullptr ? std::string_view() : std::string_view(*end).substr(end->rfind('/') + 1);
}

}  // namespace

const Text* location_in(const stack::OptionalText& location) {
  const Text* found = nullptr;
  std::vector<const stack::TextValue*> pending;
  if (location) pending.push_back(&*location);
  while (!pending.empty()) {
    const stack::TextValue* const value = pending.back();
    pending.pop_back();
    if (const auto* const choice = value->choice()) {
      for (const stack::TextValue& branch : choice->branches) pending.push_back(&branch);
      continue;
    }
    const Text* const text = value->get();
    if (text == nullptr || (found != nullptr && file_name_in(*text) != file_name_in(*found))) return nullptr;
    found = text;
  }
  return found;
}

Links links_of(const stack::Stack& stack) {
  Links links;
  links.imports = Imports().run(stack);
  for (const stack::Output& output : stack.outputs) {
    const Text* const name = output.export_name ? output.export_name->get() : nullptr;
    if (name != nullptr && is_shared(spelled(*name))) links.exports.push_back(spelled(*name));
  }
  for (const stack::Parameter& parameter : stack.parameters) {
    links.parameters.push_back(parameter.name);
    if (!parameter.default_value && !parameter.secret) links.required.push_back(parameter.name);
  }
  stack.each<stack::NestedStack>([&](const stack::Resource&, const stack::NestedStack& nested) {
    const Text* const location = location_in(nested.location);
    if (location == nullptr || nested.is_elsewhere) return;
    NestedTemplate found{*location, {}};
    for (const stack::Dimension& parameter : nested.parameters)
      if (const std::optional<std::string> name = literal_of(parameter.name)) found.parameters.push_back(*name);
    links.nested.push_back(std::move(found));
  });
  return links;
}

TemplateFinder::TemplateFinder(const std::vector<LinkedTemplate>& templates) : templates_(templates) {
  for (std::size_t i = 0; i < templates.size(); ++i) {
    const std::string_view path = templates[i].path;
    by_path_.emplace(path, i);
    by_name_[path.substr(path.rfind('/') + 1)].push_back(i);
    for (const std::string& name : templates[i].links.exports) {
      std::vector<std::size_t>& exporters = by_export_[templates[i].place + "\n" + name];
      if (exporters.empty() || exporters.back() != i) exporters.push_back(i);
    }
  }
}

std::vector<std::size_t> TemplateFinder::exporters(std::size_t from, const std::string& name) const {
  const auto found = by_export_.find(templates_[from].place + "\n" + name);
  std::vector<std::size_t> all = found == by_export_.end() ? std::vector<std::size_t>() : found->second;
  std::erase(all, from);
  return all;
}

bool TemplateFinder::takes(std::size_t number, const std::vector<std::string>& parameters) const {
  const Links& links = templates_[number].links;
  const auto contains = [](const std::vector<std::string>& list, const std::string& each) {
    return std::find(list.begin(), list.end(), each) != list.end();
  };
  return std::all_of(parameters.begin(), parameters.end(),
                     [&](const std::string& given) { return contains(links.parameters, given); }) &&
         std::all_of(links.required.begin(), links.required.end(),
                     [&](const std::string& required) { return contains(parameters, required); });
}

std::optional<std::size_t> TemplateFinder::nested(std::size_t from, const NestedTemplate& nested) const {
  const std::optional<Location> location = read_location(nested.location);
  if (!location) return std::nullopt;
  if (location->is_relative) {
    const std::filesystem::path folder = std::filesystem::path(templates_[from].path).parent_path();
    const auto found = by_path_.find((folder / location->path).lexically_normal().generic_string());
    return found == by_path_.end() ? std::nullopt : std::optional(found->second);
  }
  const std::vector<std::string_view> pieces = pieces_of(location->path);
  if (pieces.empty()) return std::nullopt;
  const auto candidates = by_name_.find(pieces.back());
  if (candidates == by_name_.end()) return std::nullopt;
  std::size_t longest = 0;
  std::vector<std::size_t> best;
  for (const std::size_t each : candidates->second) {
    const std::size_t common = common_ending(pieces, pieces_of(templates_[each].path));
    if (common > longest) best.clear();
    longest = std::max(longest, common);
    if (common == longest) best.push_back(each);
  }
  if (best.size() != 1 || best.front() == from || !takes(best.front(), nested.parameters)) return std::nullopt;
  return best.front();
}

std::vector<Group> groups_of(const TemplateFinder& finder, std::size_t count) {
  return Grouper(finder, count).run();
}

}  // namespace secretwatch::load
