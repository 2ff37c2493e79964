/// F: what a filter publishes: value, dimensions, namespace; and to whom.
#include <algorithm>

#include "lint/examples.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint::rules {
namespace {

using chain::World;
using stack::MetricFilter;
using stack::ResourceId;

bool has_dimension(const World& world, const MetricFilter& filter) {
  return std::any_of(filter.dimensions.begin(), filter.dimensions.end(), [&](const stack::Dimension& dimension) {
    const stack::TextValue* const name = world.at(dimension.name);
    return name != nullptr && name->unknown() == nullptr;
  });
}

void check_default(const World& world, ResourceId subject, Findings& out) {
  const auto* const filter = std::get_if<MetricFilter>(&world.stack()[subject].body);
  if (filter == nullptr || world.known(filter->default_value) == nullptr || !has_dimension(world, *filter)) return;
  out.add(default_with_dimensions, subject, place_of(world, subject, filter->default_value),
          "filter '{}' has a default value and dimensions, and CloudWatch Logs takes one of them",
          name_of(world, subject))
      .relate(whole(filter->dimensions.front().name), "the dimensions");
}

}  // namespace

constinit const Rule default_with_dimensions{
    .id = "F427",
    .name = "default-with-dimensions",
    .severity = Severity::error,
    .effect = Effect::rejected,
    .since = "0.1.0",
    .summary = "a filter has a default value and dimensions",
    .finds = "`DefaultValue` together with `Dimensions` in a metric transformation.",
    .harm = "CloudWatch Logs refuses the filter: \"dimensions and default value are mutually exclusive properties\".",
    .decision = "By what is written.",
    .source =
        "CloudWatch Logs user guide, \"Filter pattern syntax for metric filters\"; recorded answers of "
        "PutMetricFilter.",
    .bad = examples::edited<"          MetricValue: '1'\n",
                            "          MetricValue: '1'\n          DefaultValue: 0\n          Dimensions:\n"
                            "            - {Key: Caller, Value: $.userIdentity.type}\n",
                            "      MetricName: TopSecretInfoRead\n      Statistic",
                            "      MetricName: TopSecretInfoRead\n      Dimensions: [{Name: Caller, Value: "
                            "AssumedRole}]\n      Statistic">,
    .good = examples::good,
    .check = check_default};

}  // namespace secretwatch::lint::rules
