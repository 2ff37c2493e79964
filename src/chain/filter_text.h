#pragma once
/// Filter text: the pattern of a metric filter, with examples in place of what only the deployment knows.
///
///     filter_text(world, filter.pattern)     // !Sub '{ $.requestParameters.secretId = "${DbSecret}" }'
///       -> text   { $.requestParameters.secretId =
///       "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCd3f" }
///          holes  the ARN, an example: that of the secret in example_secret()
///
/// An example is as good as the real text against the records of events/canonical.h, which are about the same account,
/// region and secrets. What is open may be any text: nothing may be concluded from it but where it stands, in quotes,
/// and even that holds only for texts without a quote.
#include <optional>
#include <string>
#include <vector>

#include "chain/world.h"
#include "events/canonical.h"
#include "pattern/pattern.h"

namespace secretwatch::chain {

struct Hole {
  pattern::Place place{};
  bool is_open = true;   // false: an example of the account, the region, a secret
  std::string reason{};  // of an open one: "parameter 'Secret' has no default"
};

struct FilterText {
  std::string text{};
  std::vector<Hole> holes{};  // in order

  bool is_literal() const { return holes.empty(); }
  /// The first open hole that the place overlaps; null: none does.
  const Hole* open_in(const pattern::Place& place) const;
  const Hole* open() const;
  /// Does the place overlap any hole?
  bool is_filled_in(const pattern::Place& place) const;
};

/// Nothing: it is not written, or not a word of it is known.
std::optional<FilterText> filter_text(const World& world, const stack::TextValue& value);

/// A secret of the stack, with an invented name where its own is not known.
events::Secret example_secret(const World& world, stack::ResourceId secret);

}  // namespace secretwatch::chain
