#include "fix/properties.h"

#include <span>

namespace secretwatch::fix {
namespace {

constexpr PropertyName of_alarms[] = {
    {"treat_missing_data", "TreatMissingData", "treat_missing_data"},
    {"datapoints_to_alarm", "DatapointsToAlarm", "datapoints_to_alarm"},
    {"statistic", "Statistic", "statistic"},
    {"actions_enabled", "ActionsEnabled", "actions_enabled"},
};

constexpr PropertyName of_trails[] = {
    {"is_logging", "IsLogging", "enable_logging"},
    {"multi_region", "IsMultiRegionTrail", "is_multi_region_trail"},
    {"global_service_events", "IncludeGlobalServiceEvents", "include_global_service_events"},
};

const PropertyName* find(std::span<const PropertyName> names, std::string_view property) {
  for (const PropertyName& name : names)
    if (name.property == property) return &name;
  return nullptr;
}

}  // namespace

const PropertyName* find_property(const stack::Body& body, std::string_view property) {
  if (std::holds_alternative<stack::Alarm>(body)) return find(of_alarms, property);
  if (std::holds_alternative<stack::Trail>(body)) return find(of_trails, property);
  return nullptr;
}

}  // namespace secretwatch::fix
