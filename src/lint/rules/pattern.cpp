/// F: the pattern of a filter by itself: can it be read, and what can it select?
#include <algorithm>

#include "chain/alarm.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/links.h"
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
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
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
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern || watches_reads(world, subject)) return;  // what selects a read selects something
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

// --- how much it selects ---

/// Does an alarm in scope take few of the events that the filter selects for an alarm? Nothing: none is fed by it.
std::optional<bool> raises_an_alarm(const World& world, ResourceId filter) {
  constexpr std::uint64_t few = 5;
  std::optional<bool> raises;
  for (const chain::Link& link : chain::alarms_of(world, filter)) {
    const auto alarm = chain::read_alarm(world, link.resource);
    const bool is_certain = link.match == chain::Match::yes && alarm->diagnosis && alarm->diagnosis->works;
    raises = raises.value_or(false) || (is_certain && alarm->diagnosis->works->events <= few);
  }
  return raises;
}

void check_breadth(const World& world, ResourceId subject, Findings& out) {
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern || read->text.open() != nullptr || !is_of_cloudtrail(world, *read)) return;
  const pattern::Reach reach = pattern::reach(*read->pattern, *read->matcher);
  const bool is_every = reach.breadth == pattern::Breadth::every_record;
  if (!is_every && reach.breadth != pattern::Breadth::nearly_every_record) return;
  const std::optional<bool> raises = raises_an_alarm(world, subject);
  if (raises == false) return;
  const Span place = reach.causes.empty() ? place_of(world, subject, read->filter->pattern)
                                          : place_in(world, *read, reach.causes.front().place);
  Finding& finding = out.add(pattern_tautology, subject, place, "filter '{}' selects {} record of the trail",
                             name_of(world, subject), is_every ? "every" : "nearly every");
  if (!reach.causes.empty())
    finding.note("{} holds for nearly every record, and whatever stands beside it with '||' adds nothing",
                 reach.causes.front().text);
  if (!raises) finding.likely().note("nothing in scope alarms on it");
}

// --- wildcards and regular expressions ---

/// Signs of a regular expression that a text of names, addresses and ARNs does not have.
bool looks_like_a_regex(const std::string& text) {
  if (text.starts_with('^') || text.starts_with(".*") || text.ends_with('$')) return true;
  for (const char* sign : {".+", "\\d", "\\w", "[a-z", "[A-Z", "[0-9"})
    if (text.find(sign) != std::string::npos) return true;
  return false;
}

bool has_wildcard_inside(const std::string& text) {
  const std::size_t begin = text.find_first_not_of('*');
  const std::size_t end = text.find_last_not_of('*');
  return begin != std::string::npos && text.substr(begin, end + 1 - begin).find('*') != std::string::npos;
}

void check_comparison(const World& world, const FilterPattern& read, const pattern::Leaf& leaf, Findings& out) {
  const pattern::Comparison* const test = leaf.comparison();
  if (test == nullptr || std::holds_alternative<pattern::Number>(test->operand)) return;
  const std::optional<std::string> text = pattern::text_of(test->operand);
  if (!text) return;
  const Span place = place_in(world, read, test->place);
  if (looks_like_a_regex(*text)) {
    out.add(wildcard_in_unsupported_place, read.id, place,
            "{} of filter '{}' is no regular expression: it is compared "
            "letter by letter",
            print(leaf), name_of(world, read.id))
        .note("a regular expression stands between '%': {} = %{}%", print(test->selector), *text);
  } else if (text->find("??") != std::string::npos) {
    out.add(wildcard_in_unsupported_place, read.id, place, "{} of filter '{}' asks for question marks", print(leaf),
            name_of(world, read.id))
        .note("only '*' stands for other text");
  } else if (has_wildcard_inside(*text) && !read.text.is_filled_in(test->place)) {
    out.add(wildcard_in_unsupported_place, read.id, place,
            "{} of filter '{}' has a '*' inside: AWS documents it at the ends only", print(leaf),
            name_of(world, read.id))
        .lower(Severity::note)
        .likely()
        .note("what stands behind it is looked for once: a second try further on is not made");
  }
}

/// Texts of other logs may hold any sign, and mean it.
void check_wildcards(const World& world, ResourceId subject, Findings& out) {
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern) return;
  if (is_of_cloudtrail(world, *read))
    for (const pattern::Leaf& leaf : read->leaves) check_comparison(world, *read, leaf, out);
  const auto* const terms = std::get_if<pattern::TermsPattern>(&read->pattern->body);
  if (terms == nullptr) return;
  for (const pattern::Term& term : terms->terms) {
    const bool is_wildcard = term.text.starts_with('*') || term.text.ends_with('*');
    if (!is_wildcard || term.text.find("ecret") == std::string::npos) continue;
    out.add(wildcard_in_unsupported_place, subject, place_in(world, *read, term.place),
            "term '{}' of filter '{}' asks for an asterisk", term.text, name_of(world, subject))
        .note("a term is found anywhere in the message without one");
  }
}

