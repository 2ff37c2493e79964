/// F: what a filter publishes, under which name, and to whom.
#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "base/text.h"
#include "chain/alarm.h"
#include "chain/watch.h"
#include "events/record_fields.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/patterns.h"
#include "pattern/cover.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Match;
using chain::World;
using stack::Dimension;
using stack::MetricFilter;
using stack::ResourceId;

const MetricFilter* filter_of(const World& world, ResourceId id) {
  return std::get_if<MetricFilter>(&world.stack()[id].body);
}

/// The dimensions that are certainly written.
std::vector<const Dimension*> dimensions_of(const World& world, const MetricFilter& filter) {
  std::vector<const Dimension*> certain;
  for (const Dimension& dimension : filter.dimensions) {
    const stack::TextValue* const name = world.at(dimension.name);
    if (name != nullptr && name->unknown() == nullptr) certain.push_back(&dimension);
  }
  return certain;
}

// --- dimensions ---

/// Fields of a record with a value of their own for every caller or call.
bool has_many_values(std::string_view selector) {
  constexpr std::array<std::string_view, 14> fields = {"$.requestParameters.secretId",
                                                       "$.sourceIPAddress",
                                                       "$.userAgent",
                                                       "$.eventID",
                                                       "$.requestID",
                                                       "$.eventTime",
                                                       "$.errorMessage",
                                                       "$.userIdentity.arn",
                                                       "$.userIdentity.principalId",
                                                       "$.userIdentity.accessKeyId",
                                                       "$.userIdentity.sessionContext.attributes.creationDate",
                                                       "$.sharedEventID",
                                                       "$.requestParameters.secretIdList[0]",
                                                       "$.responseElements.ARN"};
  return std::find(fields.begin(), fields.end(), selector) != fields.end();
}

void check_dimension_values(const World& world, ResourceId subject, const std::vector<const Dimension*>& dimensions,
                            Findings& out) {
  for (const Dimension* dimension : dimensions) {
    const std::optional<std::string> value = world.literal(dimension->value);
    if (!value || !has_many_values(*value)) continue;
    out.add(high_cardinality_dimension, subject, place_of(world, subject, dimension->value),
            "filter '{}' makes a metric of its own for each value of {}", name_of(world, subject), *value)
        .note("an alarm reads one of these metrics, and AWS may switch off a filter that makes a thousand");
  }
}

void check_dimensions(const World& world, ResourceId subject, Findings& out) {
  const MetricFilter* const filter = filter_of(world, subject);
  if (filter == nullptr) return;
  const std::vector<const Dimension*> dimensions = dimensions_of(world, *filter);
  const auto system_fields =
      std::count_if(filter->system_field_dimensions.begin(), filter->system_field_dimensions.end(),
                    [&](const stack::TextValue& field) { return world.literal(field).has_value(); });
  const std::size_t count = dimensions.size() + static_cast<std::size_t>(system_fields);
  if (count > 3)
    out.add(too_many_dimensions, subject,
            dimensions.empty() ? world.stack()[subject].span : place_of(world, subject, dimensions.back()->name),
            "filter '{}' has {} dimensions, and CloudWatch Logs takes 3", name_of(world, subject), count);
  if (dimensions.empty()) return;
  const Span place = place_of(world, subject, dimensions.front()->name);
  if (world.known(filter->default_value) != nullptr)
    out.add(default_with_dimensions, subject, place_of(world, subject, filter->default_value),
            "filter '{}' has a default value and dimensions, and CloudWatch Logs takes one of them",
            name_of(world, subject))
        .relate(place, "the dimensions");
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
  const bool is_text = read && read->pattern && read->text.open() == nullptr &&
                       (std::holds_alternative<pattern::TermsPattern>(read->pattern->body) ||
                        std::holds_alternative<pattern::RegexPattern>(read->pattern->body));
  if (is_text)
    out.add(dimensions_on_term_pattern, subject, place,
            "filter '{}' has dimensions, and a pattern of terms finds no fields to take them from",
            name_of(world, subject));
  check_dimension_values(world, subject, dimensions, out);
}

// --- value and namespace ---

