#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

#include "cli/cli.h"
#include "cli/files.h"

namespace {

/// YYYY-MM-DD: the system's date, or the one that a build is told to take (reproducible-builds.org).
std::string today() {
  const char* const epoch = std::getenv("SOURCE_DATE_EPOCH");
  const std::time_t now = epoch == nullptr || *epoch == '\0' ? std::time(nullptr) : std::strtoll(epoch, nullptr, 10);
  std::tm date{};
  char text[32] = "1970-01-01";
  if (gmtime_r(&now, &date) != nullptr) std::strftime(text, sizeof text, "%Y-%m-%d", &date);
  return text;
}

/// `TF_VAR_stage=prod`: "stage", "prod".
std::vector<std::pair<std::string, std::string>> terraform_variables() {
  constexpr std::string_view prefix = "TF_VAR_";
  std::vector<std::pair<std::string, std::string>> all;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::size_t equals = text.find('=');
    if (text.starts_with(prefix) && equals != std::string_view::npos && equals > prefix.size())
      all.emplace_back(text.substr(prefix.size(), equals - prefix.size()), text.substr(equals + 1));
  }
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace secretwatch::cli;  // NOLINT: main is part of it
  std::ios::sync_with_stdio(false);
  DiskFiles disk;
  const char* const no_color = std::getenv("NO_COLOR");
  const bool plain = no_color != nullptr && *no_color != '\0';
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Io io{disk, std::cin, std::cout, std::cerr};
  io.today = today();
  io.terraform_variables = terraform_variables();
  io.out_colour = isatty(STDOUT_FILENO) == 1 && !plain;
  return static_cast<int>(run(arguments, io, isatty(STDERR_FILENO) == 1 && !plain));
}
