/// F: which reads of a secret a filter misses. Filters of a stack are judged together: what one of them selects, none
/// misses.
#include <algorithm>

#include "chain/records.h"
#include "chain/watch.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/patterns.h"
#include "pattern/explain.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Subject;
using chain::Watch;
using chain::World;
using events::Call;
using events::Naming;
using stack::ResourceId;

Call with(const Call& read, Naming naming) {
  Call call = read;
  call.naming = naming;
  return call;
}

Call refused(const Call& read) {
  Call call = read;
  call.is_refused = true;
  return call;
}

Call in_batch(const Call& read) {
  Call call = read;
  call.event = "BatchGetSecretValue";
  return call;
}

/// What a filter misses of one of the secrets that it watches; `read` is a read that it selects.
class Judge {
 public:
  Judge(const World& world, ResourceId id, const Watch& watch, Findings& out)
      : world_(world), id_(id), watch_(watch), out_(out) {}

  void judge(const Subject& subject, const Call& read) {
    subject_ = &subject;
    if (read.event == "GetSecretValue") {
      judge_namings(read);
      judge_batch(read);
    }
    judge_refusals(read);
  }

 private:
  void judge_namings(const Call& read) {
    const Call by_name = with(read, Naming::name);
    const Call by_arn = with(read, Naming::arn);
    const Call by_partial_arn = with(read, Naming::partial_arn);
    if (read.naming == Naming::name) {
      if (Finding* finding = report_if_missed(misses_arn_access, by_arn, "reads by ARN"))
        finding->note("the console, Terraform and most programs send the ARN: ask for \"*:secret:{}-*\" as well",
                      subject_->secret.name);
    } else if (Finding* finding = report_if_missed(misses_name_access, by_name, "reads by name")) {
      finding->note("ask for \"{}\" as well", subject_->secret.name);
    }
    if (watch_.selects(subject_->secret, by_arn))
      if (Finding* finding = report_if_missed(misses_partial_arn, by_partial_arn, "reads by an ARN without its suffix"))
        finding->note("ask for \"*:secret:{}\" as well", subject_->secret.name);
  }

  void judge_batch(const Call& read) {
    Finding* const finding = report_if_missed(misses_batch, in_batch(read), "reads in batches");
    if (finding == nullptr) return;
    if (subject_->is_any) {
      finding->note("ask for $.eventName = \"BatchGetSecretValue\" as well");
    } else {
      finding->note("such a call names its secrets in $.requestParameters.secretIdList[*]");
    }
  }

  void judge_refusals(const Call& read) {
    // A spec says which refusals it wants, and a pattern that speaks of errors what it makes of them.
    if (!world_.stack().spec_hash.empty() || speaks_of_errors()) return;
    if (Finding* finding = report_if_missed(misses_denied, refused(read), "refused reads"))
      finding->note("the record of a refused call has no requestParameters: its secret is in $.errorMessage only");
  }

  bool speaks_of_errors() const {
    const std::vector<pattern::Leaf>& leaves = watch_.leaves();
    return std::any_of(leaves.begin(), leaves.end(),
                       [](const pattern::Leaf& leaf) { return leaf.field.starts_with("$.error"); });
  }

  /// Null: some filter selects the call, or may, or the like was told of another secret.
  Finding* report_if_missed(const Rule& rule, const Call& call, std::string_view what) {
    if (watch_.selects(subject_->secret, call)) return nullptr;
    const auto& told = out_.all();
    if (std::any_of(told.begin(), told.end(), [&rule](const Finding& finding) { return finding.rule == &rule; }))
      return nullptr;
    const Watch::Others others = watch_.others(subject_->secret, call);
    if (others.selects) return nullptr;
    const bool is_about_form =
        rule.id == misses_arn_access.id || rule.id == misses_name_access.id || rule.id == misses_partial_arn.id;
    if (is_about_form && subject_->open) return undecided(what, *subject_->open);
    if (others.open) return undecided(what, *others.open);
    Finding& finding = out_.add(rule, id_, place_of_refusal(call), "filter '{}' misses {}: {} is not selected",
                                name_of(world_, id_), what, spelled(call));
    if (is_about_form && subject_->begins_open) finding.likely();
    return &finding;
  }

