#pragma once
/// Modules written in a test, evaluated, and shown as text.
#include <map>
#include <string>

#include "base/source.h"
#include "load/modules.h"

namespace secretwatch::load::testing {

/// Paths and texts: {"main.tf", "…"}, {"modules/m/main.tf", "…"}. The root is the folder ".".
struct ModuleText {
  std::map<std::string, std::string> files;
  std::vector<std::pair<std::string, std::string>> environment{};
  std::vector<std::pair<std::string, std::string>> variables{};  // of the command line
  std::map<std::string, std::string> installed{};                // of modules.json
  bool is_whole = true;

  Sources sources{};
  Diagnostics out{};
  Configuration evaluate();
};

const Instance* find(const Configuration& all, const std::string& address);
/// "name = \"a\"", or what is said instead: "no instance", "no attribute".
std::string value_of(const Configuration& all, const std::string& address, const std::string& attribute);
std::string print(const std::vector<Assumption>& presence);
/// Addresses with their presence, in order.
std::vector<std::string> addresses(const Configuration& all);

}  // namespace secretwatch::load::testing
