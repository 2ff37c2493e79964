/// From the filter to the alarm: do they mean the same metric?
#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "chain/alarm.h"
#include "lint/examples.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint::rules {
namespace {

using chain::Link;
using chain::Match;
using chain::Reading;
using chain::World;
using stack::Alarm;
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
  const auto& resources = world.stack().resources();
  for (std::size_t i = 0; i < resources.size(); ++i) {
    const auto* const filter = std::get_if<MetricFilter>(&resources[i].body);
    if (filter == nullptr) continue;
    const auto metric_namespace = world.literal(filter->metric_namespace);
    const auto name = world.literal(filter->metric_name);
    if (metric_namespace && name) metrics.push_back({static_cast<ResourceId>(i), *metric_namespace, *name});
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
    if (!chain::alarms_of(world, std::get<MetricFilter>(world.stack()[metric.filter].body)).empty()) continue;
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

void check_dimensions(const World& world, ResourceId id, const Reading& reading, const Link& link, Findings& out) {
  const auto& filter = std::get<MetricFilter>(world.stack()[link.resource].body);
  if (!filter.system_field_dimensions.empty()) return;
  std::vector<std::string> published;
  std::vector<std::string> wanted;
  for (const stack::Dimension& dimension : filter.dimensions) {
    const auto name = world.literal(dimension.name);
    if (!name) return;
    published.push_back(*name);
  }
  for (const stack::Dimension& dimension : *reading.dimensions) {
    const auto name = world.literal(dimension.name);
    if (!name) return;
    wanted.push_back(*name);
  }
  std::sort(published.begin(), published.end());
  std::sort(wanted.begin(), wanted.end());
  if (published == wanted) return;
  const auto list = [](const std::vector<std::string>& names) {
    return names.empty() ? std::string("no dimensions") : fmt::format("dimensions {}", fmt::join(names, ", "));
  };
  out.add(dimension_mismatch, id, place_of(world, id, *reading.metric_name),
          "alarm '{}' looks at the metric with {}: the filter publishes it with {}", name_of(world, id), list(wanted),
          list(published))
      .relate(world.stack()[link.resource].span, "filter '{}' publishes the metric", name_of(world, link.resource));
}

void check_unit(const World& world, ResourceId id, const Reading& reading, const Link& link, Findings& out) {
  const auto& filter = std::get<MetricFilter>(world.stack()[link.resource].body);
  const auto wanted = world.literal(*reading.unit);
  if (!wanted || world.is_open(filter.unit)) return;
  const std::string published = world.literal(filter.unit).value_or("None");
  if (*wanted == published) return;
  out.add(unit_mismatch, id, place_of(world, id, *reading.unit),
          "alarm '{}' looks for data in unit '{}': the filter publishes it in '{}'", name_of(world, id), *wanted,
          published)
      .relate(world.stack()[link.resource].span, "filter '{}' publishes the metric", name_of(world, link.resource))
      .remove(world, id, "unit", *reading.unit)
      .note("without 'Unit' the alarm sees data of every unit");
}

void check(const World& world, ResourceId subject, Findings& out) {
  const auto* const alarm = std::get_if<Alarm>(&world.stack()[subject].body);
  if (alarm == nullptr) return;
  for (const Reading& reading : chain::readings_of(world, *alarm)) {
    if (reading.metric_namespace == nullptr || !*reading.metric_namespace) continue;
    const std::vector<Link> filters = chain::filters_of(world, reading);
    if (filters.empty() && world.stack().gaps.empty()) check_producer(world, subject, reading, out);
    for (const Link& link : filters) {
      if (link.match != Match::yes) continue;
      check_dimensions(world, subject, reading, link, out);
      check_unit(world, subject, reading, link, out);
    }
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
    .decision = "The names of the dimensions are compared where all of them are known.",
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
