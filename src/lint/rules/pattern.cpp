/// F: the pattern of a filter by itself: can it be read, and what can it select?
#include <algorithm>

#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/patterns.h"
#include "pattern/cover.h"

namespace secretwatch::lint::rules {
namespace {

using chain::World;
using pattern::Place;
using stack::ResourceId;

/// From the fault to the end of the word.
Place place_of_error(const std::string& text, std::size_t offset) {
  if (text.empty()) return {};
  const std::size_t begin = std::min(offset, text.size() - 1);
  std::size_t end = text.find_first_of(" \t\r\n()&|", begin);
  end = std::max(begin + 1, std::min(end, text.size()));
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool is_of_count(const TextError& error) {
  return error.message.find("more than") != std::string::npos && error.message.find("regular") != std::string::npos;
}

void check_syntax(const World& world, ResourceId subject, Findings& out) {
  const std::optional<FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->error) return;
  const std::string& text = read->text.text;
  if (count_characters(text) > pattern::max_characters) {
    // What fills a hole may be shorter than its example.
    if (read->text.open() != nullptr) return;
    out.add(pattern_too_long, subject, place_of(world, subject, read->filter->pattern),
            "the pattern of filter '{}' has {} characters, and CloudWatch Logs takes {}", name_of(world, subject),
            count_characters(text), pattern::max_characters);
    return;
  }
  if (read->text.open() != nullptr) return;
  const Rule& rule = is_of_count(*read->error) ? regex_quota : pattern_syntax;
  Finding& finding = out.add(rule, subject, place_in(world, *read, place_of_error(text, read->error->offset)),
                             "filter '{}' has a pattern that CloudWatch Logs refuses: {}", name_of(world, subject),
                             read->error->message);
  if (!read->error->hint.empty()) finding.note("{}", read->error->hint);
}

std::string spelled(const pattern::Contradiction& contradiction) {
  std::string text;
  for (std::size_t i = 0; i < contradiction.parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == contradiction.parts.size() ? " and " : ", ") + contradiction.parts[i].text;
  return text;
}

void check_satisfiable(const World& world, ResourceId subject, Findings& out) {
  const std::optional<FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern) return;
  const pattern::Answer answer = can_select(*read->pattern);
  if (answer.verdict != pattern::Verdict::no || answer.contradictions.empty()) return;
  for (const pattern::Contradiction& each : answer.contradictions)
    for (const pattern::Contradiction::Part& part : each.parts)
      if (read->text.is_filled_in(part.place)) return;
  const pattern::Contradiction& first = answer.contradictions.front();
  if (first.parts.empty()) return;
  const bool is_one = first.parts.size() == 1;
  Finding& finding = out.add(pattern_unsatisfiable, subject, place_in(world, *read, first.parts.back().place),
                             "filter '{}' selects nothing: {} {}", name_of(world, subject), spelled(first),
                             is_one ? "holds for no message" : "never hold together");
  if (answer.contradictions.size() > 1)
    finding.note("so it is with each of the other alternatives, as with {}", spelled(answer.contradictions[1]));
  if (!is_one) finding.note("to ask for either of them write '||'");
}

/// The first line of the good pattern, and an exception that is longer than it need be.
constexpr char long_condition[] =
    "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.userAgent != \"an agent that says so much of itself, of "
    "the libraries it was built with and the machine it runs on, that nobody who reads this filter will ever know what "
    "it was that was to be left out of the count, and that a wildcard behind its first word would have done just as "
    "well as all of this, and would have been no less exact than anybody needs it\" &&";

constexpr std::string_view grammar =
    "CloudWatch Logs user guide, \"Filter pattern syntax for metric filters\"; recorded answers of TestMetricFilter.";

}  // namespace

constinit const Rule pattern_syntax{
    .id = "F401",
    .name = "pattern-syntax",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a filter's pattern is none that CloudWatch Logs can read",
    .finds = "Patterns with a bracket, quote or operator that the language does not have, such as `==` or `AND`.",
    .harm = "CloudWatch Logs refuses the filter.",
    .decision = "The pattern is parsed. One with parts that only the deployment knows is left alone.",
    .source = grammar,
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource == \"secretsmanager.amazonaws.com\" &&">,
    .good = examples::good,
    .check = check_syntax};

constinit const Rule pattern_too_long{
    .id = "F402",
    .name = "pattern-too-long",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a filter's pattern has more characters than CloudWatch Logs takes",
    .finds = "Patterns of more than 1,024 characters, after what is known of them was filled in.",
    .harm = "CloudWatch Logs refuses the filter.",
    .decision = "Characters are counted. A pattern with parts that only the deployment knows is left alone.",
    .source = "CloudWatch Logs API reference, PutMetricFilter, filterPattern: length 0 to 1024.",
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&", long_condition>,
    .good = examples::good};

constinit const Rule regex_quota{
    .id = "F419",
    .name = "regex-quota",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "more regular expressions than CloudWatch Logs takes",
    .finds =
        "More than two regular expressions in a pattern, and more than five filters with one on the same log group.",
    .harm = "CloudWatch Logs refuses the filter, or the sixth of the group.",
    .decision = "They are counted; of a log group, the filters in scope that certainly read it.",
    .source = "CloudWatch Logs user guide, \"Regular expression syntax\" and \"CloudWatch Logs quotas\".",
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = %secretsmanager% && $.awsRegion = %us-% && $.userAgent = %aws% &&">,
    .good = examples::good};

constinit const Rule pattern_unsatisfiable{
    .id = "F403",
    .name = "pattern-unsatisfiable",
    .severity = Severity::error,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a filter's pattern contradicts itself",
    .finds = "Patterns that no message at all satisfies, such as one that wants two names of one event.",
    .harm = "The filter selects nothing, and its metric has no data, ever.",
    .decision =
        "It is proven, over all messages: the finding names comparisons that never hold together. Comparisons with "
        "what only the deployment knows prove nothing.",
    .source = grammar,
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.eventSource = "
                            "\"cloudtrail.amazonaws.com\" &&">,
    .good = examples::good,
    .check = check_satisfiable};

}  // namespace secretwatch::lint::rules
