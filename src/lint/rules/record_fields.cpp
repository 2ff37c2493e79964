/// F: what a pattern asks of the fields of a CloudTrail record, held against what such records hold.
#include <algorithm>
#include <array>

#include "events/service_calls.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/patterns.h"

namespace secretwatch::lint::rules {
namespace {

using chain::World;
using pattern::Comparison;
using pattern::Leaf;
using stack::ResourceId;

/// A pattern that is certainly about CloudTrail records.
std::optional<FilterPattern> read_record_pattern(const World& world, ResourceId subject) {
  std::optional<FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern || !is_of_cloudtrail(world, *read)) return std::nullopt;
  return read;
}

std::string field_of(const Leaf& leaf) {
  return print(pattern::selector_of(leaf));
}

/// The text that a leaf wants a field to be, without wildcards; nothing: it wants something else.
std::optional<std::string> wanted_text(const Leaf& leaf, std::string_view selector) {
  const Comparison* const test = leaf.comparison();
  if (test == nullptr || test->op != pattern::Operator::equal || field_of(leaf) != selector) return std::nullopt;
  std::optional<std::string> text = pattern::text_of(test->operand);
  return text && text->find('*') == std::string::npos ? text : std::nullopt;
}

// --- names of events ---

/// The event sources that an expression allows; nothing: it says nothing about them.
std::optional<std::vector<std::string>> sources_in(const pattern::Expression& expression) {
  if (std::holds_alternative<Comparison>(expression.body)) {
    const auto text = wanted_text({&expression, {}}, "$.eventSource");
    return text ? std::optional(std::vector{*text}) : std::nullopt;
  }
  const auto* const any = std::get_if<pattern::AnyOf>(&expression.body);
  if (any == nullptr) return std::nullopt;
  std::vector<std::string> all;
  for (const pattern::Expression& term : any->terms) {
    const auto sources = sources_in(term);
    if (!sources) return std::nullopt;
    all.insert(all.end(), sources->begin(), sources->end());
  }
  return all;
}

/// The event sources that a record must have one of for a leaf to matter; none: any.
std::vector<std::string> sources_around(const Leaf& leaf) {
  for (const pattern::Expression* ancestor : leaf.ancestors) {
    const auto* const all = std::get_if<pattern::AllOf>(&ancestor->body);
    if (all == nullptr) continue;
    for (const pattern::Expression& term : all->terms)
      if (const auto sources = sources_in(term)) return *sources;
  }
  return {};
}

bool are_all_listed(const std::vector<std::string>& sources) {
  return std::none_of(sources.begin(), sources.end(),
                      [](const std::string& source) { return events::events_of(source).empty(); });
}

/// Alternatives that stand beside a leaf go on selecting.
void weigh(const Leaf& leaf, Finding& finding) {
  if (!pattern::is_required(leaf)) finding.effect = Effect::partial;
}

struct Mismatch {
  Leaf leaf;
  std::string event;
  std::string wanted;
  std::string_view actual;
};

/// One finding: what is wrong is most likely the source that the events share.
void report(const World& world, const FilterPattern& read, const std::vector<Mismatch>& mismatches, Findings& out) {
  if (mismatches.empty()) return;
  const Mismatch& first = mismatches.front();
  Finding& finding = out.add(event_source_mismatch, read.id, place_in(world, read, pattern::place_of(first.leaf)),
                             "filter '{}' asks for '{}' of {}, and that is an event of {}", name_of(world, read.id),
                             first.event, first.wanted, first.actual);
  for (std::size_t i = 1; i < mismatches.size(); ++i)
    finding.relate(place_in(world, read, pattern::place_of(mismatches[i].leaf)), "so is '{}' of {}",
                   mismatches[i].event, mismatches[i].actual);
  if (std::none_of(mismatches.begin(), mismatches.end(), [](const Mismatch& m) { return is_required(m.leaf); }))
    finding.effect = Effect::partial;
}

void check_events(const World& world, ResourceId subject, Findings& out) {
  const std::optional<FilterPattern> read = read_record_pattern(world, subject);
  if (!read) return;
  std::vector<Mismatch> mismatches;
  for (const Leaf& leaf : pattern::leaves_of(*read->pattern)) {
    const std::optional<std::string> event = wanted_text(leaf, "$.eventName");
    if (!event || read->text.is_filled_in(pattern::place_of(leaf))) continue;
    const std::vector<std::string> wanted = sources_around(leaf);
    if (!are_all_listed(wanted)) continue;
    const std::vector<std::string_view> actual = events::sources_of(*event);
    const bool is_known = std::any_of(actual.begin(), actual.end(), [&](std::string_view source) {
      return wanted.empty() || std::find(wanted.begin(), wanted.end(), source) != wanted.end();
    });
    if (is_known) continue;
    if (const std::string meant = events::nearest_event(*event, wanted); !meant.empty()) {
      Finding& finding =
          out.add(event_name_typo, subject, place_in(world, *read, pattern::place_of(leaf)),
                  "filter '{}' waits for an event '{}' that there is not", name_of(world, subject), *event);
      finding.note("did you mean '{}'? names of events are compared letter by letter, case included", meant);
      weigh(leaf, finding);
    } else if (!actual.empty() && wanted.size() == 1) {
      mismatches.push_back({leaf, *event, wanted.front(), actual.front()});
    }
  }
  report(world, *read, mismatches, out);
}

// --- types of fields ---

constexpr std::array<std::string_view, 2> boolean_fields = {"$.readOnly", "$.managementEvent"};

void check_types(const World& world, ResourceId subject, Findings& out) {
  const std::optional<FilterPattern> read = read_record_pattern(world, subject);
  if (!read) return;
  for (const Leaf& leaf : pattern::leaves_of(*read->pattern)) {
    const Comparison* const test = leaf.comparison();
    const std::string selector = field_of(leaf);
    const bool is_boolean = std::find(boolean_fields.begin(), boolean_fields.end(), selector) != boolean_fields.end();
    if (test == nullptr || !is_boolean) continue;
    const std::string written = pattern::text_of(test->operand).value_or("");
    const bool is_true = (written == "true") == (test->op == pattern::Operator::equal);
    Finding& finding =
        out.add(boolean_as_string, subject, place_in(world, *read, pattern::place_of(leaf)),
                "{} of filter '{}' never holds: {} is a boolean, and comparisons see texts and numbers only",
                print(leaf), name_of(world, subject), selector);
    finding.note("write {} IS {}", selector, is_true ? "TRUE" : "FALSE");
    weigh(leaf, finding);
  }
}

constexpr std::string_view listed =
    "Names are looked up in the API models of the services that monitoring is about. Nothing is said of event sources "
    "that are not among them, nor of a name that is not a slip away from a listed one: it may be newer than the list.";

}  // namespace

