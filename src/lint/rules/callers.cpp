/// F: whose reads a filter loses by what it asks of the caller, where it may not mean to.
#include <algorithm>
#include <array>

#include "chain/watch.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/patterns.h"
#include "pattern/cover.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Subject;
using chain::Watch;
using chain::World;
using events::Call;
using events::Caller;
using events::Client;
using events::Naming;
using pattern::Leaf;
using stack::ResourceId;

/// A way to read of people and of programs that are no service of AWS, and what to call it.
struct Reader {
  Caller caller;
  Client client;
  std::string_view shown;
};
constexpr std::array<Reader, 5> readers = {{{Caller::user, Client::sdk, "an IAM user"},
                                            {Caller::role, Client::sdk, "a role's session"},
                                            {Caller::role, Client::console, "a role's session in the console"},
                                            {Caller::root, Client::console, "the root user"},
                                            {Caller::user, Client::cli, "an IAM user with the AWS CLI"}}};

bool is_not_equal(const Leaf& leaf) {
  return leaf.comparison() != nullptr && leaf.comparison()->op == pattern::Operator::not_equal;
}

/// The pattern of a filter, and the same with one of its conditions made weaker.
class Weakened {
 public:
  Weakened(const Watch& watch, const Leaf& leaf, const std::vector<pattern::Expression>& by)
      : watch_(watch), matcher_(replace(watch.pattern(), leaf, by)) {}

  /// The first reader whose reads the condition alone loses; nothing: it loses none.
  const Reader* loses(const Subject& subject) const {
    for (const Reader& reader : readers)
      for (const Naming naming : {Naming::name, Naming::arn}) {
        const Call call{"GetSecretValue", naming, reader.caller, reader.client};
        if (watch_.selects(subject.secret, call) || !matcher_.matches(record_of(subject.secret, call))) continue;
        if (matcher_.matches(record_elsewhere(subject.secret, call))) continue;
        const Watch::Others others = watch_.others(subject.secret, call);
        if (!others.selects && !others.open) return &reader;
      }
    return nullptr;
  }

 private:
  const Watch& watch_;
  pattern::Matcher matcher_;
};

/// An iam ARN of a role, which the records of its sessions do not have.
bool is_role_arn(const Leaf& leaf) {
  const pattern::Comparison* const test = leaf.comparison();
  if (test == nullptr || leaf.field != "$.userIdentity.arn") return false;
  const std::optional<std::string> text = pattern::text_of(test->operand);
  return text && text->find(":role/") != std::string::npos;
}

/// Conditions that sort callers into kinds: those that name one leave out whom they mean to.
bool is_about_a_kind(const Leaf& leaf) {
  const std::string& field = leaf.field;
  if (std::holds_alternative<pattern::NotExists>(leaf.expression->body))
    return field == "$.sessionCredentialFromConsole" || field.starts_with("$.userIdentity.");
  const pattern::Comparison* const test = leaf.comparison();
  const std::optional<std::string> text = test == nullptr ? std::nullopt : pattern::text_of(test->operand);
  if (!text) return false;
  if (test->op == pattern::Operator::equal) return field == "$.userIdentity.type" && *text == "IAMUser";
  if (test->op != pattern::Operator::not_equal) return false;
  // The names in the records that the pattern is tried on; who has the same means that one.
  if (text->find("alice") != std::string::npos || text->find("application") != std::string::npos) return false;
  return field == "$.userIdentity.type" || field == "$.userIdentity.arn" || field == "$.userIdentity.principalId" ||
         field == "$.userAgent";
}

struct Question {
  const World& world;
  const FilterPattern& read;
  const Watch& watch;
  const Subject& subject;

  std::string_view filter() const { return name_of(world, read.id); }
  Span place(const Leaf& leaf) const { return place_in(world, read, place_of(leaf)); }
};

/// True: something was found.
bool check_absence(const Question& q, const Leaf& leaf, Findings& out) {
  if (!is_not_equal(leaf) || pattern::has_wildcard(selector_of(leaf))) return false;
  const std::vector<pattern::Expression> or_missing = {
      pattern::any_of({*leaf.expression, pattern::not_exists(leaf.field)})};
  const Reader* const reader = Weakened(q.watch, leaf, or_missing).loses(q.subject);
  if (reader == nullptr) return false;
  const bool is_user_name = leaf.field == "$.userIdentity.userName";
  Finding& finding = out.add(is_user_name ? assumed_role_gap : negation_hides_absence, q.read.id, q.place(leaf),
                             "filter '{}' misses reads by {}: {} does not hold where the field is missing", q.filter(),
                             reader->shown, print(leaf));
  finding.note("write ({} NOT EXISTS || {})", leaf.field, print(leaf));
  return true;
}

