#include "emit/emit.h"
#include "emit/identifiers.h"
#include "emit/lines.h"
#include "emit/template.h"
#include "emit/yaml_writer.h"

namespace secretwatch::emit {
namespace {

/// Each section is announced before its first resource.
Comments comments_of(const stack::Stack& stack) {
  Comments comments;
  std::size_t section = 0;
  for (const stack::Resource& resource : stack.resources()) {
    if (std::holds_alternative<stack::External>(resource.body) || resource.section == section) continue;
    section = resource.section;
    comments["/Resources/" + logical_id(resource)] = section_comment(stack.sections[section]);
  }
  return comments;
}

}  // namespace

std::vector<OutputFile> render_cloudformation(const stack::Stack& stack) {
  return {{"cloudformation/template.yaml",
           print_yaml(cloudformation_template(stack), {generated_line(stack)}, comments_of(stack))}};
}

std::vector<OutputFile> render_cloudformation_json(const stack::Stack& stack) {
  return {{"cloudformation/template.json", print_json(cloudformation_template_with_metadata(stack))}};
}

}  // namespace secretwatch::emit
