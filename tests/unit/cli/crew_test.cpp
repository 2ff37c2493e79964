#include "cli/crew.h"

#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>

#include <gmock/gmock.h>

namespace secretwatch::cli {
namespace {

using ::testing::Each;

TEST(Crew, DoesEachPieceOnce) {
  for (const std::size_t threads : {1U, 2U, 8U}) {
    Crew crew(threads);
    for (const std::size_t count : {0U, 1U, 2U, 1000U}) {
      std::vector<std::atomic<int>> times(count);
      crew.for_each(count, [&](std::size_t i) { ++times[i]; });
      EXPECT_THAT(std::vector<int>(times.begin(), times.end()), Each(1))
          << count << " pieces on " << threads << " threads";
    }
  }
}

TEST(Crew, WorksOnSeveralPiecesAtOnce) {
  constexpr std::size_t threads = 3;
  Crew crew(threads);
  std::atomic<std::size_t> begun = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  crew.for_each(threads, [&](std::size_t) {
    ++begun;
    while (begun < threads && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  });
  EXPECT_LT(std::chrono::steady_clock::now(), deadline) << "each piece waits for the others to begin";
}

TEST(Crew, HelpsWithWorkThatAsksForMore) {
  for (const std::size_t threads : {1U, 2U, 4U}) {
    Crew crew(threads);
    std::vector<std::vector<int>> found(5, std::vector<int>(100, 0));
    crew.for_each(found.size(), [&](std::size_t i) {
      crew.for_each(found[i].size(), [&, i](std::size_t j) { found[i][j] = static_cast<int>(i * 100 + j); });
    });
    for (std::size_t i = 0; i < found.size(); ++i) {
      std::vector<int> wanted(100);
      std::iota(wanted.begin(), wanted.end(), static_cast<int>(i * 100));
      EXPECT_EQ(found[i], wanted) << threads << " threads";
    }
  }
}

TEST(Crew, ThrowsOnWhatAPieceThrowsAndWorksOn) {
  for (const std::size_t threads : {1U, 4U}) {
    Crew crew(threads);
    const auto fail = [](std::size_t i) {
      if (i == 7) throw std::runtime_error("seven");
    };
    EXPECT_THROW(crew.for_each(100, fail), std::runtime_error);
    std::atomic<int> times = 0;
    crew.for_each(100, [&](std::size_t) { ++times; });
    EXPECT_EQ(times, 100);
  }
}

TEST(Crew, NeedNotWorkAfterItWasGathered) {
  Crew crew(4);
  crew.gather(100);
  EXPECT_EQ(crew.size(), 4U);
  EXPECT_GE(Crew(0).size(), 1U) << "as many as there are processors";
  EXPECT_LT(Crew(1'000'000'000).size(), 1000U);
}

}  // namespace
}  // namespace secretwatch::cli
