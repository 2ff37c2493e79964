#pragma once
/// Provider version: which versions of the provider for AWS a module takes, as far as it matters to what its values
/// are.
///
///     required_providers { aws = { version = "~> 2.7" } }        before version 3
///     provider "aws" { version = ">= 2.7" }                      any: the newest one
///     module "trail" { source = "modules/trail" }                before version 3: Terraform 0.11 alone knows this source
#include <string_view>

#include "load/module_files.h"

namespace secretwatch::load {

/// Does a constraint, "~> 2.7, != 2.9", leave nothing but versions before this major one?
bool is_before(std::string_view constraint, int major);

/// Before version 3, the ARN of a log group ends in `:*`.
bool takes_old_provider(const Declarations& declared);

}  // namespace secretwatch::load
