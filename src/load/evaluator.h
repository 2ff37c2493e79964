#pragma once
/// Evaluator: what the functions of a template come to, as far as the template decides it.
///
///     evaluator.evaluate(node)        // {"Fn::Sub": "${Env}-alarms"} → text("prod-alarms")
///     evaluator.decide("IsProd")      // true, false, or the condition of the stack that stands for it
///
/// Time and memory grow with the template, not with what its functions could unfold to: a text that depends on many
/// conditions is unknown beyond 64 worlds, and so is what parameters would blow up past a budget.
/// Source: CloudFormation user guide, "Intrinsic function reference"; AWS::LanguageExtensions transform.
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "doc/doc.h"
#include "load/conditions.h"
#include "load/item.h"
#include "stack/stack.h"

namespace secretwatch::load {

struct ParameterState {
  stack::ParameterId id{};
  bool is_list = false;
  bool is_secret = false;
  std::optional<std::string> value{};  // default or given
  stack::Origin origin = stack::Origin::parameter_default;
  std::vector<std::string> allowed{};  // AllowedValues
  std::optional<Item> item{};          // given by a template that nests this one, and more than a literal
};

/// What a template asks of those that it is loaded with. Nothing: they do not know.
struct Neighbours {
  std::function<std::optional<Item>(const std::string& export_name)> exported{};  // spelled, as by spelled()
  std::function<std::optional<Item>(stack::ResourceId nested, const std::string& output)> output_of{};
};

/// What a template's functions can refer to.
struct Names {
  std::unordered_map<std::string, ParameterState> parameters{};
  std::unordered_map<std::string, stack::ResourceId> resources{};
  std::unordered_set<std::string> left_out{};  // resources whose condition does not hold
  std::unordered_map<std::string, const doc::Node*> conditions{};
  using Rows = std::unordered_map<std::string, const doc::Node*>;
  std::unordered_map<std::string, Rows> mappings{};
  std::string region{};  // empty: not known
  std::string account{};
  bool sam = false;  // the SAM transform adds resources that are not written
  Neighbours neighbours{};
  bool is_joined = false;  // the stack holds other templates too, whose names and ids as stacks are not this one's
};

/// A whole template lacks no more of the names that it uses; who lacks more is a part of something.
inline constexpr std::size_t most_slips = 2;

/// A condition that is decided, or what stands for it in the stack.
using Decision = std::variant<bool, stack::ConditionId>;

class Evaluator {
 public:
  /// `copied` counts the bytes of parameters and mappings, of all templates that are loaded together.
  Evaluator(const Names& names, stack::Stack& stack, std::size_t& copied)
      : names_(names), stack_(stack), conditions_(stack), copied_(copied) {}

  Item evaluate(const doc::Node& node);
  Decision decide(const std::string& name);

  Conditions& conditions() { return conditions_; }

  /// While this lives, a condition is taken to be so.
  class Assumption {
   public:
    Assumption(Evaluator& evaluator, stack::ConditionId condition, bool holds);
    ~Assumption() { evaluator_.assumed_.resize(before_); }
    Assumption(const Assumption&) = delete;
    Assumption& operator=(const Assumption&) = delete;

   private:
    Evaluator& evaluator_;
    std::size_t before_;
  };

  /// While this lives, nothing is assumed: what is evaluated for another template holds wherever that asks.
  class WithoutAssumptions {
   public:
    explicit WithoutAssumptions(Evaluator& evaluator) : evaluator_(evaluator) { swap(); }
    ~WithoutAssumptions() { swap(); }
    WithoutAssumptions(const WithoutAssumptions&) = delete;
    WithoutAssumptions& operator=(const WithoutAssumptions&) = delete;

   private:
    void swap() {
      std::swap(evaluator_.assumed_, assumed_);
      std::swap(evaluator_.reveals_secrets_, reveals_secrets_);
    }
    Evaluator& evaluator_;
    std::vector<std::pair<stack::ConditionId, bool>> assumed_{};
    bool reveals_secrets_ = false;
  };

  void miss(const std::string& name);
  /// Names that something refers to and nothing in the template has.
  const std::set<std::string>& missing_names() const { return missing_; }

 private:
  using Function = Item (Evaluator::*)(const doc::Node& argument, const Span& span);
  static Function find_function(std::string_view name);

