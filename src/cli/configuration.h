#pragma once
/// Configuration: what a project wants of `lint`, in a `.secretwatch.yaml`.
///
///     select: [A, F, N601]
///     ignore: [A522]
///     fail-on: error
///     baseline: lint/baseline.json      # relative to this file
///     region: eu-central-1
///     parameters: {Stage: prod}
///     variables: {stage: prod}          # of Terraform
///
/// The one nearest to the first path of the command line counts, upwards from its folder. What the command line says
/// wins; its --select and --ignore replace those of the file.
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "cli/lint_options.h"

namespace secretwatch::cli {

namespace codes {
inline constexpr Code bad_configuration{"SW0016", "bad-configuration"};
}  // namespace codes

/// False: there is one, and it is not valid; what is wrong with it was said on io.err.
bool configure(LintOptions& options, Io& io);

}  // namespace secretwatch::cli