  Finding* undecided(std::string_view what, const std::string& why) {
    const auto& filter = std::get<stack::MetricFilter>(world_.stack()[id_].body);
    out_.undecided(id_, place_of(world_, id_, filter.pattern), "whether filter '{}' misses {} is not known: {}",
                   name_of(world_, id_), what, why);
    return nullptr;
  }

  /// Where the pattern decides against a call, when that is one comparison's doing.
  Span place_of_refusal(const Call& call) const {
    const std::shared_ptr<const FilterPattern> read = read_pattern(world_, id_);
    const pattern::Explainer explainer(*read->pattern, {read, &*read->matcher});
    const pattern::Explanation why = explainer.explain(world_.table<chain::Records>().of(subject_->secret, call));
    return place_in(world_, *read, why.places.empty() ? pattern::Place{} : why.places.front());
  }

  /// "GetSecretValue with SecretId = the name, 'prod/db',"
  std::string spelled(const Call& call) const {
    const char* const field = call.event == "BatchGetSecretValue" ? "SecretIdList" : "SecretId";
    return fmt::format("{}{} with {} = {}", call.is_refused ? "a refused " : "", call.event, field, typed(call.naming));
  }
  std::string typed(Naming naming) const {
    const char* const form = naming == Naming::name  ? "the name"
                             : naming == Naming::arn ? "the ARN"
                                                     : "the ARN without its suffix";
    if (subject_->open || subject_->begins_open || subject_->is_any) return form;
    const events::Secret& secret = subject_->secret;
    return fmt::format("{}, '{}',", form,
                       naming == Naming::name  ? secret.name
                       : naming == Naming::arn ? full_arn(secret)
                                               : partial_arn(secret));
  }

  const World& world_;
  ResourceId id_;
  const Watch& watch_;
  Findings& out_;
  const Subject* subject_ = nullptr;
};

void check(const World& world, ResourceId subject, Findings& out) {
  if (!std::holds_alternative<stack::MetricFilter>(world.stack()[subject].body)) return;
  const Watch watch(world, subject);
  if (!watch.is_readable()) return;
  constexpr std::size_t most_subjects = 16;
  std::vector<Subject> subjects = watch.subjects();
  if (subjects.size() > most_subjects) subjects.resize(most_subjects);
  Judge judge(world, subject, watch, out);
  for (const Subject& each : subjects)
    if (const std::optional<Call> read = watch.read_of(each.secret); read && !has_other_means(world))
      judge.judge(each, *read);
}

/// Do only records match that are about what the pattern's words say?
void check_terms(const World& world, ResourceId subject, Findings& out) {
  if (!std::holds_alternative<stack::MetricFilter>(world.stack()[subject].body)) return;
  const Watch watch(world, subject);
  if (!watch.is_readable() || std::holds_alternative<pattern::JsonPattern>(watch.pattern().body)) return;
  if (watch.text().open() != nullptr || !watch.read_of(watch.subjects().front().secret)) return;
  for (const events::Access& access : events::unrelated_records()) {
    if (!matches(watch.pattern(), access.record)) continue;
    const auto& filter = std::get<stack::MetricFilter>(world.stack()[subject].body);
    out.add(pattern_not_json, subject, place_of(world, subject, filter.pattern),
            "filter '{}' looks for words anywhere in a record: it selects one in which {}", name_of(world, subject),
            access.title)
        .note("a JSON pattern asks for the field: {{ $.eventName = \"GetSecretValue\" }}");
    return;
  }
}

constexpr std::string_view witnessed =
    "The pattern is tried on records of every way to read the secret that it names. What another filter in scope "
    "selects is not missed, and nothing is said where another filter, an event rule or an alarm on a query may select "
    "it.";
constexpr std::string_view secret_id =
    "Secrets Manager API reference, GetSecretValue: SecretId is the name or the ARN, which may lack its suffix; "
    "CloudTrail records of such calls, whose requestParameters.secretId is what the caller typed.";

}  // namespace