  Item call(std::string_view name, const doc::Node& argument, const Span& span);
  /// What a function is given; `!Length [a]` is a node with the tag of the function itself.
  Item evaluate_argument(const doc::Node& argument, std::string_view function);
  Item untagged(const doc::Node& node);
  /// In order, as conditions are numbered when they are first met.
  std::vector<Item> evaluate_first(const doc::Node& list, std::size_t count);
  Item scalar(const doc::Node& node);
  Item sequence(const doc::Node& node);
  Item mapping(const doc::Node& node);

  Item ref(const doc::Node& argument, const Span& span);
  Item get_att(const doc::Node& argument, const Span& span);
  Item sub(const doc::Node& argument, const Span& span);
  Item join(const doc::Node& argument, const Span& span);
  Item select(const doc::Node& argument, const Span& span);
  Item split(const doc::Node& argument, const Span& span);
  Item choose(const doc::Node& argument, const Span& span);
  Item find_in_map(const doc::Node& argument, const Span& span);
  Item import_value(const doc::Node& argument, const Span& span);
  Item to_json_string(const doc::Node& argument, const Span& span);
  Item length(const doc::Node& argument, const Span& span);

  Item reference(const std::string& name, const Span& span);
  Item attribute(const std::string& name, const std::string& written, const Span& span);
  Item parameter(const ParameterState& state, const Span& span);
  Item given_item(const Item& given, const Span& span);
  std::optional<Item> pseudo_parameter(std::string_view name, const Span& span);
  stack::Part own(stack::Pseudo pseudo, std::string_view name);
  Item nothing(const std::string& name, const Span& span);
  /// The name that a function is given: raw text, or what a function inside comes to.
  std::optional<std::string> name_in(const doc::Node& argument, std::string_view function);
  using Variables = std::unordered_map<std::string, Item>;
  Item placeholder(std::string_view name, const Variables& variables, const Span& span);
  Item look_up(const Item& map, const Item& first, const Item& second, const Item& fallback, const Span& span);

  Decision decide_expression(const doc::Node& node, const std::string& name, std::size_t depth);
  Decision decide_named(const std::string& name, std::size_t depth);
  Decision decide_equals(const doc::Node& argument, const std::string& name, const Span& span);
  Decision decide_equality(const Item& a, const Item& b, const std::string& name, const Span& span,
                           std::size_t& worlds);
  Decision decide_branches(stack::ConditionId condition, const Decision& then, const Decision& otherwise,
                           const std::string& name, const Span& span);
  Decision decide_junction(const doc::Node& argument, bool all, const std::string& name, std::size_t depth);
  Decision undecidable(const std::string& name, std::string reason, const Span& span);
  std::optional<bool> equal(const Item& a, const Item& b) const;
  std::optional<bool> assumed(stack::ConditionId condition) const;
  /// What the assumptions make of a condition, as far as so many terms tell.
  std::optional<bool> follows(stack::ConditionId condition, std::size_t& steps) const;
  void assume(stack::ConditionId condition, bool holds);

  const Names& names_;
  stack::Stack& stack_;
  Conditions conditions_;
  std::unordered_map<std::string, std::optional<Decision>> decisions_;  // nothing: being decided
  std::vector<std::pair<stack::ConditionId, bool>> assumed_;
  bool reveals_secrets_ = false;   // while a condition is decided
  std::set<std::string> missing_;  // no more than are needed to tell a part of a template from a whole one
  std::size_t& copied_;
  std::unordered_map<std::string_view, stack::ParameterId> own_;  // that stand for the stack's own name and id
};

/// "Ref" for the tag !Ref, "Fn::Sub" for !Sub; empty: no tag of a function.
std::string function_of_tag(std::string_view tag);

/// A text that stands for itself as the argument of a function: `!Ref Name`, `Ref: Name`, but not `Ref: !Sub ...`.
bool is_own_text(const doc::Node& argument, std::string_view function);

/// The attribute that Ref reads of a kind of resource, and what an attribute of GetAtt means to the stack.
stack::Attribute attribute_of_ref(const stack::Body& body);
stack::Attribute attribute_of_get_att(const stack::Body& body, std::string_view written);

/// A text as an expression over the place of deployment; empty when a part of it is entirely unknown.
std::string spelled(const stack::Text& text);

/// What stands between the delimiters in the literal parts of a text.
std::vector<stack::Text> split_text(const stack::Text& text, std::string_view delimiter);

/// Replaces each {{resolve:…}} in a text by an unknown part.
stack::Text without_dynamic_references(const stack::Text& text);

}  // namespace secretwatch::load
