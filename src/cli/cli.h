#pragma once
/// Command line: arguments to calls of commands. The only code that knows CLI11.
#include <string>
#include <vector>

#include "cli/io.h"

namespace secretwatch::cli {

/// `arguments` without the program's name. Never throws; a fault of our own is reported and answered with Exit::bug.
/// `colour_terminal`: io.err goes to a terminal, and the environment does not ask for plain text; io.out_colour, as it
/// comes in, says the same of io.out.
Exit run(const std::vector<std::string>& arguments, Io io, bool colour_terminal);

}  // namespace secretwatch::cli
