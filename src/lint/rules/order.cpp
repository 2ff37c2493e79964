#include "lint/rules/order.h"

#include <vector>

#include "lint/rules/texts.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Match;
using stack::Cause;
using stack::ResourceId;
using stack::Stack;

/// What a value that is not known may refer to: nothing, where somebody outside gives it.
bool may_hide_references(const stack::Unknown& unknown) {
  return unknown.cause == Cause::other || unknown.cause == Cause::computed || unknown.cause == Cause::nested_output;
}

class Walk {
 public:
  explicit Walk(const Stack& stack) : stack_(stack), is_seen_(stack.resources().size()) {}

  Match find(ResourceId from, ResourceId wanted) {
    visit(from);
    while (!pending_.empty()) {
      const ResourceId id = pending_.back();
      pending_.pop_back();
      if (id == wanted) return Match::yes;
      const stack::Resource& resource = stack_[id];
      if (std::holds_alternative<stack::Other>(resource.body)) may_lead_further_ = true;
      for (const ResourceId each : resource.depends_on) visit(each);
      for (const Told& told : texts_of(resource.body)) follow(*told.value);
    }
    return may_lead_further_ ? Match::maybe : Match::no;
  }

 private:
  void visit(ResourceId id) {
    if (is_seen_[static_cast<std::size_t>(id)]) return;
    is_seen_[static_cast<std::size_t>(id)] = true;
    pending_.push_back(id);
  }

  void follow(const stack::TextValue& value) {
    if (value.ref() != nullptr) visit(value.ref()->target);
    if (value.unknown() != nullptr && may_hide_references(*value.unknown())) may_lead_further_ = true;
    if (value.get() == nullptr) return;
    for (const stack::Part& part : value.get()->parts()) {
      if (const auto* const ref = std::get_if<stack::Ref>(&part)) visit(ref->target);
      if (const auto* const unknown = std::get_if<stack::Unknown>(&part); unknown != nullptr)
        may_lead_further_ = may_lead_further_ || may_hide_references(*unknown);
    }
  }

  const Stack& stack_;
  std::vector<bool> is_seen_;
  std::vector<ResourceId> pending_;
  bool may_lead_further_ = false;
};

}  // namespace

Match is_after(const Stack& stack, ResourceId later, ResourceId earlier) {
  // Of several stacks that are joined, one may be complete before another begins.
  if (stack[later].part != stack[earlier].part) return Match::maybe;
  return Walk(stack).find(later, earlier);
}

}  // namespace secretwatch::lint::rules
