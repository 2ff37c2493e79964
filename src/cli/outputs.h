#pragma once
/// Outputs: the files of a compilation, and the limits that only a finished template shows.
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "cli/spec_file.h"
#include "emit/emit.h"

namespace secretwatch::cli {

/// What CloudFormation takes from a bucket, and what it takes inline (CloudFormation quotas).
inline constexpr std::size_t max_template_bytes = 1'000'000;
inline constexpr std::size_t max_inline_template_bytes = 51'200;

/// The files of one target; a template that is too large is reported. `folder` is for the command in the note.
std::vector<emit::OutputFile> render(const emit::Emitter& emitter, SpecFile& file, const std::string& folder);

const emit::Emitter* find_emitter(std::string_view name);

}  // namespace secretwatch::cli
