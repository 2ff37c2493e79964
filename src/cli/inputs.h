#pragma once
/// Inputs: what lint was pointed at, read and told apart.
///
///     Inputs inputs = read_inputs({"infra"}, io, crew);
///     for (const Input& input : inputs.all) …input.format, inputs.sources.text(input.file)…
///
/// Formats are told apart by content. What is no template is read no further than it takes to see that, and counted. A
/// Terraform module is one input, whatever files it has (modules.h); of these all are read and parsed here.
#include <cstddef>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source.h"
#include "cli/crew.h"
#include "cli/io.h"
#include "cli/modules.h"
#include "load/load.h"

namespace secretwatch::cli {

struct Input {
  FileId file = FileId::none;  // of a module the first of its files
  load::Format format = load::Format::other;
  bool is_named = false;          // on the command line
  bool is_generated = false;      // by the CDK, as an assembly says
  load::TemplateOptions place{};  // of a template in an assembly: where it will be deployed, and with what
  std::string module{};           // path of the root module; empty: it is none
};

struct Inputs {
  Sources sources;
  std::vector<Input> all;
  Modules modules;
  Diagnostics unreadable;   // files and folders that cannot be read; of modules all that their readers say
  std::size_t skipped = 0;  // files that were read and are none of ours
  std::size_t links = 0;    // that were not followed
};

/// The crew parses the modules.
Inputs read_inputs(const std::vector<std::string>& paths, Io& io, Crew& crew);

}  // namespace secretwatch::cli