// --- regular expressions of a log group ---

bool has_regex(const World& world, const stack::TextValue& pattern) {
  const std::optional<chain::FilterText> text = chain::filter_text(world, pattern);
  if (!text || !text->is_literal() || text->text.find('%') == std::string::npos) return false;
  const Expected<pattern::Filter> parsed = pattern::parse(text->text);
  return parsed && (std::holds_alternative<pattern::RegexPattern>(parsed->body) || usage_of(*parsed).regexes > 0);
}

/// Filters of either kind, as their place in the stack, that certainly read the log group and have a regex.
void check_group(const World& world, ResourceId subject, Findings& out) {
  const auto* const filter = std::get_if<stack::MetricFilter>(&world.stack()[subject].body);
  if (filter == nullptr || !has_regex(world, filter->pattern)) return;
  const stack::Text group = chain::log_group_name(world.text(filter->log_group));
  const std::size_t scope = world.stack()[subject].scope;
  std::size_t before = 0;
  const auto count = [&](ResourceId id, const stack::TextValue& pattern, const stack::TextValue& other) {
    const bool is_same = chain::is_same(chain::log_group_name(world.text(other)), group) == chain::Match::yes;
    const bool is_here = chain::is_same_place(world, world.stack()[id].scope, scope) == chain::Match::yes;
    if (is_same && is_here && world.is_there(id) && has_regex(world, pattern)) ++before;
  };
  for (std::size_t i = 0; i < static_cast<std::size_t>(subject); ++i) {
    const stack::Body& body = world.stack().resources()[i].body;
    const auto id = static_cast<ResourceId>(i);
    if (const auto* other = std::get_if<stack::MetricFilter>(&body)) count(id, other->pattern, other->log_group);
    if (const auto* other = std::get_if<stack::SubscriptionFilter>(&body)) count(id, other->pattern, other->log_group);
  }
  if (before < pattern::max_regex_filters_of_group) return;
  out.add(regex_quota, subject, place_of(world, subject, filter->pattern),
          "filter '{}' is number {} with a regular expression on its log group, which takes {}",
          name_of(world, subject), before + 1, pattern::max_regex_filters_of_group);
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
    .good = examples::good,
    .check = check_group};

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

constinit const Rule pattern_tautology{
    .id = "F404",
    .name = "pattern-tautology",
    .severity = Severity::error,
    .effect = Effect::always,
    .since = "0.1.0",
    .summary = "a filter selects nearly every record of a trail",
    .finds =
        "Patterns that hold for every CloudTrail record, or for each but those with one particular value of a field: "
        "most often two `!=` that are joined by `||`.",
    .harm = "Something always happens in an account: the alarm never rests, and none of its messages means anything.",
    .decision =
        "It is proven, by the fields that no record lacks. It is an error where an alarm in scope takes few such "
        "events, a warning where none is fed by the filter, and nothing where an alarm takes many.",
    .source = "CloudTrail user guide, \"CloudTrail record contents\".",
    .bad = examples::edited<examples::good_pattern,
                            "      FilterPattern: '{ $.eventSource = \"secretsmanager.amazonaws.com\" || "
                            "$.eventName != \"DeleteSecret\" }'\n">,
    .good = examples::good,
    .check = check_breadth};

constinit const Rule wildcard_in_unsupported_place{
    .id = "F418",
    .name = "wildcard-in-unsupported-place",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter has a wildcard or a regular expression that is none",
    .finds =
        "Regular expressions without the `%` around them, question marks, asterisks in a term; and, as a note, an "
        "asterisk inside a value.",
    .harm = "It is compared letter by letter, and what was meant is not selected.",
    .decision =
        "By the text: signs that no name and no ARN has make a regular expression. Filters of which it is not certain "
        "that they read CloudTrail records are left alone.",
    .source =
        "CloudWatch Logs user guide, \"Regular expression syntax\"; recorded answers of TestMetricFilter. How an "
        "asterisk inside a value behaves is not documented.",
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.userAgent != \"^kiosk-.*\" &&">,
    .good = examples::good,
    .check = check_wildcards};

}  // namespace secretwatch::lint::rules
