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
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chain/filter_pattern.h"

namespace secretwatch::chain {

/// The calls by which Watch::read_of() finds out whether a filter watches reads.
const std::vector<events::Call>& successful_reads();

/// The first of the filters that selects a call, and is taken; those whose pattern a condition chooses come last.
std::optional<stack::ResourceId> find_selecting(const World& world, const events::Secret& secret,
                                                const events::Call& call,
                                                const std::function<bool(stack::ResourceId)>& takes);

class Watch {
 public:
  /// `filter` must be one of the world's metric filters.
  Watch(const World& world, stack::ResourceId filter);

  /// Its pattern can be read, and holds a word without which no pattern is about secrets.
  bool is_readable() const { return facts_->read != nullptr; }
  const FilterText& text() const { return facts_->read->text; }
  const pattern::Filter& pattern() const { return *facts_->read->pattern; }
  const std::vector<pattern::Leaf>& leaves() const { return facts_->read->leaves; }

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
  /// What is known of a filter by its pattern alone.
  struct Facts {
    std::shared_ptr<const FilterPattern> read{};
    std::vector<Subject> subjects{};
    mutable std::map<events::Secret, std::optional<events::Call>> reads{};
  };
  static Facts facts_of(const World& world, stack::ResourceId filter);
  static std::optional<events::Call> find_read(const World& world, const Facts& facts, const events::Secret& secret);

  const World& world_;
  stack::ResourceId id_;
  std::shared_ptr<const Facts> facts_;
};

}  // namespace secretwatch::chain
