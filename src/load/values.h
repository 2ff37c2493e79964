#pragma once
/// Values: values of Terraform as items, which every reader of properties takes.
///
///     values.item(value)       // "${aws_sns_topic.alerts.arn}/*" → text(Ref alerts arn, "/*"); null → absent
///     values.item(body, at)    // an object; blocks of one type are a list under the type's name
///
/// Conditions of equal terms are one condition of the stack.
#include <string>
#include <unordered_map>

#include "load/conditions.h"
#include "load/configuration.h"
#include "load/item.h"

namespace secretwatch::load {

/// What a reference denotes.
class ReferenceReader {
 public:
  virtual ~ReferenceReader() = default;
  virtual Item resolve(const hcl::Reference& reference, const Span& span) = 0;
};

class Values {
 public:
  Values(stack::Stack& stack, Conditions& conditions, ReferenceReader& references)
      : stack_(stack), conditions_(conditions), references_(references) {}

  Item item(const hcl::Value& value);
  Item item(const EvaluatedBody& body, const Span& span);
  stack::Presence presence(const std::vector<Assumption>& assumptions);

 private:
  Item text(const hcl::Text& text, const Span& span);
  Item sequence(const hcl::Sequence& sequence, const Span& span);
  Item mapping(const hcl::Mapping& mapping, const Span& span);
  Item block(const EvaluatedBlock& block);
  stack::ConditionId condition(const hcl::Condition& condition);

  stack::Stack& stack_;
  Conditions& conditions_;
  ReferenceReader& references_;
  std::unordered_map<std::string, stack::ConditionId> by_term_;
  std::unordered_map<const hcl::Condition*, stack::ConditionId> by_place_;
};

stack::Unknown to_unknown(const hcl::Unknown& unknown);

/// The document that a text of JSON stands for, in each of its worlds. References in it are kept, within strings and in
/// place of values.
Item document_of(const Item& text);

}  // namespace secretwatch::load