void check_value(const World& world, ResourceId subject, Findings& out) {
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern || !is_of_cloudtrail(world, *read)) return;
  const std::optional<std::string> value = world.literal(read->filter->metric_value);
  if (!value || !value->starts_with("$.")) return;
  const events::RecordField* const field = events::field(std::string_view(*value).substr(2));
  if (field == nullptr) return;
  out.add(metric_value_field, subject, place_of(world, subject, read->filter->metric_value),
          "filter '{}' publishes {}, which is no number in a CloudTrail record", name_of(world, subject), *value)
      .note("nothing is published for a value that is no number; '1' counts the events");
}

void check_namespace(const World& world, ResourceId subject, Findings& out) {
  const MetricFilter* const filter = filter_of(world, subject);
  const std::optional<std::string> name = filter == nullptr ? std::nullopt : world.literal(filter->metric_namespace);
  if (!name) return;
  const Span place = place_of(world, subject, filter->metric_namespace);
  if (name->starts_with("AWS/"))
    out.add(reserved_namespace, subject, place, "filter '{}' publishes to '{}', and AWS keeps AWS/ for itself",
            name_of(world, subject), shown(*name));
  else if (const std::size_t at = name->find_first_of(":*$"); at != std::string::npos)
    out.add(reserved_namespace, subject, place, "the namespace of filter '{}' has a '{}', which none may have",
            name_of(world, subject), (*name)[at]);
}

// --- several filters ---

bool publishes_more_than_nothing(const World& world, const MetricFilter& filter) {
  const auto samples = chain::samples_of(world, filter);
  return samples && samples->value > 0;
}

bool is_same_metric(const World& world, ResourceId first, ResourceId second) {
  const stack::Stack& stack = world.stack();
  const auto& a = std::get<MetricFilter>(stack[first].body);
  const auto& b = std::get<MetricFilter>(stack[second].body);
  // Two of one name on one group are one filter: the later one takes the place of the other.
  const std::optional<std::string> name = world.literal(a.name);
  return (!name || name != world.literal(b.name)) &&
         chain::is_same_place(world, stack[first].scope, stack[second].scope) == Match::yes &&
         chain::is_same(world.text(a.metric_name), world.text(b.metric_name)) == Match::yes &&
         chain::is_same(world.text(a.metric_namespace), world.text(b.metric_namespace)) == Match::yes &&
         chain::is_same(chain::log_group_of(world, first), chain::log_group_of(world, second)) == Match::yes;
}

/// Do two patterns name secrets, each others than the other?
bool are_about_others(const World& world, ResourceId a, ResourceId b) {
  const chain::Watch first(world, a);
  const chain::Watch second(world, b);
  if (!first.is_readable() || !second.is_readable()) return false;
  const auto is_one = [](const chain::Subject& subject) { return subject.is_one; };
  const auto is_told_apart = [&](const chain::Subject& subject) {
    return std::none_of(first.subjects().begin(), first.subjects().end(),
                        [&](const chain::Subject& other) { return other.secret.name == subject.secret.name; });
  };
  return std::all_of(first.subjects().begin(), first.subjects().end(), is_one) &&
         std::all_of(second.subjects().begin(), second.subjects().end(), is_one) &&
         std::all_of(second.subjects().begin(), second.subjects().end(), is_told_apart);
}

/// A record that both select, in words; empty: none is known.
std::string counted_twice(const World& world, const FilterPattern& a, const FilterPattern& b) {
  if (includes(*a.pattern, *b.pattern).verdict == pattern::Verdict::yes)
    return fmt::format("all that '{}' selects", name_of(world, b.id));
  if (includes(*b.pattern, *a.pattern).verdict == pattern::Verdict::yes)
    return fmt::format("all that '{}' selects", name_of(world, a.id));
  const chain::Watch watch(world, a.id);
  if (!watch.is_readable()) return {};
  for (const chain::Subject& subject : watch.subjects())
    for (const events::Access& access : events::canonical_accesses(subject.secret))
      if (matches(*a.pattern, access.record) && matches(*b.pattern, access.record)) return access.title;
  return {};
}

