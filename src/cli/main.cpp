#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "cli/cli.h"
#include "cli/files.h"

int main(int argc, char** argv) {
  using namespace secretwatch::cli;  // NOLINT: main is part of it
  std::ios::sync_with_stdio(false);
  DiskFiles disk;
  const char* const no_color = std::getenv("NO_COLOR");
  const bool plain = no_color != nullptr && *no_color != '\0';
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  Io io{disk, std::cin, std::cout, std::cerr};
  io.out_colour = isatty(STDOUT_FILENO) == 1 && !plain;
  return static_cast<int>(run(arguments, io, isatty(STDERR_FILENO) == 1 && !plain));
}
