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
  bool begins_open = false;  // what it begins with is not known, and most likely the beginning of a name
  /// What stands for the secret is not known: it may be a name or an ARN.
  std::optional<std::string> open{};
};

class Watch {
 public:
  /// `filter` must be one of the world's metric filters.
  Watch(const World& world, stack::ResourceId filter);

  /// Its pattern can be read, and holds a word without which no pattern is about secrets.
  bool is_readable() const { return matcher_.has_value(); }
  const FilterText& text() const { return text_; }
  const pattern::Filter& pattern() const { return *pattern_; }

  std::vector<Subject> subjects() const;

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
  const World& world_;
  stack::ResourceId id_;
  FilterText text_{};
  std::optional<pattern::Filter> pattern_{};
  std::optional<pattern::Matcher> matcher_{};
};

/// The secret that an operand names: a name, an ARN, either with wildcards. Nothing: none that can be told.
std::optional<events::Secret> secret_named_by(std::string_view operand);

}  // namespace secretwatch::chain
