#pragma once
/// Lint: what keeps the alarms of a stack silent, or always on.
///
///     for (const Finding& finding : lint::run(stack, {.selection = {.ignore = {"O"}}}))
///       …finding.rule->id, finding.span, finding.message…
///
/// Takes any stack that passes stack::verify; never fails, and its findings are its value. They are in the order of the
/// source, each is told once, and the same stack gives the same findings. What holds only under some answers to the
/// stack's open conditions says so and is no more than likely. Time grows with the stack times the worlds that a rule
/// can tell apart at one resource, of which no more than 64 are looked at. Not here: comments that ignore findings
/// (suppress.h), what was known before (baseline.h), how findings are printed (report/).
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/rule.h"

namespace secretwatch::lint {

/// In the order of docs/rules.md.
std::span<const Rule* const> all_rules();

/// By id or name; null: there is none.
const Rule* find_rule(std::string_view word);

/// Which rules speak: words are ids (A510), prefixes of ids (A, A5) or names (statistic-not-sum). Of two words that
/// fit a rule the longer prefix counts; id and name are longer than any prefix; of equals, `ignore`.
struct Selection {
  std::vector<std::string> select{};  // empty: every rule
  std::vector<std::string> ignore{};
  bool all = false;  // also rules that are off
};

bool is_selected(const Rule& rule, const Selection& selection);

/// Does the word name a rule, or begin the id of one?
bool names_a_rule(std::string_view word);

/// The id or name of a rule that an unknown word most likely means; "" when none is close.
std::string nearest_rule(std::string_view word);

/// Calls work(0) to work(count - 1), perhaps several at once.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

struct Options {
  Selection selection{};
  std::span<const Rule* const> rules = all_rules();
  std::size_t most_worlds = chain::most_worlds;
  std::size_t threads = 1;  // what it is worth to divide the resources of a large stack by
  ForEach for_each{};       // needed for more than one
};

std::vector<Finding> run(const stack::Stack& stack, const Options& options);

/// The order of findings in every report: file, place, rule, message; those without a place come last.
void sort(std::vector<Finding>& findings);

}  // namespace secretwatch::lint
