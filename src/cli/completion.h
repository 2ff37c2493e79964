#pragma once
/// Completion: what a shell must know of the command line, and scripts that tell it.
#include <string>
#include <string_view>
#include <vector>

namespace secretwatch::cli {

struct OptionShape {
  std::vector<std::string> names;  // "--to", "-o"
  std::string help;
  std::vector<std::string> values;  // to choose from; empty: a file, or nothing
  bool takes_value = false;
  bool takes_list = false;  // values joined by commas
};

struct CommandShape {
  std::string name;
  std::string help;
  std::vector<OptionShape> options;
  std::vector<std::string> arguments;  // words to choose from; empty: a file
};

inline constexpr std::string_view shells[] = {"bash", "zsh", "fish"};

/// Requires one of `shells`.
std::string completion_script(std::string_view shell, const std::vector<CommandShape>& commands);

}  // namespace secretwatch::cli
