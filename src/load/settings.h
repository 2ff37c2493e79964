#pragma once
/// Settings: resources that say something of another one, in its own words, and what they add to it.
///
///     aws_s3_bucket_versioning.logs     {VersioningConfiguration: {Status: Enabled}}     → the bucket that it names
///     aws_iam_role_policy.trail         {Policies: [{PolicyName, PolicyDocument}]}       → the role that it names
#include <string>
#include <unordered_map>
#include <vector>

#include "load/item.h"
#include "load/words.h"
#include "stack/stack.h"

namespace secretwatch::load {

/// The resources of the stack by the names that they are given.
class Owners {
 public:
  explicit Owners(const stack::Stack& stack) : stack_(stack) {}

  void add(std::string_view type, const Item& name, stack::ResourceId id);

  struct Answer {
    stack::Presence presence{};  // that this one is meant rests on it
    stack::ResourceId owner{};
  };
  /// Which resources of a type a text, or several, name; `is_whole` is false when it may name others, too.
  std::vector<Answer> find(std::string_view type, const Item& names, class Conditions& conditions,
                           bool& is_whole) const;

 private:
  const stack::Stack& stack_;
  std::unordered_map<std::string, stack::ResourceId> by_name_;
  std::unordered_map<std::uint32_t, std::string_view> types_;
};

/// Adds what a setting says to what is said of its owner, where it is there. Lists grow; of anything else, what the
/// setting says counts.
void add_fields(Item& owner, const Item& setting, const stack::Presence& presence);

}  // namespace secretwatch::load
