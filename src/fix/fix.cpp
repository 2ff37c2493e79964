#include "fix/fix.h"

#include <optional>

#include <fmt/format.h>

#include "fix/editor.h"
#include "fix/properties.h"

namespace secretwatch::fix {
namespace {

using doc::Kind;
using doc::Node;
using lint::Change;
using lint::Edit;
using lint::Finding;
using lint::Fix;

bool is_inside(const Span& inner, const Span& outer) {
  return inner.file == outer.file && inner.begin >= outer.begin && inner.end <= outer.end;
}

class Template {
 public:
  Template(std::string_view text, const Node& root, const stack::Stack& stack)
      : editor_(text, root), root_(root), stack_(stack) {}

  std::optional<Fix> fix(const std::vector<Change>& changes) const {
    Fix fix;
    for (const Change& change : changes) {
      const std::optional<Step> step = write(change);
      if (!step) return std::nullopt;
      fix::add(*step, fix);
    }
    return fix;
  }

 private:
  /// The properties of a resource that is written out: one that a loop makes is found nowhere.
  const Node* properties_of(const stack::Resource& resource) const {
    if (resource.span.file != root_.span.file) return nullptr;
    const Node* node = &root_;
    for (const std::string_view key :
         {std::string_view("Resources"), std::string_view(resource.address), std::string_view("Properties")}) {
      node = node->find(key);
      if (node == nullptr) return nullptr;
    }
    return node->kind == Kind::mapping && node->tag.empty() ? node : nullptr;
  }

  std::optional<Step> write(const Change& change) const {
    const stack::Resource& resource = stack_[change.resource];
    const Node* const properties = properties_of(resource);
    if (properties == nullptr) return std::nullopt;
    if (change.value.is_nowhere()) return add(change, resource, *properties);
    if (!is_inside(change.value, properties->span)) return std::nullopt;
    std::string name(editor_.under(change.key));
    std::erase_if(name, [](char c) { return c == '"' || c == '\''; });
    if (std::holds_alternative<std::monostate>(change.setting)) {
      const std::optional<Edit> edit = editor_.remove(*properties, change.value);
      return edit ? std::optional(Step{*edit, fmt::format("remove {}", name)}) : std::nullopt;
    }
    const Node* const value = editor_.find(change.value);
    if (value == nullptr) return std::nullopt;
    const Scalar scalar = scalar_of(change.setting);
    const std::optional<Edit> edit = editor_.replace(*value, scalar);
    return edit ? std::optional(Step{*edit, fmt::format("set {} to {}", name, scalar.text)}) : std::nullopt;
  }

  std::optional<Step> add(const Change& change, const stack::Resource& resource, const Node& properties) const {
    const PropertyName* const name = find_property(resource.body, change.property);
    if (name == nullptr || std::holds_alternative<std::monostate>(change.setting)) return std::nullopt;
    const Scalar scalar = scalar_of(change.setting);
    const std::optional<Edit> edit = editor_.add(properties, name->cloudformation, scalar);
    return edit ? std::optional(Step{*edit, fmt::format("add {}: {}", name->cloudformation, scalar.text)})
                : std::nullopt;
  }

  Editor editor_;
  const Node& root_;
  const stack::Stack& stack_;
};

}  // namespace

void find_fixes(const Sources& sources, const Node& root, const stack::Stack& stack, std::vector<Finding>& findings) {
  std::optional<Template> text;  // made when the first finding asks for it
  for (Finding& finding : findings) {
    if (finding.changes.empty() || finding.fix) continue;
    if (!text) text.emplace(sources.text(root.span.file), root, stack);
    finding.fix = text->fix(finding.changes);
  }
}

}  // namespace secretwatch::fix
