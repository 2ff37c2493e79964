#pragma once
/// Plan: what `terraform show -json` says of a plan, or of a state, as a configuration.
///
///     "values": {"alarm_name": "reads"}                              Attribute{"alarm_name", "reads"}
///     "after_unknown": {"topic_arn": true},
///     "expressions": {"topic_arn": {"references": ["aws_sns_topic.a.arn", …]}}   Attribute{"topic_arn", Reference}
///
/// Values are those that are planned. Of an expression a plan keeps only what it refers to: where that is one attribute
/// of a resource whose planned value is this one, or which is not known yet, the expression is taken to be it; except
/// that ARNs of buckets and log groups are often a part of something longer, which then is not known. What is sensitive
/// is not shown. Data sources that were read are known values; those that will be read are instances.
/// Source: Terraform, "JSON Output Format", format versions 1.x.
#include <optional>

#include "base/diagnostic.h"
#include "base/source.h"
#include "load/configuration.h"

namespace secretwatch::load {

/// Nothing: at least one error.
std::optional<Configuration> read_plan(const Sources& sources, FileId file, Diagnostics& out);

}  // namespace secretwatch::load
