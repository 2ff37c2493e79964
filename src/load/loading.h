#pragma once
/// Loading: one template on its way into a stack that may hold others, step by step, so that they can speak of each
/// other.
///
///     SharedStack shared;
///     const std::unique_ptr<Loading> a = begin_loading(root_of_a, {…}, shared, out);
///     const std::unique_ptr<Loading> b = begin_loading(root_of_b, {…}, shared, out);
///     a->declare() && b->declare();   // every resource has its id; nothing is read of what it holds
///     a->fill(), b->fill();           // properties and outputs; b may ask for a->output("Topic")
///
/// Labels are unique over all of them. Loading that failed has said why, and leaves the stack unfit for use.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "load/evaluator.h"
#include "load/labels.h"
#include "load/load.h"

namespace secretwatch::load {

struct SharedStack {
  stack::Stack stack{};
  Labels labels{};
  std::size_t copied = 0;  // see Evaluator
};

/// What decides about a template from outside.
struct Circumstances {
  TemplateOptions options{};
  std::vector<Field> given{};         // parameters, by a template that nests this one
  bool given_defaults_decide = true;  // as TemplateOptions::defaults_decide, of defaults that it hands on
  stack::Presence presence{};         // of all of it
  std::size_t part = 0;               // see stack::Resource
  Neighbours neighbours{};
  bool is_joined = false;
};

/// An output that other stacks can import.
struct Export {
  std::string name;  // spelled, as by spelled()
  std::string output;
};

/// A nested stack as its parent writes it.
struct NestedCall {
  stack::ResourceId id{};
  stack::OptionalText location{};
  std::vector<Field> parameters{};
  bool is_complete = true;  // false: there may be more parameters
};

class Loading {
 public:
  virtual ~Loading() = default;

  virtual bool declare() = 0;
  virtual void fill() = 0;

  // When it is declared:

  virtual std::vector<Export> exports() = 0;
  /// The stacks that it nests, but for stack sets, which are deployed elsewhere.
  virtual std::vector<stack::ResourceId> nested() const = 0;
  virtual NestedCall nested_call(stack::ResourceId id) = 0;
  /// The value of an output, whoever asks; nothing: there is no such output.
  virtual std::optional<Item> output(const std::string& name) = 0;
};

std::unique_ptr<Loading> begin_loading(const doc::Node& root, Circumstances circumstances, SharedStack& shared,
                                       Diagnostics& out);

}  // namespace secretwatch::load
