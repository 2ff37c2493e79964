#pragma once
/// Groups: templates that are linked by exports and imports or that nest one another are judged as one.
///
///     judge_groups(inputs, options, crew, all);   // the findings of those that belong together are replaced
///
/// Whatever order the inputs have, and on however many threads, the same groups give the same findings. A template that
/// is only nested is not judged alone as well: what it is given is known where it is nested.
#include <cstddef>
#include <vector>

#include "cli/crew.h"
#include "cli/inputs.h"
#include "cli/judge.h"

namespace secretwatch::cli {

/// `all`: what came of each input alone.
void judge_groups(const Inputs& inputs, const JudgeOptions& options, Crew& crew, std::vector<Judged>& all);

}  // namespace secretwatch::cli
