/// From the filter to the alarm: do they mean the same metric?
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "chain/alarm.h"
#include "events/record_fields.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"
#include "lint/rules/patterns.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Link;
using chain::Match;
using chain::Reading;
using chain::World;
using stack::MetricFilter;
using stack::ResourceId;

/// A filter's metric, literal.
struct MetricName {
  ResourceId filter{};
  std::string metric_namespace;
  std::string name;
};

std::vector<MetricName> literal_metrics(const World& world) {
  std::vector<MetricName> metrics;
  for (const ResourceId id : world.stack().ids<MetricFilter>()) {
    const auto& filter = std::get<MetricFilter>(world.stack()[id].body);
    const auto metric_namespace = world.literal(filter.metric_namespace);
    const auto name = world.literal(filter.metric_name);
    if (metric_namespace && name) metrics.push_back({id, *metric_namespace, *name});
  }
  return metrics;
}

/// Errors4xx and Errors5xx are two metrics, not a slip of the pen.
bool differ_in_letters(std::string_view a, std::string_view b) {
  const auto without_digits = [](std::string_view text) {
    std::string letters(text);
    letters.erase(std::remove_if(letters.begin(), letters.end(), is_digit), letters.end());
    return letters;
  };
  return without_digits(a) != without_digits(b);
}

/// What a filter calls its metric, where that is written out and not asked for when it is deployed.
const std::string* written_out(const World& world, const stack::TextValue& value) {
  const auto* const chosen = world.at(value);
  const bool is_literal = chosen != nullptr && chosen->known() != nullptr &&
                          chosen->known()->origin == stack::Origin::literal && chosen->get()->parts().size() == 1;
  return is_literal ? std::get_if<std::string>(&chosen->get()->parts().front()) : nullptr;
}

void report_other_namespace(const World& world, ResourceId id, const Reading& reading, const MetricName& filter,
                            Findings& out) {
  Finding& finding =
      out.add(namespace_mismatch, id, place_of(world, id, *reading.metric_namespace),
              "alarm '{}' looks for '{}' in namespace '{}': the filter publishes it to '{}'", name_of(world, id),
              filter.name, *world.literal(*reading.metric_namespace), filter.metric_namespace);
  const auto& publisher = std::get<MetricFilter>(world.stack()[filter.filter].body);
  if (const std::string* const published = written_out(world, publisher.metric_namespace))
    finding.set(world, id, "metric_namespace", *reading.metric_namespace, *published);
  finding.relate(world.stack()[filter.filter].span, "filter '{}' publishes the metric", name_of(world, filter.filter));
}

/// No filter in scope publishes what the alarm reads. An error only where one nearly does.
void check_producer(const World& world, ResourceId id, const Reading& reading, Findings& out) {
  const auto metric_namespace = world.literal(*reading.metric_namespace);
  const auto name = world.literal(*reading.metric_name);
  if (!metric_namespace || !name || metric_namespace->starts_with("AWS/")) return;
  const MetricName* nearest = nullptr;
  std::size_t least = 3;
  const std::vector<MetricName> metrics = literal_metrics(world);
  for (const MetricName& metric : metrics) {
    // One that has an alarm of its own was not meant by this one.
    if (!chain::alarms_of(world, metric.filter).empty()) continue;
    if (metric.name == *name) return report_other_namespace(world, id, reading, metric, out);
    const std::size_t distance = edit_distance(metric.name, *name);
    if (metric.metric_namespace == *metric_namespace && distance < least && differ_in_letters(metric.name, *name)) {
      least = distance;
      nearest = &metric;
    }
  }
  if (nearest == nullptr) return;
  Finding& finding = out.add(metric_not_produced, id, place_of(world, id, *reading.metric_name),
                             "alarm '{}' looks at metric '{}', which no filter publishes", name_of(world, id), *name);
  const auto& publisher = std::get<MetricFilter>(world.stack()[nearest->filter].body);
  const std::string* const published = written_out(world, publisher.metric_name);
  if (published != nullptr && plain_form(*published) == plain_form(*name))
    finding.set(world, id, "metric_name", *reading.metric_name, *published);
  finding.relate(world.stack()[nearest->filter].span, "filter '{}' publishes '{}'", name_of(world, nearest->filter),
                 nearest->name);
}

/// "us-east-1 of account 123456789012"
std::string place_name(const stack::Scope& scope) {
  const std::string region = scope.region.literal().value_or("another region");
  const std::optional<std::string> account = scope.account.literal();
  return account ? fmt::format("{} of account {}", region, *account) : region;
}

