#pragma once
/// Repetition: what `count` and `for_each` make of one block.
///
///     count    = var.create ? 2 : 0      each 0 and 1, there when `var.create` holds
///     for_each = toset(["a", "b"])       each "a" and "b"
///     for_each = var.topics              one that stands for all, `is_many`, when the variable has no value
///
/// Bounded: more than `most_repetitions` are not told apart.
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "hcl/value.h"
#include "load/configuration.h"

namespace secretwatch::load {

inline constexpr std::size_t most_repetitions = 1'000;

/// One of them.
struct Each {
  hcl::Value key{};    // each.key, or count.index
  hcl::Value value{};  // each.value
  std::vector<Assumption> presence{};
  bool is_many = false;  // stands for some that nobody knows
};

struct Repetition {
  enum class Kind { once, count, for_each };
  Kind kind = Kind::once;
  hcl::Value of{};  // the count, or the collection
  std::vector<Each> all{};
  std::shared_ptr<const hcl::Condition> some{};  // of the one that stands for many: that there are any

  /// "", "[0]", "[\"a\"]", "[*]"
  std::string suffix(std::size_t i) const;
};

Repetition once();
Repetition repeat_count(const hcl::Value& count, const Span& at);
/// Requires a map or a set of strings; `dynamic` takes a list, too, and then `takes_lists`.
Repetition repeat_for_each(const hcl::Value& collection, bool takes_lists, const Span& at);

/// What stands for all of them in an expression: one, a tuple, or an object; a choice of these where it is open which
/// are there. `each` are the values of the single ones.
hcl::Value value_of(const Repetition& repetition, const std::vector<hcl::Value>& each, const Span& at);

/// The value where all of this holds.
hcl::Value assume_all(hcl::Value value, const std::vector<Assumption>& presence);

}  // namespace secretwatch::load
