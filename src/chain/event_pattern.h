#pragma once
/// Event pattern: does a pattern of an EventBridge rule, or the filter policy of a subscription, fit an event?
///
///     const EventValue event = read_event(R"({"source": "aws.secretsmanager", "detail": {"readOnly": true}})");
///     fits_event(world, *rule.event_pattern, event);     // Match::no, maybe, yes
///
/// Three-valued: values of the pattern that only the deployment knows, values of the event that are not known, and
/// fields that an event may hold or not, decide nothing. Patterns come without the difference between "true" and true:
/// either fits either. Source: EventBridge user guide, "Creating Amazon EventBridge event patterns" (comparison
/// operators); SNS developer guide, "Subscription filter policies", which has the same operators.
#include <string>
#include <string_view>
#include <vector>

#include "chain/text_match.h"
#include "chain/world.h"

namespace secretwatch::chain {

/// A JSON value of an event, as far as it is known.
struct EventValue {
  enum class Kind { not_known, null, boolean, number, text, list, object };

  Kind kind = Kind::not_known;
  std::string text{};                   // of a boolean, number or text, where that is known
  bool is_known = true;                 // of a text: false, it is some text
  std::vector<std::string> names{};     // of an object, one for each part
  std::vector<EventValue> parts{};      // of a list or an object
  bool may_hold_more = false;           // an object: other members too
  std::vector<std::string> may_hold{};  // an object: these too

  const EventValue* find(std::string_view name) const;
};

/// An event from its JSON text; not_known where that is broken.
EventValue read_event(std::string_view json);

Match fits_event(const World& world, const stack::Document& pattern, const EventValue& event);

}  // namespace secretwatch::chain