/// A filter publishes the very metric, but elsewhere.
bool report_other_place(const World& world, ResourceId id, const Reading& reading, Findings& out) {
  Reading anywhere = reading;
  anywhere.scope.reset();
  for (const Link& link : chain::filters_of(world, anywhere)) {
    if (link.match != Match::yes) continue;
    const stack::Resource& alarm = world.stack()[id];
    const stack::Resource& filter = world.stack()[link.resource];
    out.add(region_or_account_mismatch, id, place_of(world, id, *reading.metric_name),
            "alarm '{}' looks at its metric in {}: the filter publishes it in {}", name_of(world, id),
            place_name(world.stack().scopes.at(alarm.scope)), place_name(world.stack().scopes.at(filter.scope)))
        .relate(filter.span, "filter '{}' publishes the metric", name_of(world, link.resource))
        .note("a trail brings the events of every region to one log group: filter and alarm belong where that is");
    return true;
  }
  return false;
}

/// The filter whose name or id a metric's name is taken from; null: none.
const stack::Ref* filter_in(const World& world, const stack::OptionalText& metric_name) {
  const auto* const written = world.at(metric_name);
  const stack::Ref* const ref = written == nullptr ? nullptr : written->ref();
  if (ref == nullptr || ref->attribute == stack::Attribute::other) return nullptr;
  return std::holds_alternative<MetricFilter>(world.stack()[ref->target].body) ? ref : nullptr;
}

/// The name of a filter is not that of its metric, but may be the same by chance.
bool report_filter_as_metric(const World& world, ResourceId id, const Reading& reading,
                             const std::vector<Link>& filters, Findings& out) {
  const stack::Ref* const ref = filter_in(world, *reading.metric_name);
  if (ref == nullptr) return false;
  const stack::Resource& resource = world.stack()[ref->target];
  const auto& filter = std::get<MetricFilter>(resource.body);
  const std::string_view filter_name = name_of(world, ref->target);
  const std::optional<std::string> name = world.literal(filter.name);
  const std::optional<std::string> metric = world.literal(filter.metric_name);
  if (!metric) return true;
  const Span metric_place = place_of(world, ref->target, filter.metric_name);
  const bool is_fed = std::any_of(filters.begin(), filters.end(), [](const Link& l) { return l.match == Match::yes; });
  if (is_fed) {
    if (name != metric) return true;
    out.add(filter_id_as_metric_name, id, place_of(world, id, *reading.metric_name),
            "alarm '{}' takes the metric's name from the name of filter '{}', which is the same as long as nobody "
            "renames one",
            name_of(world, id), filter_name)
        .relate(metric_place, "the metric is named here")
        .lower(Severity::note)
        .effect = Effect::hygiene;
    return true;
  }
  // Nameless, the filter gets a name that is made up when it is deployed.
  if (world.at(filter.name) != nullptr && !name) return true;
  out.add(filter_id_as_metric_name, id, place_of(world, id, *reading.metric_name),
          "alarm '{}' looks at a metric with the name of filter '{}': its metric is '{}'", name_of(world, id),
          filter_name, *metric)
      .relate(metric_place, "the metric is named here");
  return true;
}

