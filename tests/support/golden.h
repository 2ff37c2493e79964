#pragma once
/// Files in the repository that are made by the program. SECRETWATCH_UPDATE_GOLDENS=1 writes them anew; a review of the
/// difference is the test.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "support/spec_text.h"

namespace secretwatch::testing {

inline void expect_golden(const std::string& path, const std::string& actual) {
  if (std::getenv("SECRETWATCH_UPDATE_GOLDENS") != nullptr) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  ASSERT_TRUE(std::filesystem::exists(path)) << path << " is missing; SECRETWATCH_UPDATE_GOLDENS=1 makes it";
  EXPECT_EQ(read_text(path), actual) << "in " << path << "; SECRETWATCH_UPDATE_GOLDENS=1 refreshes it";
}

}  // namespace secretwatch::testing
