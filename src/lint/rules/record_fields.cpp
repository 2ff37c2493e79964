/// F: what a pattern asks of the fields of a CloudTrail record, held against what such records hold.
#include "events/record_fields.h"

#include <algorithm>

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
std::shared_ptr<const FilterPattern> read_record_pattern(const World& world, ResourceId subject) {
  std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern || !is_of_cloudtrail(world, *read)) return nullptr;
  return read;
}

/// The text, without wildcards, that a field must be for the comparison to hold; nothing: any of several.
std::optional<std::string> only_text(const Comparison& test) {
  if (test.op != pattern::Operator::equal) return std::nullopt;
  std::optional<std::string> text = pattern::text_of(test.operand);
  return text && text->find('*') == std::string::npos ? text : std::nullopt;
}

/// The text that a leaf wants a field to be; nothing: it wants something else.
std::optional<std::string> wanted_text(const Leaf& leaf, std::string_view field) {
  const Comparison* const test = leaf.comparison();
  return test != nullptr && leaf.field == field ? only_text(*test) : std::nullopt;
}

// --- names of events ---

/// The event sources that an expression allows; nothing: it says nothing about them.
std::optional<std::vector<std::string>> sources_in(const pattern::Expression& expression) {
  if (const auto* const test = std::get_if<Comparison>(&expression.body)) {
    const auto text = print(test->selector) == "$.eventSource" ? only_text(*test) : std::nullopt;
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
  finding.because_of(pattern_unsatisfiable, read.id);  // of several sources one may be right
  for (std::size_t i = 1; i < mismatches.size(); ++i)
    finding.relate(place_in(world, read, pattern::place_of(mismatches[i].leaf)), "so is '{}' of {}",
                   mismatches[i].event, mismatches[i].actual);
  if (std::none_of(mismatches.begin(), mismatches.end(), [](const Mismatch& m) { return is_required(m.leaf); }))
    finding.effect = Effect::partial;
}

void check_events(const World& world, ResourceId subject, Findings& out) {
  const std::shared_ptr<const FilterPattern> read = read_record_pattern(world, subject);
  if (!read) return;
  std::vector<Mismatch> mismatches;
  for (const Leaf& leaf : read->leaves) {
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

/// "userIdentity.userName" of $.userIdentity.userName; empty: it has an index or a wildcard.
std::string path_of(const Leaf& leaf) {
  std::string path;
  for (const pattern::Step& step : pattern::selector_of(leaf).steps) {
    const auto* const member = std::get_if<pattern::Member>(&step);
    if (member == nullptr) return {};
    path += (path.empty() ? "" : ".") + member->name;
  }
  return path;
}

/// One leaf, the field that it asks for, and where the template says so.
struct Question {
  const World& world;
  const FilterPattern& read;
  const Leaf& leaf;
  const events::RecordField& field;

  Span place() const { return place_in(world, read, pattern::place_of(leaf)); }
  std::string_view filter() const { return name_of(world, read.id); }
};

void check_boolean(const Question& q, const Comparison& test, Findings& out) {
  const std::string written = pattern::text_of(test.operand).value_or("");
  const bool is_true = (written == "true") == (test.op == pattern::Operator::equal);
  Finding& finding =
      out.add(boolean_as_string, q.read.id, q.place(),
              "{} of filter '{}' never holds: {} is a boolean, and comparisons see texts and numbers only",
              print(q.leaf), q.filter(), q.leaf.field);
  finding.note("write {} IS {}", q.leaf.field, is_true ? "TRUE" : "FALSE");
  weigh(q.leaf, finding);
}

void report_misuse(const Question& q, std::string_view why, std::string_view advice, Findings& out) {
  Finding& finding = out.add(number_or_null_misuse, q.read.id, q.place(), "{} of filter '{}' never holds: {}",
                             print(q.leaf), q.filter(), why);
  finding.note("{}", advice);
  weigh(q.leaf, finding);
}

bool orders(pattern::Operator op) {
  return op != pattern::Operator::equal && op != pattern::Operator::not_equal;
}

void check_text(const Question& q, Findings& out) {
  if (const Comparison* const test = q.leaf.comparison()) {
    if (orders(test->op))
      return report_misuse(q, "the field is a text, and texts have no order", "compare it with a text: = or !=", out);
    const auto* const bare = std::get_if<pattern::Bare>(&test->operand);
    if (test->op == pattern::Operator::equal && bare != nullptr && (bare->text == "NULL" || bare->text == "Null"))
      report_misuse(q, "it asks for the text 'NULL'", fmt::format("write {} NOT EXISTS", q.leaf.field), out);
    return;
  }
  const auto* const is = std::get_if<pattern::Is>(&q.leaf.expression->body);
  if (is == nullptr) return;
  if (is->what == pattern::Is::What::null) {
    if (!q.field.may_be_null)
      report_misuse(q, "the field is missing where there is nothing to say, and never null",
                    fmt::format("write {} NOT EXISTS", q.leaf.field), out);
    return;
  }
  const bool is_true = is->what == pattern::Is::What::true_value;
  report_misuse(q, "the field is a text, even where it says 'true' or 'false'",
                fmt::format("write {} = \"{}\"", q.leaf.field, is_true ? "true" : "false"), out);
}

/// What only reads of secrets have in requestParameters.
bool is_of_reads_only(const FilterPattern& read) {
  bool names_reads = false;
  for (const Leaf& leaf : read.leaves) {
    if (leaf.field == "$.eventName") {
      const std::optional<std::string> event = wanted_text(leaf, "$.eventName");
      if (event != "GetSecretValue" && event != "BatchGetSecretValue") return false;
      names_reads = true;
    }
  }
  return names_reads;
}

constexpr std::string_view fields_of_reads[] = {"secretId",   "secretIdList", "versionId", "versionStage",
                                                "maxResults", "filters",      "nextToken"};

void check_field_of_read(const World& world, const FilterPattern& read, const Leaf& leaf, Findings& out) {
  const pattern::Selector& selector = pattern::selector_of(leaf);
  const auto name_at = [&](std::size_t i) {
    const auto* const member = i < selector.steps.size() ? std::get_if<pattern::Member>(&selector.steps[i]) : nullptr;
    return member == nullptr ? std::string() : member->name;
  };
  const bool is_missing = std::holds_alternative<pattern::NotExists>(leaf.expression->body);
  if (name_at(0) != "requestParameters" || name_at(1).empty() || is_missing || !is_of_reads_only(read)) return;
  if (std::find(std::begin(fields_of_reads), std::end(fields_of_reads), name_at(1)) != std::end(fields_of_reads))
    return;
  Finding& finding =
      out.add(unknown_field, read.id, place_in(world, read, pattern::place_of(leaf)),
              "filter '{}' asks for {}, which reads of secrets do not have", name_of(world, read.id), leaf.field);
  finding.note("the secret is in $.requestParameters.secretId, of a batch in $.requestParameters.secretIdList[*]");
  weigh(leaf, finding);
}

void check_fields(const World& world, ResourceId subject, Findings& out) {
  const std::shared_ptr<const FilterPattern> read = read_record_pattern(world, subject);
  if (!read) return;
  for (const Leaf& leaf : read->leaves) {
    const std::string path = path_of(leaf);
    if (const events::RecordField* const field = events::field(path)) {
      const Question question{world, *read, leaf, *field};
      const Comparison* const test = leaf.comparison();
      if (field->type == events::RecordField::Type::boolean && test != nullptr)
        check_boolean(question, *test, out);
      else if (field->type == events::RecordField::Type::text)
        check_text(question, out);
      continue;
    }
    if (const std::string meant = path.empty() ? std::string() : events::nearest_field(path); !meant.empty()) {
      Finding& finding =
          out.add(unknown_field, subject, place_in(world, *read, pattern::place_of(leaf)),
                  "filter '{}' asks for {}, which no CloudTrail record has", name_of(world, subject), leaf.field);
      finding.note("did you mean $.{}? names of fields are compared letter by letter, case included", meant);
      weigh(leaf, finding);
      continue;
    }
    check_field_of_read(world, *read, leaf, out);
  }
}

constexpr std::string_view listed =
    "Names are looked up in the API models of the services that monitoring is about. Nothing is said of event sources "
    "that are not among them, nor of a name that is not a slip away from a listed one: it may be newer than the list.";

constexpr std::string_view typed =
    "By the types of the fields that AWS lists for every CloudTrail record. A filter of which it is not certain that "
    "it "
    "reads such records is left alone.";
constexpr std::string_view records =
    "CloudTrail user guide, \"CloudTrail record contents\"; CloudWatch Logs user guide, \"Filter pattern syntax for "
    "metric filters\", and recorded answers of TestMetricFilter.";

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
    .decision = typed,
    .source = records,
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.readOnly = \"true\" &&">,
    .good = examples::good,
    .check = check_fields};

constinit const Rule number_or_null_misuse{
    .id = "F415",
    .name = "number-or-null-misuse",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a filter asks a text for what only a number, null or a boolean has",
    .finds =
        "`<` and `>` with a field that is a text, `= NULL`, `IS NULL` with a field that is missing rather than null, "
        "`IS TRUE` with a text that says true.",
    .harm = "The condition never holds, and what it was to let through is not selected.",
    .decision = typed,
    .source = records,
    .bad =
        examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                         "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.userIdentity.invokedBy IS NULL &&">,
    .good = examples::good};

constinit const Rule unknown_field{
    .id = "F416",
    .name = "unknown-field",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a filter asks for a field that CloudTrail records do not have",
    .finds =
        "Fields whose name differs from a known one by one or two characters or by the case of letters; in a pattern "
        "of reads, request parameters that such calls do not have.",
    .harm = "A comparison with a field that is missing never holds, not even `!=`.",
    .decision =
        "By the fields that AWS lists for every CloudTrail record. What services put into requestParameters, "
        "responseElements and additionalEventData is judged for reads of secrets only.",
    .source = records,
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.eventname = \"*\" &&">,
    .good = examples::good};

}  // namespace secretwatch::lint::rules
