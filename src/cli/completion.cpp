#include "cli/completion.h"

#include <fmt/format.h>

namespace secretwatch::cli {
namespace {

std::string names_of(const std::vector<CommandShape>& commands) {
  std::vector<std::string> names;
  for (const CommandShape& command : commands) names.push_back(command.name);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string options_of(const CommandShape& command) {
  std::vector<std::string> all;
  for (const OptionShape& option : command.options)
    for (const std::string& name : option.names) all.push_back(name);
  return fmt::format("{}", fmt::join(all, " "));
}

// --- bash ------------------------------------------------------------------------------------------------------------

std::string bash_values(const CommandShape& command) {
  std::string out;
  for (const OptionShape& option : command.options) {
    if (option.values.empty()) continue;
    out += fmt::format("    {}) choices=\"{}\" ;;\n", fmt::join(option.names, "|"), fmt::join(option.values, " "));
  }
  return out;
}

std::string bash(const std::vector<CommandShape>& commands) {
  std::string out =
      R"(# bash completion of secretwatch; put it where bash-completion looks, or: source <(secretwatch completion bash)
_secretwatch() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= choices= options= arguments= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      -*) ;;
      *) command=${COMP_WORDS[i]}; break ;;
    esac
  done
  COMPREPLY=()
  if [[ -z $command ]]; then
)";
  out += fmt::format("    mapfile -t COMPREPLY < <(compgen -W \"{} --help --version\" -- \"$word\")\n",
                     names_of(commands));
  out += "    return\n  fi\n  case $command in\n";
  for (const CommandShape& command : commands) {
    out += fmt::format("  {})\n    options=\"{}\" arguments=\"{}\"\n    case $before in\n{}    esac ;;\n", command.name,
                       options_of(command), fmt::join(command.arguments, " "), bash_values(command));
  }
  out += R"(  esac
  if [[ -n $choices ]]; then
    local head=
    [[ $word == *,* ]] && head=${word%,*},
    mapfile -t COMPREPLY < <(compgen -P "$head" -W "$choices" -- "${word##*,}")
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
  elif [[ -n $arguments ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$arguments" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -o filenames -o bashdefault -F _secretwatch secretwatch
)";
  return out;
}

// --- zsh -------------------------------------------------------------------------------------------------------------

/// Inside `[…]` of an argument of _arguments, in single quotes.
std::string zsh_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      if (c == '[' || c == ']' || c == ':') out += '\\';
      out += c;
    }
  }
  return out;
}

std::string zsh_option(const OptionShape& option) {
  std::string out;
  for (const std::string& name : option.names) {
    std::string action;
    if (option.takes_value) {
      action = ":value:_files";
      if (!option.values.empty())
        action = option.takes_list ? fmt::format(":value:_values -s , value {}", fmt::join(option.values, " "))
                                   : fmt::format(":value:({})", fmt::join(option.values, " "));
    }
    out += fmt::format("        '{}{}[{}]{}' \\\n", option.takes_list ? "*" : "", name, zsh_text(option.help), action);
  }
  return out;
}

std::string zsh(const std::vector<CommandShape>& commands) {
  std::string out =
      "#compdef secretwatch\n# zsh completion of secretwatch; put it into a folder of $fpath as _secretwatch\n"
      "_secretwatch() {\n  local -a commands=(\n";
  for (const CommandShape& command : commands)
    out += fmt::format("    '{}:{}'\n", command.name, zsh_text(command.help));
  out +=
      "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const CommandShape& command : commands) {
    out += fmt::format("    {})\n      _arguments \\\n", command.name);
    for (const OptionShape& option : command.options) out += zsh_option(option);
    out += command.arguments.empty() ? "        '*:file:_files' ;;\n"
                                     : fmt::format("        '1:argument:({})' ;;\n", fmt::join(command.arguments, " "));
  }
  out +=
      "  esac\n}\nif [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n  _secretwatch \"$@\"\nelse\n"
      "  compdef _secretwatch secretwatch\nfi\n";
  return out;
}

// --- fish ------------------------------------------------------------------------------------------------------------

std::string fish_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string fish(const std::vector<CommandShape>& commands) {
  std::string out = "# fish completion of secretwatch; put it into ~/.config/fish/completions/secretwatch.fish\n";
  for (const CommandShape& command : commands)
    out += fmt::format("complete -c secretwatch -n __fish_use_subcommand -f -a {} -d '{}'\n", command.name,
                       fish_text(command.help));
  for (const CommandShape& command : commands) {
    const std::string when = fmt::format("complete -c secretwatch -n '__fish_seen_subcommand_from {}'", command.name);
    for (const OptionShape& option : command.options) {
      out += when;
      for (const std::string& name : option.names)
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (option.takes_value)
        out += option.values.empty() ? " -r" : fmt::format(" -x -a '{}'", fmt::join(option.values, " "));
      out += fmt::format(" -d '{}'\n", fish_text(option.help));
    }
    if (!command.arguments.empty()) out += fmt::format("{} -f -a '{}'\n", when, fmt::join(command.arguments, " "));
  }
  return out;
}

}  // namespace

std::string completion_script(std::string_view shell, const std::vector<CommandShape>& commands) {
  if (shell == "zsh") return zsh(commands);
  if (shell == "fish") return fish(commands);
  return bash(commands);
}

}  // namespace secretwatch::cli
