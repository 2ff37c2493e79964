#pragma once
/// Text match: does a text with parts that only the deployment knows fit a glob, as IAM policies have them?
///
///     fits("arn:aws:sns:*:123456789012:alerts", {"arn:", Pseudo::partition, ":sns:", Pseudo::region, …});   // maybe
///
/// `*` stands for any text, `?` for any one character. A part that is not literal is the same text wherever it stands;
/// a partition, region or account holds no colon or slash. Source: IAM user guide, "Wildcards in resource ARNs".
#include "stack/value.h"

namespace secretwatch::chain {

/// Proven, refuted, or depending on what only the deployment knows.
enum class Match { no, maybe, yes };

Match both(Match a, Match b);    // the weaker
Match either(Match a, Match b);  // the stronger
Match negation(Match match);

enum class Wildcards { none, glob };

/// Does `value` fit `pattern`? Without wildcards: are they the same text?
Match fits(const stack::Text& pattern, const stack::Text& value, Wildcards wildcards = Wildcards::glob);

/// As fits, ignoring the case of letters (actions, condition operators ending in IgnoreCase).
Match fits_ignoring_case(const stack::Text& pattern, const stack::Text& value, Wildcards wildcards = Wildcards::glob);

}  // namespace secretwatch::chain
