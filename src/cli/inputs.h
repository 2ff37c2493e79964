#pragma once
/// Inputs: what lint was pointed at, read and told apart.
///
///     Inputs inputs = read_inputs({"infra"}, io);
///     for (const Input& input : inputs.all) …input.format, inputs.sources.text(input.file)…
///
/// Formats are told apart by content. What is no template is read no further than it takes to see that, and counted.
#include <cstddef>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "cli/io.h"
#include "load/load.h"

namespace secretwatch::cli {

struct Input {
  FileId file = FileId::none;
  load::Format format = load::Format::other;
  bool is_named = false;          // on the command line
  bool is_generated = false;      // by the CDK, as an assembly says
  load::TemplateOptions place{};  // of a template in an assembly: where it will be deployed, and with what
};

struct Inputs {
  Sources sources;
  std::vector<Input> all;
  Diagnostics unreadable;          // files and folders
  std::size_t skipped = 0;         // files that were read and are none of ours
  std::size_t links = 0;           // that were not followed
  std::size_t not_yet_judged = 0;  // of a format that is known and not judged
};

Inputs read_inputs(const std::vector<std::string>& paths, Io& io);

}  // namespace secretwatch::cli
