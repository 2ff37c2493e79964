#pragma once
/// Join: templates that belong together -> one stack, in which what one imports or is given by another is the other's
/// value.
///
///     Joined joined = join(group, finder, members);
///     joined.stack          // the alarm of alarms.yaml refers to the topic of network.yaml
///     joined.is_loaded[i]   // false: no parent nests it after all, so that it is judged alone
///
/// A nested template is loaded once for each stack that nests it, with the parameters that this gives: literals decide
/// its conditions, references lead into the parent, and what the parent does not know stays open, whatever the default.
/// What holds of a nested stack's Condition holds of all its resources. A template that nests itself, and nesting past
/// a depth, a number and a size, stays unread: the values are unknown with the reason, and the stack has a gap.
/// Addresses and places are those of the templates. The result passes stack::verify().
#include <vector>

#include "doc/doc.h"
#include "load/links.h"
#include "load/load.h"

namespace secretwatch::load {

/// A template of a group, in the order of its members; each has been loaded alone without an error.
struct Member {
  const doc::Node* root = nullptr;
  TemplateOptions options{};
};

struct Joined {
  stack::Stack stack;
  std::vector<bool> is_loaded{};  // of each member
};

Joined join(const Group& group, const TemplateFinder& finder, const std::vector<Member>& members);

}  // namespace secretwatch::load
