#pragma once
/// Tested variables: those of a module's variables that a condition of the module looks at.
///
///     count         = var.stage == "prod" ? 1 : 0          stage
///     alarm_actions = var.quiet ? [] : [var.topic]         quiet
///
/// As written: what modules that are called make of their inputs is not followed.
#include <set>
#include <string_view>

#include "load/module_files.h"

namespace secretwatch::load {

/// The names point into the folder.
std::set<std::string_view> tested_variables(const ModuleFolder& folder);

}  // namespace secretwatch::load
