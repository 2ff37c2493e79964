#pragma once
/// Defaults: what rests on the default value of a parameter is no more than likely, since another may be given.
///
///     Parameters: {Threshold: {Default: 0}}        ->   A514, as a warning: "it rests on default values of parameters"
///     Alarm: {Threshold: !Ref Threshold}
///
/// A template is judged twice: with the defaults of its parameters, and with only what was given. What is found either
/// way is as it is; what is found only with the defaults is likely. Without them a condition is open, so that resources
/// come into sight that the defaults hide: what is wrong with those in every case is told too. Whatever else other
/// values would bring is not told: their author did not choose them.
#include <vector>

#include "lint/lint.h"

namespace secretwatch::lint {

/// Findings about one template and about the same without its defaults, to the findings to tell.
std::vector<Finding> weigh_defaults(const stack::Stack& stack, std::vector<Finding> findings,
                                    std::vector<Finding> without_defaults);

}  // namespace secretwatch::lint
