#include "unit/hcl/describe.h"

#include <gmock/gmock.h>

namespace secretwatch::hcl::testing {
namespace {

std::string describe(const ExpressionPtr& expression) {
  return expression == nullptr ? "-" : testing::describe(*expression);
}

std::string describe(const std::vector<Expression>& expressions) {
  std::string text;
  for (const Expression& expression : expressions) text += " " + testing::describe(expression);
  return text;
}

std::string describe(const std::vector<TemplatePart>& parts);

struct Describe {
  std::string operator()(const TemplateText& part) const { return "text<" + part.text + ">"; }
  std::string operator()(const Interpolation& part) const {
    return "(interpolation " + describe(part.expression) + ")";
  }
  std::string operator()(const TemplateIf& part) const {
    return "(if " + describe(part.condition) + " then" + describe(part.then) + " else" + describe(part.otherwise) + ")";
  }
  std::string operator()(const TemplateFor& part) const {
    return "(each " + part.key + "," + part.value + " " + describe(part.collection) + describe(part.body) + ")";
  }
  std::string operator()(const NullLiteral&) const { return "null"; }
  std::string operator()(const BooleanLiteral& node) const { return node.value ? "true" : "false"; }
  std::string operator()(const NumberLiteral& node) const { return "#" + node.text; }
  std::string operator()(const Template& node) const { return "(template" + describe(node.parts) + ")"; }
  std::string operator()(const Variable& node) const { return "$" + node.name; }
  std::string operator()(const Access& node) const {
    static constexpr const char* kinds[] = {"attribute", "index", "legacy", "splat", "attribute-splat"};
    std::string text = "(access " + describe(node.source);
    for (const Step& step : node.steps)
      text += std::string(" ") + kinds[static_cast<int>(step.kind)] + ":" + step.name + describe(step.index);
    return text + ")";
  }
  std::string operator()(const Tuple& node) const { return "(tuple" + describe(node.items) + ")"; }
  std::string operator()(const Object& node) const {
    std::string text = "(object";
    for (const ObjectEntry& entry : node.entries)
      text += " [" + entry.name + " " + describe(entry.key) + " = " + testing::describe(entry.value) + "]";
    return text + ")";
  }
  std::string operator()(const For& node) const {
    return std::string("(for ") + (node.makes_object ? "object " : "tuple ") + (node.groups ? "groups " : "") +
           node.key + "," + node.value + " " + describe(node.collection) + " " + describe(node.result_key) + " " +
           describe(node.result) + " " + describe(node.condition) + ")";
  }
  std::string operator()(const Call& node) const {
    return "(call " + node.name + describe(node.arguments) + (node.expands_last ? " ..." : "") + ")";
  }
  std::string operator()(const Parenthesised& node) const { return "(parenthesised " + describe(node.inner) + ")"; }
  std::string operator()(const Unary& node) const {
    return (node.op == UnaryOperator::negate ? "(minus " : "(not ") + describe(node.operand) + ")";
  }
  std::string operator()(const Binary& node) const {
    return "(operator" + std::to_string(static_cast<int>(node.op)) + " " + describe(node.left) + " " +
           describe(node.right) + ")";
  }
  std::string operator()(const Conditional& node) const {
    return "(conditional " + describe(node.condition) + " " + describe(node.then) + " " + describe(node.otherwise) +
           ")";
  }
};

std::string describe(const std::vector<TemplatePart>& parts) {
  std::string text;
  for (const TemplatePart& part : parts) text += " " + std::visit(Describe{}, part.body);
  return text;
}

}  // namespace

std::string describe(const Expression& expression) {
  return std::visit(Describe{}, expression.body);
}

std::string describe(const Body& body) {
  std::string text = "{";
  for (const Attribute& attribute : body.attributes) text += attribute.name + "=" + describe(attribute.value) + ";";
  for (const Block& block : body.blocks) {
    text += block.type;
    for (const Label& label : block.labels) text += " <" + label.text + ">";
    text += describe(block.body);
  }
  return text + "}";
}

File parse_text(const std::string& text) {
  Sources sources;
  Diagnostics out;
  std::optional<File> file = parse(sources, sources.add("main.tf", text), {}, out);
  if (file) return std::move(*file);
  ADD_FAILURE() << "does not parse: " << text << "\n" << out.all().front().message;
  return {};
}

std::string faults_of(const std::string& text) {
  Sources sources;
  Diagnostics out;
  const bool parsed = parse(sources, sources.add("main.tf", text), {}, out).has_value();
  EXPECT_NE(parsed, out.has_errors()) << text;
  out.sort();
  std::string faults;
  for (const Diagnostic& fault : out.all()) {
    const Position at = sources.begin(fault.span);
    faults += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + fault.message + "\n";
  }
  return faults;
}

}  // namespace secretwatch::hcl::testing
