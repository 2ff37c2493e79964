#pragma once
/// Secret events: what EventBridge gets to see of accesses to secrets, and which of them a rule's pattern fits.
///
///     for (const SecretEvent& event : secret_events())
///       if (fits_event(world, *rule.event_pattern, event.event) == Match::yes) …    // event.name: "GetSecretValue"
///
/// One for each canonical access (events/canonical.h) and for the change of an alarm's state. What differs from account
/// to account, from call to call or from secret to secret is not known; which fields there are, and what names the
/// service and the call, is. Sources: EventBridge user guide, "AWS service events delivered via CloudTrail"; CloudTrail
/// user guide, "CloudTrail record contents", "userIdentity element"; CloudWatch user guide, "Alarm events and
/// EventBridge".
#include <string>
#include <string_view>
#include <vector>

#include "chain/event_pattern.h"

namespace secretwatch::chain {

struct SecretEvent {
  std::string name;      // GetSecretValue
  bool is_read = false;  // read-only: EventBridge drops it unless a rule asks for all management events
  bool is_refused = false;
  EventValue event;
};

/// In the order of canonical_accesses(); made once.
const std::vector<SecretEvent>& secret_events();

/// Is a pattern about secrets: does it name the service, or a way to read a secret?
bool is_about_secrets(const World& world, const stack::Document& pattern);

/// Does it name that a secret's value is read, by the event's name?
bool names_reads(const World& world, const stack::Document& pattern);

/// An alarm that goes to ALARM.
EventValue alarm_event(const World& world, stack::ResourceId alarm);

/// What an alarm publishes when it goes to ALARM, as the body of the message (CloudWatch user guide, "Notifying users
/// on alarm changes").
EventValue alarm_message(const World& world, stack::ResourceId alarm);

/// What a JSON path of an input transformer ($.detail.sourceIPAddress) reads of an event that comes by CloudTrail.
/// `maybe`: it may be there; `no`: no such event has it.
Match has_path(std::string_view path);
/// The field that an unknown one most likely means, ignoring case; "": none is close.
std::string nearest_path(std::string_view path);

}  // namespace secretwatch::chain
