#pragma once
/// Commands: a function each, with its options as plain data; no argument parsing here. Data goes to io.out, everything
/// meant for a person to io.err. Contract: docs/command-line.md.
#include <cstdint>
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

struct MatchOptions {
  std::vector<std::string> arguments;  // the pattern, unless there is a list; then files
  std::string list;                    // a file of patterns; empty: none
  std::string format = "text";         // text | json
  bool lines = false;
  bool count = false;
  bool why = false;
  std::size_t threads = 0;                           // 0: as many as there are cores
  std::uint64_t max_ratio = 250;                     // of gzip data; 0: any
  std::uint64_t max_size = std::uint64_t{64} << 30;  // the same
};
Exit match(const MatchOptions& options, Io io);

std::string_view version();

}  // namespace secretwatch::cli
