/// make_specs DIR: the specs that tests/bench/run.sh times the whole program with.
#include <fstream>
#include <string>

#include "bench/specs.h"

int main(int argc, char** argv) {
  using namespace secretwatch::bench;
  if (argc != 2) return 2;
  const std::string folder = std::string(argv[1]) + "/";
  std::ofstream(folder + "minimal.yaml") << minimal_spec();
  std::ofstream(folder + "ninety-per-secret.yaml") << spec_with_ninety_filters("secret");
  std::ofstream(folder + "ninety-per-alert.yaml") << spec_with_ninety_filters("alert");
  std::ofstream(folder + "ten-thousand-90.yaml") << spec_with_secrets(10'000, 90);
  std::ofstream(folder + "ten-thousand-all.yaml") << spec_with_secrets(10'000, 10'000);
  std::ofstream(folder + "hundred-90.yaml") << spec_with_secrets(100, 90);
}
