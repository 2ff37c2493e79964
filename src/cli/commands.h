#pragma once
/// Commands: a function each, with its options as plain data; no argument parsing here. Data goes to io.out, everything
/// meant for a person to io.err. Contract: docs/command-line.md.
#include <string>
#include <string_view>
#include <vector>

#include "cli/io.h"

namespace secretwatch::cli {

struct InitOptions {
  std::string template_name = "minimal";
  std::string output = "secretwatch.yaml";
  bool force = false;
};
Exit init(const InitOptions& options, Io io);
std::vector<std::string_view> template_names();

struct ValidateOptions {
  std::string spec;
  std::string format = "text";  // text | json | sarif | github
  bool verbose = false;
};
Exit validate(const ValidateOptions& options, Io io);

struct CompileOptions {
  std::string spec;
  std::vector<std::string> targets;  // names of emitters, or all
  std::string output;                // empty: standard output
  bool check = false;
  bool force = false;
};
Exit compile(const CompileOptions& options, Io io);

struct FiltersOptions {
  std::string spec;
  std::string format = "text";  // text | json | cli
};
Exit filters(const FiltersOptions& options, Io io);

std::string_view version();

}  // namespace secretwatch::cli
