#pragma once
/// Codes: everything that can be wrong with a spec. An id is never reused and never renumbered.
/// docs/spec.md says which of them a JSON Schema cannot see; a test proves each of those entries.
#include "base/diagnostic.h"

namespace secretwatch::model::codes {

inline constexpr Code unknown_key{"SW0101", "unknown-key"};
inline constexpr Code missing_key{"SW0102", "missing-key"};
inline constexpr Code wrong_type{"SW0103", "wrong-type"};
inline constexpr Code empty{"SW0104", "empty"};
inline constexpr Code unknown_choice{"SW0105", "unknown-choice"};
inline constexpr Code bad_text{"SW0106", "bad-text"};
inline constexpr Code out_of_range{"SW0107", "out-of-range"};
inline constexpr Code bad_duration{"SW0108", "bad-duration"};
inline constexpr Code repeated_item{"SW0109", "repeated-item"};
inline constexpr Code too_long{"SW0110", "too-long"};
inline constexpr Code unknown_tag{"SW0111", "unknown-tag"};
inline constexpr Code key_not_allowed_here{"SW0112", "key-not-allowed-here"};
inline constexpr Code unknown_event{"SW0113", "unknown-event"};
inline constexpr Code arn_without_suffix{"SW0114", "arn-without-suffix"};
inline constexpr Code never_confirms{"SW0115", "never-confirms"};
inline constexpr Code dynamic_reference{"SW0116", "dynamic-reference"};
inline constexpr Code ambiguous_scalar{"SW0117", "ambiguous-scalar"};

inline constexpr Code name_clash{"SW0130", "name-clash"};
inline constexpr Code id_needed{"SW0131", "id-needed"};
inline constexpr Code selects_nothing{"SW0132", "selects-nothing"};
inline constexpr Code unknown_channel{"SW0133", "unknown-channel"};
inline constexpr Code region_conflict{"SW0134", "region-conflict"};
inline constexpr Code window_too_long{"SW0135", "window-too-long"};
inline constexpr Code breaching_exceeds_periods{"SW0136", "breaching-exceeds-periods"};
inline constexpr Code counts_nothing{"SW0137", "counts-nothing"};
inline constexpr Code parameter_clash{"SW0138", "parameter-clash"};
inline constexpr Code reserved_name{"SW0139", "reserved-name"};
inline constexpr Code retention_not_offered{"SW0140", "retention-not-offered"};
inline constexpr Code logs_into_itself{"SW0141", "logs-into-itself"};

inline constexpr Code secret_listed_twice{"SW0160", "secret-listed-twice", Severity::warning};
inline constexpr Code secret_unwatched{"SW0161", "secret-unwatched", Severity::warning};
inline constexpr Code tag_characters{"SW0162", "tag-characters", Severity::warning};
inline constexpr Code looks_like_arn_suffix{"SW0164", "looks-like-arn-suffix", Severity::warning};
inline constexpr Code lock_outlasts_retention{"SW0163", "lock-outlasts-retention", Severity::warning};

}  // namespace secretwatch::model::codes