/// The names of dimensions, sorted; nothing: one is not known.
std::optional<std::vector<std::string>> names_of(const World& world, const std::vector<stack::Dimension>& dimensions) {
  std::vector<std::string> names;
  for (const stack::Dimension& dimension : dimensions) {
    const auto name = world.literal(dimension.name);
    if (!name) return std::nullopt;
    names.push_back(*name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string spelled(const std::vector<std::string>& dimensions) {
  return dimensions.empty() ? std::string("no dimensions") : fmt::format("dimensions {}", fmt::join(dimensions, ", "));
}

/// Must a record have the field, so that the condition holds?
bool demands(const pattern::Expression& condition, const pattern::Selector& field) {
  const auto demands_it = [&field](const pattern::Expression& term) { return demands(term, field); };
  if (const auto* const all = std::get_if<pattern::AllOf>(&condition.body))
    return std::any_of(all->terms.begin(), all->terms.end(), demands_it);
  if (const auto* const any = std::get_if<pattern::AnyOf>(&condition.body))
    return std::all_of(any->terms.begin(), any->terms.end(), demands_it);
  const auto* const comparison = std::get_if<pattern::Comparison>(&condition.body);
  return comparison != nullptr && comparison->op != pattern::Operator::not_equal && comparison->selector == field;
}

/// Has every record that CloudTrail writes a text in this field?
bool is_in_every_record(std::string_view selector) {
  const events::RecordField* const field = selector.starts_with("$.") ? events::field(selector.substr(2)) : nullptr;
  return field != nullptr && !field->is_optional && field->type == events::RecordField::Type::text;
}

/// A record without one of the fields is counted without dimensions (CloudWatch Logs user guide, "Filter pattern syntax
/// for metric filters"). Has each record that the filter selects all of them?
bool always_has_dimensions(const World& world, ResourceId id) {
  const std::shared_ptr<const FilterPattern> read = read_pattern(world, id);
  if (read == nullptr || !read->pattern) return false;
  const auto* const json = std::get_if<pattern::JsonPattern>(&read->pattern->body);
  if (json == nullptr) return true;
  const bool is_cloudtrail = is_of_cloudtrail(world, *read);
  const auto is_certain = [&](const stack::Dimension& dimension) {
    const std::string field = world.literal(dimension.value).value_or("");
    const Expected<pattern::Selector> selector = pattern::parse_selector(field);
    return selector && (demands(json->condition, *selector) || (is_cloudtrail && is_in_every_record(field)));
  };
  return std::all_of(read->filter->dimensions.begin(), read->filter->dimensions.end(), is_certain);
}

/// Of the filters that publish a metric, those whose series the alarm looks at, or may look at. A metric may have
/// several series, each from a filter of its own.
std::vector<Link> check_dimensions(const World& world, ResourceId id, const Reading& reading,
                                   const std::vector<Link>& filters, Findings& out) {
  const auto wanted = names_of(world, *reading.dimensions);
  if (!wanted) return filters;
  std::vector<Link> same;
  std::vector<std::pair<ResourceId, std::string>> others;
  for (const Link& link : filters) {
    const auto& filter = std::get<MetricFilter>(world.stack()[link.resource].body);
    const auto published = names_of(world, filter.dimensions);
    if (!filter.system_field_dimensions.empty() || !published || *published == *wanted)
      same.push_back(link);
    else if (link.match == Match::yes)
      others.emplace_back(link.resource, spelled(*published));
  }
  if (!same.empty() || others.empty()) return same;
  Finding& finding = out.add(dimension_mismatch, id, place_of(world, id, *reading.metric_name),
                             "alarm '{}' looks at the metric with {}: the filter publishes it with {}",
                             name_of(world, id), spelled(*wanted), others.front().second);
  for (const auto& [filter, published] : others)
    finding.relate(world.stack()[filter].span, "filter '{}' publishes the metric{}", name_of(world, filter),
                   others.size() == 1 ? std::string() : " with " + published);
  const auto sees_nothing = [&world](const auto& other) { return always_has_dimensions(world, other.first); };
  if (wanted->empty() && !std::all_of(others.begin(), others.end(), sees_nothing))
    finding.likely().note("it sees no more than the records that lack one of these fields: they are counted without");
  return same;
}

void check_unit(const World& world, ResourceId id, const Reading& reading, const std::vector<Link>& filters,
                Findings& out) {
  const auto wanted = world.literal(*reading.unit);
  if (!wanted) return;
  std::vector<std::pair<ResourceId, std::string>> others;
  for (const Link& link : filters) {
    const auto& filter = std::get<MetricFilter>(world.stack()[link.resource].body);
    const std::string published = world.literal(filter.unit).value_or("None");
    if (world.is_open(filter.unit) || published == *wanted) return;
    if (link.match == Match::yes) others.emplace_back(link.resource, published);
  }
  if (others.empty()) return;
  Finding& finding = out.add(unit_mismatch, id, place_of(world, id, *reading.unit),
                             "alarm '{}' looks for data in unit '{}': the filter publishes it in '{}'",
                             name_of(world, id), *wanted, others.front().second);
  for (const auto& [filter, published] : others)
    finding.relate(world.stack()[filter].span, "filter '{}' publishes the metric{}", name_of(world, filter),
                   others.size() == 1 ? std::string() : fmt::format(" in '{}'", published));
  finding.remove(world, id, "unit", *reading.unit).note("without 'Unit' the alarm sees data of every unit");
}

void check(const World& world, ResourceId subject, Findings& out) {
  for (const Reading& reading : chain::readings_of(world, subject)) {
    if (reading.metric_namespace == nullptr || !*reading.metric_namespace) continue;
    const std::vector<Link> filters = chain::filters_of(world, reading);
    const bool is_told = report_filter_as_metric(world, subject, reading, filters, out);
    if (!is_told && filters.empty() && world.stack().gaps.empty() && !report_other_place(world, subject, reading, out))
      check_producer(world, subject, reading, out);
    check_unit(world, subject, reading, check_dimensions(world, subject, reading, filters, out), out);
  }
}

constexpr std::string_view joined =
    "Namespace and name of the metric that the alarm reads are compared with those of every "
    "filter in scope, exactly.";
constexpr std::string_view metrics_guide =
    "CloudWatch user guide, \"Metrics concepts\": a metric is its namespace, name and "
    "dimensions; CloudWatch API, PutMetricAlarm, Unit.";

}  // namespace

constinit const Rule metric_not_produced{
    .id = "A501",
    .name = "metric-not-produced",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm reads a metric that no filter publishes, but for a slip of the pen",
    .finds = "A metric name that differs by one or two characters from that of a filter in the same namespace.",
    .harm = "The alarm has no data, ever.",
    .decision = joined,
    .source = metrics_guide,
    .bad = examples::edited<"      MetricName: TopSecretInfoRead\n      Statistic",
                            "      MetricName: TopSecretInfoReads\n      Statistic">,
    .good = examples::good,
    .check = check,
};

constinit const Rule namespace_mismatch{
    .id = "A502",
    .name = "namespace-mismatch",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm reads a filter's metric in another namespace",
    .finds = "A metric name that a filter publishes, but to another namespace.",
    .harm = "The alarm has no data, ever.",
    .decision = joined,
    .source = metrics_guide,
    .bad = examples::edited<"      Namespace: SecurityMetrics", "      Namespace: Security">,
    .good = examples::good,
};

constinit const Rule filter_id_as_metric_name{
    .id = "A503",
    .name = "filter-id-as-metric-name",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm takes the name of a filter for that of its metric",
    .finds =
        "A metric name that refers to a filter (`!Ref Filter`, `aws_cloudwatch_log_metric_filter.x.id` or `.name`). "
        "Where filter and metric happen to have the same name the alarm works, and it is a note.",
    .harm = "The id of a filter is the filter's own name. The alarm has no data, ever.",
    .decision =
        "By what the reference denotes. It is silent where the name of filter or metric is not known. A filter without "
        "a name gets one that is made up when it is deployed.",
    .source =
        "CloudFormation resource reference, AWS::Logs::MetricFilter, return values; Terraform AWS provider, "
        "aws_cloudwatch_log_metric_filter, attributes: id is the name of the metric filter.",
    .bad = examples::edited<"      MetricName: TopSecretInfoRead\n      Statistic",
                            "      MetricName: !Ref ReadFilter\n      Statistic">,
    .good = examples::good,
};

constinit const Rule region_or_account_mismatch{
    .id = "A506",
    .name = "region-or-account-mismatch",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm is in another region or account than its metric",
    .finds =
        "An alarm on a metric that a filter in scope publishes, the two of them under providers of different regions "
        "or accounts. Metric math that names the filter's account is left alone.",
    .harm = "Metrics stay where they are published: the alarm has no data, ever.",
    .decision =
        "The regions and accounts of the two are compared where both are known, and only when no filter in the alarm's "
        "own place publishes the metric.",
    .source =
        "CloudWatch user guide, \"Metrics concepts\": metrics exist only in the region in which they are created; "
        "CloudWatch API, MetricDataQuery, AccountId.",
};

constinit const Rule dimension_mismatch{
    .id = "A504",
    .name = "dimension-mismatch",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "alarm and filter disagree about the metric's dimensions",
    .finds = "Dimensions on the filter that the alarm does not name, or the reverse.",
    .harm = "A metric with dimensions is another metric: the alarm has no data, ever.",
    .decision =
        "The names of the dimensions are compared where all of them are known. A record that lacks the field of a "
        "dimension is counted without dimensions: where such records may be selected, an alarm without dimensions is "
        "likely to miss reads, and no more.",
    .source = metrics_guide,
    .bad = examples::edited<"      MetricName: TopSecretInfoRead\n      Statistic",
                            "      MetricName: TopSecretInfoRead\n      Dimensions: [{Name: Secret, Value: "
                            "TopSecretInfo}]\n      Statistic">,
    .good = examples::good,
};

constinit const Rule unit_mismatch{
    .id = "A505",
    .name = "unit-mismatch",
    .severity = Severity::error,
    .effect = Effect::silent,
    .precision = Precision::proven,
    .is_on = true,
    .since = "0.1.0",
    .summary = "an alarm looks for data in a unit that the filter does not publish",
    .finds = "A Unit on the alarm other than that of the filter, which is None unless it is written.",
    .harm = "The alarm finds no data and stays in INSUFFICIENT_DATA.",
    .decision = "The units are compared where both are known.",
    .source = "CloudWatch API, PutMetricAlarm, Unit; CloudWatch Logs API, MetricTransformation, unit.",
    .bad = examples::edited<"      Statistic: Sum", "      Statistic: Sum\n      Unit: Count">,
    .good = examples::good,
};

}  // namespace secretwatch::lint::rules
