#pragma once
/// Ignores: what the text of a template asks not to be told.
///
///     SecretAlarm:
///       Metadata:
///         secretwatch:
///           ignore: ["A510 until 2027-01-31 -- the team moves to Sum"]
///
/// Comments (lint/suppress.h), and `Metadata` of a CloudFormation template: of a resource, for that resource; of the
/// template, for all of it. An entry is a text as in a comment, or {rule, until, reason}.
#include <vector>

#include "doc/doc.h"
#include "lint/suppress.h"

namespace secretwatch::cli {

std::vector<lint::Ignore> ignores_of(const Sources& sources, FileId file, const doc::Node& root);

}  // namespace secretwatch::cli
