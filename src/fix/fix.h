#pragma once
/// Fix: what mends a finding -> edits of the text that it was found in.
///
///     fix::find_fixes(sources, root, stack, findings);     // finding.fix, where its changes can be written
///     const fix::Mended mended = fix::mend(text, fixes);   // mended.text, with each fix done whole or not at all
///
///     Statistic: Average      ->  Statistic: Sum
///     EvaluationPeriods: 3    ->  EvaluationPeriods: 3
///                                 DatapointsToAlarm: 1
///
/// Changed is a scalar that stands in the resource itself, or a property is added behind another; everything else,
/// comments and layout too, stays byte for byte. Left alone is what is written elsewhere or more than once: values of
/// parameters and mappings, functions, aliases and what they name, the bodies of loops. Works on trees of `doc`, so for
/// YAML in either style and JSON, and on syntax trees of `hcl`. Not here: reading and writing of files (cli/).
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"
#include "doc/doc.h"
#include "hcl/syntax.h"
#include "lint/rule.h"
#include "stack/stack.h"

namespace secretwatch::fix {

/// Of a CloudFormation template that was read as `root` and loaded into `stack`, which may hold others too: findings in
/// those are left alone.
void find_fixes(const Sources& sources, const doc::Node& root, const stack::Stack& stack,
                std::vector<lint::Finding>& findings);

/// Of a Terraform module: of those of its files that may be changed.
void find_fixes(const Sources& sources, const std::vector<const hcl::File*>& files, const stack::Stack& stack,
                std::vector<lint::Finding>& findings);

struct Mended {
  std::string text;
  std::vector<lint::Edit> edits;  // that were done, in the order of the text
  std::size_t fixes = 0;
};

/// Does the fixes that do not touch what an earlier one touches; the others wait for the next time. What two of them
/// ask for is done once. Edits of other files are not for this text.
Mended mend(FileId file, std::string_view text, const std::vector<const lint::Fix*>& fixes);

/// Do the trees differ in nothing but what the edits touched? `before` is the tree of the text that they were for.
bool differ_only_in(const std::vector<lint::Edit>& edits, const doc::Node& before, const doc::Node& after);
bool differ_only_in(const std::vector<lint::Edit>& edits, const hcl::Body& before, const hcl::Body& after);

}  // namespace secretwatch::fix