constinit const Rule pattern_not_json{
    .id = "F405",
    .name = "pattern-not-json",
    .severity = Severity::warning,
    .effect = Effect::noisy,
    .since = "0.1.0",
    .summary = "a filter looks for words anywhere in a CloudTrail record",
    .finds = "Patterns of terms, or of a regular expression over the whole record, that select records of other calls.",
    .harm =
        "The words also stand in policies, in patterns of other filters and in messages of errors: whoever writes one "
        "raises the alarm.",
    .decision =
        "The pattern is tried on records that only quote the names of events. One that selects none of them is left "
        "alone.",
    .source = "CloudWatch Logs user guide, \"Filter pattern syntax for metric filters\": a term matches anywhere.",
    .bad = examples::edited<examples::good_pattern, "      FilterPattern: GetSecretValue\n">,
    .good = examples::good,
    .check = check_terms};

constinit const Rule misses_arn_access{
    .id = "F406",
    .name = "misses-arn-access",
    .severity = Severity::error,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter watches a secret by its name only",
    .finds = "Patterns that select a read by name and not the same read by ARN.",
    .harm =
        "The record holds what the caller typed, and most type the ARN: the console, Terraform and whoever follows a "
        "reference. Their reads are not counted.",
    .decision = witnessed,
    .source = secret_id,
    .bad = examples::edited<"|| $.requestParameters.secretId = \"*:secret:TopSecretInfo-*\"", "">,
    .good = examples::good,
    .check = check};

constinit const Rule misses_name_access{
    .id = "F407",
    .name = "misses-name-access",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter watches a secret by its ARN only",
    .finds = "Patterns that select a read by ARN and not the same read by name.",
    .harm = "Whoever types the name of the secret reads it without being counted.",
    .decision = witnessed,
    .source = secret_id,
    .bad = examples::edited<"&& ($.requestParameters.secretId = \"TopSecretInfo\" ||",
                            "&& ($.requestParameters.secretId = \"*:secret:TopSecretInfo\" ||">,
    .good = examples::good};

constinit const Rule misses_partial_arn{
    .id = "F408",
    .name = "misses-partial-arn",
    .severity = Severity::note,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter does not know the ARN of its secret without the random suffix",
    .finds = "Patterns that select a read by the full ARN and not by the ARN without `-` and six characters.",
    .harm = "Secrets Manager takes both. Few callers type the shorter one, and whoever does is not counted.",
    .decision = witnessed,
    .source = secret_id,
    .bad = examples::edited<"|| $.requestParameters.secretId = \"*:secret:TopSecretInfo\"\n", "\n">,
    .good = examples::good};

constinit const Rule misses_denied{
    .id = "F409",
    .name = "misses-denied",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter does not see refused attempts to read its secret",
    .finds =
        "Patterns that select a read and not the same one refused, where neither the pattern speaks of errors nor a "
        "spec says what it wants.",
    .harm = "Whoever tries the secret without permission is the one to hear of, and is not counted.",
    .decision = witnessed,
    .source = "CloudTrail records of refused calls of GetSecretValue, whose requestParameters are null.",
    .bad = examples::edited<R"( || ($.errorCode = "AccessDenied*"
        && ($.errorMessage = "*resource: TopSecretInfo *" || $.errorMessage = "*:secret:TopSecretInfo *"
        || $.errorMessage = "*:secret:TopSecretInfo-*"))) })",
                            ") }">,
    .good = examples::good};

constinit const Rule misses_batch{
    .id = "F410",
    .name = "misses-batch",
    .severity = Severity::note,
    .effect = Effect::partial,
    .precision = Precision::likely,
    .since = "0.1.0",
    .summary = "a filter does not know BatchGetSecretValue",
    .finds = "Patterns that select GetSecretValue and not a BatchGetSecretValue that names the same secret.",
    .harm =
        "A batch names its secrets in another field, under another event. AWS says that each of its reads is recorded "
        "as GetSecretValue too; where that is not so, they are not counted.",
    .decision = witnessed,
    .source = "Secrets Manager API reference, BatchGetSecretValue; CloudTrail records of such calls.",
    .bad = examples::edited<R"( || ($.eventName = "BatchGetSecretValue"
        && ($.requestParameters.secretIdList[*] = "TopSecretInfo"
        || $.requestParameters.secretIdList[*] = "*:secret:TopSecretInfo"
        || $.requestParameters.secretIdList[*] = "*:secret:TopSecretInfo-*")))",
                            "">,
    .good = examples::good};

}  // namespace secretwatch::lint::rules
