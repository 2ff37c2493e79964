#pragma once
/// What tests need to go from the text of a template to the stack.
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/diagnostic.h"
#include "base/source.h"
#include "doc/doc.h"
#include "load/load.h"
#include "stack/stack.h"

namespace secretwatch::testing {

struct Loaded {
  Sources sources{};
  Diagnostics diagnostics{};
  std::optional<stack::Stack> stack{};

  std::string errors() const {
    std::string ids;
    for (const Diagnostic& d : diagnostics.all())
      if (d.code.severity == Severity::error) ids += (ids.empty() ? "" : " ") + std::string(d.code.id);
    return ids;
  }

  std::string under(const Span& span) const {
    return sources.text(span.file).substr(span.begin, span.end - span.begin);
  }

  /// The resource with the logical id; the test fails when there is none.
  const stack::Resource& operator[](const std::string& address) const {
    for (const stack::Resource& resource : stack->resources())
      if (resource.address == address) return resource;
    ADD_FAILURE() << "no resource " << address;
    return stack->resources().front();
  }
  template <class Kind>
  const Kind& get(const std::string& address) const {
    return std::get<Kind>((*this)[address].body);
  }
};

inline Loaded load_template(std::string text, const load::TemplateOptions& options = {}) {
  Loaded loaded;
  const FileId file = loaded.sources.add("template", std::move(text));
  const std::optional<doc::Node> root = doc::read(loaded.sources, file, load::template_limits, loaded.diagnostics);
  if (root) loaded.stack = load::cloudformation(*root, options, loaded.diagnostics);
  return loaded;
}

}  // namespace secretwatch::testing
