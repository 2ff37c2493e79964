#pragma once
/// Ignores: what the text of a template asks not to be told.
///
///     SecretAlarm:
///       Metadata:
///         secretwatch:
///           ignore: ["A510 until 2027-01-31 -- the team moves to Sum"]
///
/// Comments (lint/suppress.h), and `Metadata` of a CloudFormation template: of a resource, for that resource; of the
/// template, for all of it. An entry is a text as in a comment, or {rule, until, reason}. In Terraform comments speak
/// of the block below, `"//": "secretwatch:ignore …"` of the object that it stands in; at the call of a module they
/// speak of what the call makes, too.
#include <vector>

#include "cli/modules.h"
#include "doc/doc.h"
#include "lint/suppress.h"

namespace secretwatch::cli {

std::vector<lint::Ignore> ignores_of(const Sources& sources, FileId file, const doc::Node& root);
std::vector<lint::Ignore> ignores_of(const Sources& sources, const Modules& modules, const load::ModuleFolder& folder);

}  // namespace secretwatch::cli