constinit const Rule event_name_typo{
    .id = "F411",
    .name = "event-name-typo",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a filter waits for an event that there is not",
    .finds =
        "An event name that no service has, and that is one or two characters, or the case of letters, away from one "
        "that the pattern's event source has.",
    .harm = "The comparison never holds: the event that was meant is not selected.",
    .decision = listed,
    .source = "API references of the services, whose actions CloudTrail records under their names.",
    .bad = examples::edited<"(($.eventName = \"GetSecretValue\"\n        &&",
                            "(($.eventName = \"GetSecretvalue\"\n        &&">,
    .good = examples::good,
    .check = check_events};

constinit const Rule event_source_mismatch{
    .id = "F412",
    .name = "event-source-mismatch",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a filter asks for an event of a service that does not have it",
    .finds = "An event name together with the event source of another service.",
    .harm = "No record has both: the event is not selected.",
    .decision = listed,
    .source = "API references of the services, whose actions CloudTrail records under their names.",
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"kms.amazonaws.com\" &&">,
    .good = examples::good};

constinit const Rule boolean_as_string{
    .id = "F414",
    .name = "boolean-as-string",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a filter compares a boolean with a text",
    .finds = "`$.readOnly` or `$.managementEvent` with `=` or another comparison.",
    .harm = "A comparison never holds for a boolean: nothing is selected. `IS TRUE` and `IS FALSE` ask for one.",
    .decision = "By the fields that are booleans in every CloudTrail record.",
    .source =
        "CloudTrail user guide, \"CloudTrail record contents\"; CloudWatch Logs user guide, \"Filter pattern syntax "
        "for metric filters\", and recorded answers of TestMetricFilter.",
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.readOnly = \"true\" &&">,
    .good = examples::good,
    .check = check_types};

}  // namespace secretwatch::lint::rules
