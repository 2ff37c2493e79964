#pragma once
/// MatchRun: files to answers, batch by batch, by as many threads as wanted. The answers come in the order of the
/// input, so that what is made of them does not depend on the threads.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "events/events.h"
#include "events/gzip.h"
#include "pattern/index.h"

namespace secretwatch::cli {

/// Of one batch. Events are numbered from 1 within it, broken ones and all.
struct MatchAnswer {
  struct Broken {
    std::uint64_t number = 0;
    std::uint64_t line = 0;
    std::string why{};
  };
  std::size_t file = 0;
  std::uint64_t events = 0;
  std::uint64_t selected = 0;  // by any filter
  std::vector<std::pair<std::uint64_t, pattern::FilterIndex::FilterId>> matches{};
  std::vector<Broken> broken{};
  std::string text{};     // the selected events, one on a line
  std::string problem{};  // why the file could not be read, or not to its end
};

struct MatchInput {
  std::size_t files = 0;
  /// Null, and why, if the file cannot be opened.
  std::function<std::unique_ptr<events::Bytes>(std::size_t file, std::string& problem)> open;
  events::Options options{};
  events::GzipLimits limits{};
  const pattern::FilterIndex* index = nullptr;
  bool wants_text = false;
  bool wants_matches = false;
  std::size_t threads = 1;
};

/// Calls `take` for one answer after the other, in any of the threads.
void run_match(const MatchInput& input, const std::function<void(MatchAnswer&)>& take);

/// One line, whatever the message holds.
void append_line(const events::Event& event, std::string& scratch, std::string& out);

}  // namespace secretwatch::cli
