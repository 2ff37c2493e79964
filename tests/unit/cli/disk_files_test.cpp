#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "cli/files.h"

namespace secretwatch::cli {
namespace {

namespace fs = std::filesystem;

class OnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "secretwatch-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder = pattern;
  }
  void TearDown() override { fs::remove_all(folder); }

  static std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::size_t count_files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) count += entry.is_regular_file() ? 1 : 0;
    return count;
  }

  fs::path folder;
  DiskFiles disk;
};

TEST_F(OnDisk, WritesWholeFilesAndMakesFolders) {
  EXPECT_EQ(disk.write({{(folder / "a/b/one").string(), "1"}, {(folder / "two").string(), std::string(300'000, 'x')}}),
            "");
  EXPECT_EQ(text_of(folder / "a/b/one"), "1");
  EXPECT_EQ(text_of(folder / "two").size(), 300'000U);
  EXPECT_EQ(count_files(), 2U) << "no temporary file is left";
}

TEST_F(OnDisk, WritesNothingWhenOneOfTheFilesCannotBe) {
  fs::create_directories(folder / "taken");
  const std::string problem = disk.write({{(folder / "first").string(), "1"}, {(folder / "taken").string(), "2"}});
  EXPECT_NE(problem.find("is a folder"), std::string::npos);
  EXPECT_EQ(count_files(), 0U);
}

TEST_F(OnDisk, SaysWhenAPathLeadsThroughAFile) {
  EXPECT_EQ(disk.write({{(folder / "file").string(), "1"}}), "");
  EXPECT_NE(disk.write({{(folder / "file/below").string(), "2"}}), "");
  EXPECT_EQ(text_of(folder / "file"), "1");
}

TEST_F(OnDisk, LeavesNothingHalfWrittenWhenThereIsNoRoom) {
  EXPECT_EQ(disk.write({{(folder / "one").string(), "old"}}), "");
  // A limit on the size of files stands in for a full disk: a write stops in the middle.
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit tight = before;
  tight.rlim_cur = 1000;
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const std::string problem =
      disk.write({{(folder / "one").string(), "new"}, {(folder / "two").string(), std::string(5000, 'x')}});
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_NE(problem.find("cannot write"), std::string::npos) << problem;
  EXPECT_EQ(text_of(folder / "one"), "old") << "the other file is not written either";
  EXPECT_EQ(count_files(), 1U);
}

TEST_F(OnDisk, FollowsLinksAndKeepsPermissions) {
  std::ofstream(folder / "real") << "old";
  fs::permissions(folder / "real", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(folder / "real", folder / "link");
  EXPECT_EQ(disk.write({{(folder / "link").string(), "new"}}), "");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(text_of(folder / "real"), "new");
  EXPECT_EQ(fs::status(folder / "real").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(OnDisk, WritesAFileInTheCurrentFolder) {
  const fs::path before = fs::current_path();
  fs::current_path(folder);
  EXPECT_EQ(disk.write({{"here.yaml", "1"}}), "");
  fs::current_path(before);
  EXPECT_EQ(text_of(folder / "here.yaml"), "1");
}

TEST_F(OnDisk, ReadsNoMoreThanAsked) {
  std::ofstream(folder / "f") << "0123456789";
  EXPECT_EQ(disk.read((folder / "f").string(), 4).text, "01234");
  EXPECT_EQ(disk.read((folder / "f").string(), 100).text, "0123456789");
  EXPECT_FALSE(disk.read(folder.string(), 4));
  EXPECT_FALSE(disk.read((folder / "missing").string(), 4));
}

}  // namespace
}  // namespace secretwatch::cli
