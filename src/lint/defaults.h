#pragma once
/// Defaults: what a condition makes of the default value of a parameter is no more than likely, since such a parameter
/// is there to be given another.
///
///     Parameters: {TopicArn: {Default: ''}}
///     Conditions: {HasTopic: !Not [!Equals [!Ref TopicArn, '']]}
///     Alarm: {AlarmActions: !If [HasTopic, [!Ref TopicArn], []]}      ->   A541, as a warning
///
/// Of a Terraform module the same holds for the variables of load::ModuleOptions::defaults_decide.
///
/// Any other default is a value like one that is written. A template is judged twice: as it is, and with the parameters
/// that its conditions look at left open. What is found either way is as it is; what is found only in the first is
/// likely. In the second, resources come into sight that the defaults hide: what is wrong with those in every case is
/// told too. Whatever else other values would bring is not told: their author did not choose them.
#include <vector>

#include "lint/lint.h"

namespace secretwatch::lint {

/// Findings about one template and about the same with open conditions, to the findings to tell.
/// `is_for_others`: who uses it gives it values, as a module without a provider, and what rests on a default is a note.
std::vector<Finding> weigh_defaults(const stack::Stack& stack, std::vector<Finding> findings,
                                    std::vector<Finding> without_defaults, bool is_for_others = false);

}  // namespace secretwatch::lint
