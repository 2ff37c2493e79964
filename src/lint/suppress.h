#pragma once
/// Suppress: what people ask not to be told, for how long and why.
///
///     # secretwatch:ignore A510 until 2027-01-31 -- the team moves to Sum in January
///     SecretAlarm:
///       Type: AWS::CloudWatch::Alarm
///
/// A comment on a line of its own speaks of the line below and, when that begins a block, of the block: what follows
/// with more indentation. A comment behind something speaks of its own line and block. Words are rules as
/// Selection has them, several with commas or blanks. An ignore that is out of date is a finding itself (R006), and so
/// is one without a reason (R007).
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "lint/lint.h"

namespace secretwatch::lint {

struct Ignore {
  std::vector<std::string> rules{};
  std::string until{};  // the last day on which it counts; empty: for ever
  std::string reason{};
  std::string problem{};  // why it cannot count: "'2027-31-01' is no date"
  std::string by = "comment";
  Span span{};    // where it stands
  Span covers{};  // findings that begin in here

  // Of a call of a Terraform module: findings in its files about resources whose address leads through the call.
  std::string through{};  // module.alarms
  std::vector<FileId> files{};
};

/// "A510, A541 until 2027-01-31 -- reason", as metadata write it and comments behind `secretwatch:ignore`.
Ignore read_ignore(std::string_view text);

/// Of a comment, its text with whatever marks it as one; nothing: it asks for nothing. `own_line`: nothing but blanks
/// before it.
std::optional<Ignore> read_ignore_comment(const Sources& sources, const Span& comment, bool own_line);

/// YYYY-MM-DD, a day that there is.
bool is_date(std::string_view text);

struct Judgement {
  std::string today;  // YYYY-MM-DD
  Selection selection{};
  std::set<FileId> broken{};  // files that could not be read to their end: what they ignore is not known
};

/// Marks what is ignored, and adds the findings about ignores. What cannot be read (R001) cannot be ignored.
void apply(const std::vector<Ignore>& ignores, const Judgement& judgement, std::vector<Finding>& findings);

}  // namespace secretwatch::lint