/// Is it the same series of the metric?
bool have_same_dimensions(const World& world, const MetricFilter& a, const MetricFilter& b) {
  const auto is_same = [&world](const stack::TextValue& x, const stack::TextValue& y) {
    return chain::is_same(world.text(x), world.text(y)) == Match::yes;
  };
  const auto are_same = [&](const Dimension& x, const Dimension& y) {
    return is_same(x.name, y.name) && is_same(x.value, y.value);
  };
  return std::equal(a.dimensions.begin(), a.dimensions.end(), b.dimensions.begin(), b.dimensions.end(), are_same) &&
         std::equal(a.system_field_dimensions.begin(), a.system_field_dimensions.end(),
                    b.system_field_dimensions.begin(), b.system_field_dimensions.end(), is_same);
}

void check_duplicate(const World& world, ResourceId subject, Findings& out) {
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, subject);
  if (!read || !read->pattern || read->text.open() != nullptr) return;
  if (!publishes_more_than_nothing(world, *read->filter)) return;
  for (const ResourceId id : chain::filters_by_metric_name(world, read->filter->metric_name)) {
    if (id >= subject) return;
    const MetricFilter* const other = filter_of(world, id);
    if (other == nullptr || !is_same_metric(world, subject, id)) continue;
    if (!have_same_dimensions(world, *read->filter, *other)) continue;
    if (!world.is_there(id) || !publishes_more_than_nothing(world, *other)) continue;
    if (are_about_others(world, id, subject)) continue;
    const std::shared_ptr<const FilterPattern> first = read_pattern(world, id);
    if (!first || !first->pattern || first->text.open() != nullptr) continue;
    const std::string both = counted_twice(world, *first, *read);
    if (both.empty()) continue;
    out.add(duplicate_filter, subject, place_of(world, subject, read->filter->pattern),
            "filters '{}' and '{}' both count {}", name_of(world, id), name_of(world, subject), both)
        .relate(world.stack()[id].span, "the first one");
    return;
  }
}

void check_shared(const World& world, ResourceId subject, Findings& out) {
  if (filter_of(world, subject) == nullptr) return;
  const chain::Watch watch(world, subject);
  if (!watch.is_readable() || watch.text().open() != nullptr) return;
  std::vector<std::string> secrets;
  for (const chain::Subject& each : watch.subjects())
    if (!each.is_any && watch.read_of(each.secret)) secrets.push_back(each.shown);
  if (secrets.size() < 2) return;
  out.add(metric_shared_across_secrets, subject, place_of(world, subject, filter_of(world, subject)->pattern),
          "filter '{}' counts reads of {} secrets as one: {} and {}", name_of(world, subject), secrets.size(),
          secrets[0], secrets[1]);
}

/// An alarm of the stack that most likely means the filter's metric, and the finding that says so.
void blame_alarm(const World& world, const MetricFilter& filter, Finding& finding) {
  const std::optional<std::string> wanted = world.literal(filter.metric_name);
  if (!wanted) return;
  for (const ResourceId id : world.stack().ids<stack::Alarm>()) {
    for (const chain::Reading& reading : chain::readings_of(world, std::get<stack::Alarm>(world.stack()[id].body))) {
      const std::optional<std::string> name = world.literal(*reading.metric_name);
      if (!name || edit_distance(*name, *wanted) > 2) continue;
      finding.because_of(*name == *wanted ? namespace_mismatch : metric_not_produced, id);
      return;
    }
  }
}

void check_alarmed(const World& world, ResourceId subject, Findings& out) {
  const MetricFilter* const filter = filter_of(world, subject);
  if (filter == nullptr || !world.stack().gaps.empty() || !chain::alarms_of(world, subject).empty()) return;
  Finding& finding = out.add(filter_without_alarm, subject, world.stack()[subject].span,
                             "no alarm in scope reads the metric of filter '{}'", name_of(world, subject));
  blame_alarm(world, *filter, finding);
}

// --- fields of a centralized log group ---

