#pragma once
/// Where: under which answers to a stack's open conditions something was seen, in words.
#include <string>
#include <vector>

#include "chain/world.h"

namespace secretwatch::lint {

using Answers = std::vector<chain::World::Answer>;

/// "only where condition 'IsProd' does not hold". `is_in`: of each world, whether it was seen there; requires that it
/// was in some and not in all.
std::string describe_where(const stack::Stack& stack, const std::vector<Answers>& worlds,
                           const std::vector<bool>& is_in);

}  // namespace secretwatch::lint
