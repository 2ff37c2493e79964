#pragma once
/// Evaluator: the walk over an expression, with the names of the `for`s around it.
#include "hcl/evaluate.h"
#include "hcl/functions.h"
#include "hcl/operators.h"

namespace secretwatch::hcl {

class Evaluator {
 public:
  Evaluator(Resolver& resolver, Bounds& bounds, const Scope& scope)
      : resolver_(resolver), bounds_(bounds), scope_(scope) {}

  Value value(const Expression& expression);

 private:
  // evaluate.cpp
  Value of(const NullLiteral&, const Span& at);
  Value of(const BooleanLiteral& literal, const Span& at);
  Value of(const NumberLiteral& literal, const Span& at);
  Value of(const Variable& variable, const Span& at);
  Value of(const Access& access, const Span& at);
  Value of(const Tuple& tuple, const Span& at);
  Value of(const Object& object, const Span& at);
  Value of(const Parenthesised& parenthesised, const Span& at);
  Value of(const Unary& unary, const Span& at);
  Value of(const Binary& binary, const Span& at);
  Value of(const Conditional& conditional, const Span& at);
  Value object_of(const std::vector<Value>& keys, const std::vector<Value>& values, const Span& at);
  const Value* in_scope(std::string_view name) const;
  Value name(std::span<const std::string_view> names, std::size_t& used, const Span& at);
  Value follow(Value value, const std::vector<Step>& steps, std::size_t from, std::size_t to);
  Value splat(const Value& value, const std::vector<Step>& steps, std::size_t from, std::size_t to, const Span& at);

  // evaluate_loop.cpp
  struct Item {
    Value key;
    Value value;
  };
  struct Items {
    std::vector<Item> all;
    std::shared_ptr<const Unknown> rest;
    Value failure;  // unknown: nothing can be said of the items
    bool failed = false;
  };
  Items items_of(const Value& collection, const Span& at);
  Value of(const For& loop, const Span& at);
  Value loop_over(const For& loop, const Value& collection, const Span& at);
  Value make_tuple(const For& loop, const Items& items, const Span& at);
  Value make_object(const For& loop, const Items& items, const Span& at);
  /// Nothing: the item is left out; else whether it is certainly in.
  struct Kept {
    bool is_in = false;
    std::shared_ptr<const Unknown> doubt;
  };
  Kept keeps(const For& loop);
  void enter(const std::string& key, const std::string& value, const Item& item);
  void leave(const std::string& key);

  Value of(const Template& string, const Span& at);
  Value text_of(const std::vector<TemplatePart>& parts, const Span& at);
  Value text_of(const TemplateIf& choice, const Span& at);
  Value text_of(const TemplateFor& loop, const Span& at);

  // evaluate_call.cpp
  Value of(const Call& call, const Span& at);
  bool arguments(const Call& call, std::vector<Value>& into, Value& failure);
  Value first_that_works(const Call& call, std::size_t from, const Span& at);
  Value first_that_works(const Value& value, const Call& call, std::size_t from, std::size_t conditions,
                         const Span& at);
  Value works(const Call& call, const Span& at);

  Resolver& resolver_;
  Bounds& bounds_;
  Scope scope_;
};

}  // namespace secretwatch::hcl