/// The value of `@aws.region = "us-east-1"`; empty: the criteria ask for something else too.
std::string wanted_by(const std::string& criteria, std::string_view field) {
  const std::size_t at = criteria.find(field);
  const bool is_alone = criteria.find(" OR ") == std::string::npos && criteria.find(" or ") == std::string::npos &&
                        criteria.find("NOT") == std::string::npos && criteria.find("!=") == std::string::npos;
  if (at == std::string::npos || !is_alone) return {};
  std::size_t begin = criteria.find_first_not_of(' ', at + field.size());
  if (begin == std::string::npos || criteria[begin] != '=') return {};
  begin = criteria.find_first_not_of(" =", begin);
  if (begin == std::string::npos || (criteria[begin] != '"' && criteria[begin] != '\'')) return {};
  const std::size_t end = criteria.find(criteria[begin], begin + 1);
  return end == std::string::npos ? std::string() : criteria.substr(begin + 1, end - begin - 1);
}

void check_selection(const World& world, ResourceId subject, Findings& out) {
  const MetricFilter* const filter = filter_of(world, subject);
  const std::optional<std::string> criteria = filter == nullptr ? std::nullopt : world.literal(filter->field_selection);
  if (!criteria) return;
  const chain::Watch watch(world, subject);
  if (!watch.is_readable() || !watch.text().is_literal()) return;
  const std::string region = wanted_by(*criteria, "@aws.region");
  const std::string account = wanted_by(*criteria, "@aws.account");
  for (const chain::Subject& each : watch.subjects()) {
    const bool tells_region = watch.text().text.find(each.secret.region) != std::string::npos;
    const bool tells_account = watch.text().text.find(each.secret.account) != std::string::npos;
    const bool is_elsewhere = !region.empty() && tells_region && region != each.secret.region;
    const bool is_others = !account.empty() && tells_account && account != each.secret.account;
    if (!is_elsewhere && !is_others) continue;
    out.add(field_selection_excludes, subject, place_of(world, subject, filter->field_selection),
            "filter '{}' watches a secret in '{}' and looks at records of '{}' only", name_of(world, subject),
            is_elsewhere ? each.secret.region : each.secret.account, is_elsewhere ? region : account);
    return;
  }
}

constexpr std::string_view as_written = "By what is written, where it is known.";
constexpr std::string_view transformation =
    "CloudWatch Logs API reference, MetricTransformation; recorded answers of PutMetricFilter.";
constexpr std::string_view dimension_guide =
    "CloudWatch Logs user guide, \"Filter pattern syntax for metric filters\", publishing dimensions.";

}  // namespace

constinit const Rule metric_value_field{
    .id = "F425",
    .name = "metric-value-field",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a filter publishes a field that is no number",
    .finds = "A metric value that is a field of CloudTrail records, which all hold text, booleans or objects.",
    .harm = "Nothing is published for a value that is no number.",
    .decision = as_written,
    .source = transformation,
    .bad = examples::edited<"MetricValue: '1'", "MetricValue: $.eventName">,
    .good = examples::good,
    .check = check_value};

constinit const Rule default_with_dimensions{
    .id = "F427",
    .name = "default-with-dimensions",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a filter has a default value and dimensions",
    .finds = "`DefaultValue` together with `Dimensions` in a metric transformation.",
    .harm = "CloudWatch Logs refuses the filter: \"dimensions and default value are mutually exclusive properties\".",
    .decision = as_written,
    .source = transformation,
    .bad = examples::edited<"          MetricValue: '1'\n",
                            "          MetricValue: '1'\n          DefaultValue: 0\n          Dimensions:\n"
                            "            - {Key: Caller, Value: $.userIdentity.type}\n",
                            "      MetricName: TopSecretInfoRead\n      Statistic",
                            "      MetricName: TopSecretInfoRead\n      Dimensions: [{Name: Caller, Value: "
                            "AssumedRole}]\n      Statistic">,
    .good = examples::good,
    .check = check_dimensions};

