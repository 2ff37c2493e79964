#pragma once
/// Parts: the sections of a spec, one reader each; parse() calls them in order.
/// Each fills what could be read, reports the rest, and leaves a name standing even when its content is bad, so that
/// nothing else complains about a missing name.
#include "model/model.h"

namespace secretwatch::model {

std::vector<Secret> parse_secrets(const doc::Node& node, Diagnostics& out);
std::vector<Channel> parse_channels(const doc::Node& node, Diagnostics& out);
std::vector<Alert> parse_alerts(const doc::Node& node, Diagnostics& out);
/// What an absent `alerts` means: {read: {}}.
std::vector<Alert> default_alerts();
Trail parse_trail(const doc::Node& node, Diagnostics& out);

/// `notify: [security]`, `secrets: ["prod/*"]`: texts with their places.
std::vector<Selection> parse_selections(const doc::Node& node, Diagnostics& out);

}  // namespace secretwatch::model