bool check_role_arn(const Question& q, const Leaf& leaf, Findings& out) {
  if (!is_role_arn(leaf)) return false;
  const pattern::Filter without = replace(q.watch.pattern(), leaf, {});
  const pattern::Matcher matcher(without);
  const Call call{"GetSecretValue", Naming::arn, Caller::role};
  const bool watches =
      matcher.matches(record_of(q.subject.secret, call)) && !matcher.matches(record_elsewhere(q.subject.secret, call));
  if (!watches) return false;
  Finding& finding = out.add(assumed_role_gap, q.read.id, q.place(leaf),
                             "filter '{}' {} by {}: a session's ARN is not that of its role", q.filter(),
                             is_not_equal(leaf) ? "leaves nobody out" : "selects nobody", print(leaf));
  finding.note("the role's ARN is in $.userIdentity.sessionContext.sessionIssuer.arn");
  finding.effect = is_not_equal(leaf) ? Effect::noisy : Effect::silent;
  return true;
}

void check_kind(const Question& q, const Leaf& leaf, Findings& out) {
  if (!is_about_a_kind(leaf)) return;
  const Reader* const reader = Weakened(q.watch, leaf, {}).loses(q.subject);
  if (reader == nullptr) return;
  out.add(excludes_real_users, q.read.id, q.place(leaf), "filter '{}' misses reads by {}: {} leaves them out",
          q.filter(), reader->shown, print(leaf));
}

/// Sign-ins and calls of other services: only what a benchmark is known to get wrong.
void check_other_absence(const World& world, const FilterPattern& read, Findings& out) {
  if (!is_of_cloudtrail(world, read)) return;
  for (const Leaf& leaf : read.leaves) {
    const std::string& field = leaf.field;
    if (!is_not_equal(leaf) || (field != "$.additionalEventData.MFAUsed" && field != "$.errorCode")) continue;
    const std::vector<pattern::Expression> or_missing = {
        pattern::any_of({*leaf.expression, pattern::not_exists(field)})};
    if (includes(*read.pattern, replace(*read.pattern, leaf, or_missing)).verdict != pattern::Verdict::no) continue;
    Finding& finding = out.add(negation_hides_absence, read.id, place_in(world, read, place_of(leaf)),
                               "filter '{}' selects no record without {}: {} does not hold there",
                               name_of(world, read.id), field, print(leaf));
    finding.lower(Severity::note)
        .likely()
        .note("write ({} NOT EXISTS || {}) to count those as well", field, print(leaf));
    finding.effect = Effect::hygiene;
  }
}

void check(const World& world, ResourceId subject, Findings& out) {
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern || !std::holds_alternative<pattern::JsonPattern>(read->pattern->body)) return;
  const Watch watch(world, subject);
  const std::size_t before = out.all().size();
  if (watch.is_readable() && !has_other_means(world)) {
    const Subject of = watch.subjects().front();
    const Question question{world, *read, watch, of};
    for (const Leaf& leaf : watch.leaves()) {
      if (check_absence(question, leaf, out) || check_role_arn(question, leaf, out)) continue;
      check_kind(question, leaf, out);
    }
  }
  if (out.all().size() == before && !watch.is_readable()) check_other_absence(world, *read, out);
}

constexpr std::string_view tried =
    "The pattern is tried on records of reads by users, roles and root, in programs and in the console, with the "
    "condition and without it. What another filter in scope selects, or may select, is not missed.";
constexpr std::string_view identity =
    "CloudTrail user guide, \"CloudTrail userIdentity element\"; CloudWatch Logs user guide, \"Filter pattern syntax "
    "for metric filters\", and recorded answers of TestMetricFilter.";

}  // namespace

constinit const Rule negation_hides_absence{
    .id = "F420",
    .name = "negation-hides-absence",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter loses records by `!=` on a field that they do not have",
    .finds =
        "`!=` with a field that is missing in some reads of secrets: no error code in those that succeed, no session "
        "in those of users. Of sign-ins and refusals in general it is a note.",
    .harm = "A comparison never holds for a missing field, not even `!=`: the reads that were to stay are left out.",
    .decision = tried,
    .source = identity,
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"secretsmanager.amazonaws.com\" && "
                            "$.userIdentity.sessionContext.sessionIssuer.userName != \"rotation\" &&">,
    .good = examples::good,
    .check = check};

constinit const Rule excludes_real_users{
    .id = "F421",
    .name = "excludes-real-users",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .precision = Precision::likely,
    .since = "0.1.0",
    .summary = "a filter leaves out a whole kind of callers",
    .finds =
        "Exceptions that are wider than one caller: every role's session, everybody in the console, the root user; "
        "and patterns for IAM users only, which people with single sign-on are not.",
    .harm = "Their reads are not counted.",
    .decision = tried,
    .source = identity,
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.userIdentity.type != "
                            "\"AssumedRole\" &&">,
    .good = examples::good};

constinit const Rule assumed_role_gap{
    .id = "F422",
    .name = "assumed-role-gap",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter asks roles' sessions for what they do not have",
    .finds =
        "`$.userIdentity.userName != ...`, which no session of a role satisfies, and `$.userIdentity.arn` compared "
        "with the ARN of a role, which no session has.",
    .harm = "Reads in roles, by far the most, are not counted; or the role that was to be left out is counted.",
    .decision = tried,
    .source = identity,
    .bad = examples::edited<"{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                            "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.userIdentity.userName != "
                            "\"deployer\" &&">,
    .good = examples::good};

}  // namespace secretwatch::lint::rules
