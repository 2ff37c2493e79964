#include "load/tested_variables.h"

namespace secretwatch::load {
namespace {

using hcl::BinaryOperator;
using hcl::Expression;

bool is_test(BinaryOperator op) {
  return op <= BinaryOperator::greater_or_equal;  // the others make numbers
}

/// A walk over expressions; `is_tested`: the value of what is visited decides something.
class Search {
 public:
  void visit(const hcl::Body& body) {
    for (const hcl::Attribute& attribute : body.attributes) visit(attribute.value, attribute.name == "count");
    for (const hcl::Block& block : body.blocks) visit(block.body);
  }

  std::set<std::string_view> take() { return std::move(found_); }

 private:
  void visit(const Expression& expression, bool is_tested) {
    std::visit([&](const auto& body) { look(body, is_tested); }, expression.body);
  }
  void visit(const hcl::ExpressionPtr& expression, bool is_tested) {
    if (expression != nullptr) visit(*expression, is_tested);
  }
  void visit(const std::vector<hcl::TemplatePart>& parts, bool is_tested) {
    for (const hcl::TemplatePart& part : parts) std::visit([&](const auto& body) { look(body, is_tested); }, part.body);
  }

  void look(const hcl::Access& access, bool is_tested) {
    const auto* const name = std::get_if<hcl::Variable>(&access.source->body);
    const hcl::Step& first = access.steps.front();
    if (is_tested && name != nullptr && name->name == "var" && first.kind == hcl::Step::Kind::attribute)
      found_.insert(first.name);
    visit(access.source, is_tested);
    for (const hcl::Step& step : access.steps) visit(step.index, is_tested);
  }
  void look(const hcl::Conditional& conditional, bool is_tested) {
    visit(conditional.condition, true);
    visit(conditional.then, is_tested);
    visit(conditional.otherwise, is_tested);
  }
  void look(const hcl::Binary& binary, bool is_tested) {
    visit(binary.left, is_tested || is_test(binary.op));
    visit(binary.right, is_tested || is_test(binary.op));
  }
  void look(const hcl::Unary& unary, bool is_tested) {
    visit(unary.operand, is_tested || unary.op == hcl::UnaryOperator::logical_not);
  }
  void look(const hcl::For& loop, bool is_tested) {
    visit(loop.collection, is_tested);
    visit(loop.result_key, is_tested);
    visit(loop.result, is_tested);
    visit(loop.condition, true);
  }
  void look(const hcl::TemplateIf& branch, bool is_tested) {
    visit(branch.condition, true);
    visit(branch.then, is_tested);
    visit(branch.otherwise, is_tested);
  }
  void look(const hcl::TemplateFor& loop, bool is_tested) {
    visit(loop.collection, is_tested);
    visit(loop.body, is_tested);
  }
  void look(const hcl::Interpolation& inserted, bool is_tested) { visit(inserted.expression, is_tested); }
  void look(const hcl::Template& text, bool is_tested) { visit(text.parts, is_tested); }
  void look(const hcl::Parenthesised& group, bool is_tested) { visit(group.inner, is_tested); }
  void look(const hcl::Tuple& tuple, bool is_tested) {
    for (const Expression& item : tuple.items) visit(item, is_tested);
  }
  void look(const hcl::Call& call, bool is_tested) {
    for (const Expression& argument : call.arguments) visit(argument, is_tested);
  }
  void look(const hcl::Object& object, bool is_tested) {
    for (const hcl::ObjectEntry& entry : object.entries) {
      visit(entry.key, is_tested);
      visit(entry.value, is_tested);
    }
  }
  template <class Leaf>
  void look(const Leaf& /*leaf*/, bool /*is_tested*/) {}

  std::set<std::string_view> found_;
};

}  // namespace

std::set<std::string_view> tested_variables(const ModuleFolder& folder) {
  Search search;
  for (const ModuleFile& file : folder.files)
    if (file.syntax) search.visit(file.syntax->body);
  return search.take();
}

}  // namespace secretwatch::load