constinit const Rule dimensions_on_term_pattern{
    .id = "F428",
    .name = "dimensions-on-term-pattern",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a filter has dimensions and a pattern without fields",
    .finds = "`Dimensions` on a filter whose pattern is neither JSON nor space-delimited.",
    .harm = "CloudWatch Logs refuses the filter.",
    .decision = as_written,
    .source = dimension_guide,
    .bad = examples::edited<examples::good_pattern,
                            "      FilterPattern: '\"secretsmanager.amazonaws.com\" \"GetSecretValue\"'\n",
                            "          MetricValue: '1'\n",
                            "          MetricValue: '1'\n          Dimensions:\n"
                            "            - {Key: Caller, Value: $.userIdentity.type}\n",
                            "      MetricName: TopSecretInfoRead\n      Statistic",
                            "      MetricName: TopSecretInfoRead\n      Dimensions: [{Name: Caller, Value: "
                            "AssumedRole}]\n      Statistic">,
    .good = examples::good};

constinit const Rule high_cardinality_dimension{
    .id = "F429",
    .name = "high-cardinality-dimension",
    .severity = Severity::warning,
    .effect = Effect::partial,
    .since = "0.1.0",
    .summary = "a filter makes a metric for each caller or call",
    .finds = "Dimensions whose value is an ARN, an address, an id, or the secret as the caller typed it.",
    .harm =
        "Each value is a metric of its own that is paid for. An alarm reads one of them, and a filter that makes a "
        "thousand may be switched off by AWS: whoever may call GetSecretValue can see to that.",
    .decision = as_written,
    .source = dimension_guide,
    .bad = examples::edited<"          MetricValue: '1'\n",
                            "          MetricValue: '1'\n          Dimensions:\n"
                            "            - {Key: Address, Value: $.sourceIPAddress}\n",
                            "      MetricName: TopSecretInfoRead\n      Statistic",
                            "      MetricName: TopSecretInfoRead\n      Dimensions: [{Name: Address, Value: "
                            "192.0.2.1}]\n      Statistic">,
    .good = examples::good};

constinit const Rule too_many_dimensions{
    .id = "F430",
    .name = "too-many-dimensions",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a filter has more than three dimensions",
    .finds = "More than three dimensions, those of system fields included.",
    .harm = "CloudWatch Logs refuses the filter.",
    .decision = "Counted are the dimensions that are certainly there.",
    .source = transformation,
    .bad = examples::edited<
        "          MetricValue: '1'\n",
        "          MetricValue: '1'\n          Dimensions:\n            - {Key: A, Value: $.userIdentity.type}\n"
        "            - {Key: B, Value: $.awsRegion}\n            - {Key: C, Value: $.eventName}\n"
        "            - {Key: D, Value: $.eventType}\n",
        "      MetricName: TopSecretInfoRead\n      Statistic",
        "      MetricName: TopSecretInfoRead\n      Dimensions: [{Name: A, Value: a}, {Name: B, Value: b}, "
        "{Name: C, Value: c}, {Name: D, Value: d}]\n      Statistic">,
    .good = examples::good};

constinit const Rule reserved_namespace{
    .id = "F431",
    .name = "reserved-namespace",
    .severity = Severity::warning,
    .effect = Effect::rejected,
    .precision = Precision::likely,
    .since = "0.1.0",
    .summary = "a filter publishes to a namespace that it may not have",
    .finds = "Namespaces that begin with `AWS/`, or hold a colon, an asterisk or a dollar sign.",
    .harm = "CloudWatch Logs refuses such a name, or AWS's own metrics are mixed with yours.",
    .decision = as_written,
    .source =
        "CloudWatch Logs API reference, MetricTransformation, metricNamespace; CloudWatch user guide, \"Namespaces\".",
    .bad = examples::edited<"MetricNamespace: SecurityMetrics", "MetricNamespace: AWS/SecurityMetrics",
                            "      Namespace: SecurityMetrics", "      Namespace: AWS/SecurityMetrics">,
    .good = examples::good,
    .check = check_namespace};

