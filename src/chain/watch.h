#pragma once
/// Watch: which secrets the metric filters of a stack watch, and which ways of reading them they select together.
///
///     const Watch watch(world, filter_id);
///     watch.subjects();                                             // the secrets that its pattern names, or any
///     const std::optional<events::Call> read = watch.read_of(subject);   // one that it selects: by name, by a user
///     watch.selects(subject, {…, Naming::arn, …});                       // by this filter, or another of the stack
///
/// A filter watches reads when it selects a successful one of GetSecretValue or BatchGetSecretValue, and not the same
/// call of the same caller to another service: what counts root's calls, refusals or everything is about something
/// else. Other filters are asked only when it matters.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chain/filter_text.h"
#include "pattern/matcher.h"

namespace secretwatch::chain {

/// A secret that a pattern is about.
struct Subject {
  events::Secret secret{};
  std::string shown{};       // "'prod/db'", "any secret", "a secret"
  bool is_any = false;       // the pattern tells no secret from another
  bool is_one = false;       // no wildcard stands in its name: it is this secret and no other
  bool begins_open = false;  // what it begins with is not known, and most likely the beginning of a name
  /// What stands for the secret is not known: it may be a name or an ARN.
  std::optional<std::string> open{};
};

class Watch {
 public:
  /// `filter` must be one of the world's metric filters.
  Watch(const World& world, stack::ResourceId filter);

  /// Its pattern can be read, and holds a word without which no pattern is about secrets.
  bool is_readable() const { return facts_->matcher.has_value(); }
  const FilterText& text() const { return facts_->text; }
  const pattern::Filter& pattern() const { return *facts_->pattern; }

  const std::vector<Subject>& subjects() const { return facts_->subjects; }

  /// A successful read that this filter selects; nothing: it does not watch them.
  std::optional<events::Call> read_of(const events::Secret& secret) const;

  /// This filter alone.
  bool selects(const events::Secret& secret, const events::Call& call) const;

  struct Others {
    bool selects = false;               // one of the others selects it
    std::optional<std::string> open{};  // one of them may: why that is not known
  };
  Others others(const events::Secret& secret, const events::Call& call) const;

 private:
  /// What is known of a filter by its pattern alone; worked out once in all the worlds of a stack, where it can be.
  struct Facts {
    FilterText text{};
    std::optional<pattern::Filter> pattern{};
    std::optional<pattern::Matcher> matcher{};
    std::vector<Subject> subjects{};
    mutable std::map<std::vector<std::string>, std::optional<events::Call>> reads{};  // by the parts of the secret
  };
  struct Known;
  static Facts facts_of(const World& world, stack::ResourceId filter);
  static std::vector<Subject> subjects_in(const Facts& facts);
  static std::optional<events::Call> find_read(const World& world, const Facts& facts, const events::Secret& secret);

  const World& world_;
  stack::ResourceId id_;
  std::shared_ptr<const Facts> facts_;
};

/// The secret that an operand names: a name, an ARN, either with wildcards. Nothing: none that can be told.
std::optional<events::Secret> secret_named_by(std::string_view operand);

}  // namespace secretwatch::chain