constinit const Rule duplicate_filter{
    .id = "F432",
    .name = "duplicate-filter",
    .severity = Severity::warning,
    .effect = Effect::noisy,
    .since = "0.1.0",
    .summary = "two filters count the same records twice",
    .finds = "Two filters of one log group and one metric, of which both select the same records.",
    .harm = "One read counts as two, and a threshold means half of what it says.",
    .decision =
        "It is proven, by a way to read a secret that both select, or because one selects all that the other does. "
        "Filters that publish 0 are left alone: they draw a line, and do not count.",
    .source = "CloudWatch Logs user guide, \"Creating metrics from log events using filters\".",
    .bad = examples::edited<"  ReadAlarm:\n",
                            "  AnyReadFilter:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n"
                            "      LogGroupName: !Ref TrailLogGroup\n"
                            "      FilterPattern: '{ $.eventSource = \"secretsmanager.amazonaws.com\" }'\n"
                            "      MetricTransformations: [{MetricNamespace: SecurityMetrics, MetricName: "
                            "TopSecretInfoRead, MetricValue: '1'}]\n  ReadAlarm:\n">,
    .good = examples::good,
    .check = check_duplicate};

constinit const Rule metric_shared_across_secrets{
    .id = "F433",
    .name = "metric-shared-across-secrets",
    .severity = Severity::note,
    .effect = Effect::hygiene,
    .is_on = false,
    .since = "0.1.0",
    .summary = "a metric counts reads of several secrets as one",
    .finds = "Patterns that name more than one secret.",
    .harm = "The message does not say which of them was read, and a read of one hides behind that of another.",
    .decision = as_written,
    .source = "CloudWatch user guide, \"Alarm actions\": they run when the state changes, not for each event.",
    .bad = examples::edited<examples::good_pattern, R"(      FilterPattern: >-
        { $.eventSource = "secretsmanager.amazonaws.com" && ($.requestParameters.secretId = "*OtherSecret*"
        || $.requestParameters.secretId = "*TopSecretInfo*" || $.requestParameters.secretIdList[*] = "*OtherSecret*"
        || $.requestParameters.secretIdList[*] = "*TopSecretInfo*" || $.errorMessage = "*Secret*") }
)">,
    .good = examples::good,
    .check = check_shared};

constinit const Rule filter_without_alarm{
    .id = "F434",
    .name = "filter-without-alarm",
    .severity = Severity::note,
    .effect = Effect::hygiene,
    .is_on = false,
    .since = "0.1.0",
    .summary = "no alarm reads a filter's metric",
    .finds = "Filters whose metric no alarm in scope reads, its own or in metric math.",
    .harm = "The events are counted and nobody is told; which may be meant, or done elsewhere.",
    .decision = "Namespace and name of the metric are compared with what every alarm in scope reads.",
    .source = "CloudWatch user guide, \"Metrics concepts\".",
    .bad = examples::edited<"  ReadAlarm:\n",
                            "  OtherFilter:\n    Type: AWS::Logs::MetricFilter\n    Properties:\n"
                            "      LogGroupName: !Ref TrailLogGroup\n"
                            "      FilterPattern: '{ $.eventName = \"DeleteTrail\" }'\n"
                            "      MetricTransformations: [{MetricNamespace: SecurityMetrics, MetricName: "
                            "EndOfTheTrail, MetricValue: '1'}]\n  ReadAlarm:\n">,
    .good = examples::good,
    .check = check_alarmed};

constinit const Rule field_selection_excludes{
    .id = "F435",
    .name = "field-selection-excludes",
    .severity = Severity::warning,
    .effect = Effect::silent,
    .since = "0.1.0",
    .summary = "a filter looks at records of another account or region than its secret's",
    .finds = "`FieldSelectionCriteria` for one account or region, and a pattern that names a secret of another.",
    .harm = "No record of the secret's account and region is looked at.",
    .decision = "By one comparison of `@aws.region` or `@aws.account`; criteria that join several are left alone.",
    .source = "CloudWatch Logs API reference, PutMetricFilter, fieldSelectionCriteria.",
    .bad =
        examples::edited<"      MetricTransformations:\n        - MetricNamespace",
                         "      FieldSelectionCriteria: '@aws.region = \"eu-west-1\"'\n      MetricTransformations:\n"
                         "        - MetricNamespace",
                         "{ $.eventSource = \"secretsmanager.amazonaws.com\" &&",
                         "{ $.eventSource = \"secretsmanager.amazonaws.com\" && $.awsRegion = \"us-east-1\" &&">,
    .good = examples::good,
    .check = check_selection};

}  // namespace secretwatch::lint::rules
