#pragma once
/// All events of a text, for tests.
#include <memory>
#include <string>
#include <vector>

#include "events/events.h"
#include "events/gzip.h"
#include "support/text_bytes.h"

namespace secretwatch::testing {

struct ReadAll : events::Sink {
  std::vector<std::string> messages;   // "broken" for what is none
  std::vector<std::string> broken_at;  // "LINE: why"
  std::size_t documents = 0;
  std::string problem;

  void event(const events::Event& event) override {
    std::string scratch;
    messages.emplace_back(message_of(event, scratch));
    documents += event.document != nullptr ? 1 : 0;
  }
  void broken(std::uint64_t line, std::string_view why) override {
    messages.emplace_back("broken");
    broken_at.push_back(std::to_string(line) + ": " + std::string(why));
  }
};

inline ReadAll read_all(std::unique_ptr<events::Bytes> bytes, const events::Options& options = {}) {
  ReadAll all;
  events::Cutter cutter(std::move(bytes), options);
  events::BatchReader reader(options);
  events::Batch batch;
  while (cutter.next(batch)) reader.read(batch, all);
  all.problem = cutter.problem();
  return all;
}

inline ReadAll read_all(const std::string& text, const events::Options& options = {}) {
  return read_all(std::make_unique<TextBytes>(text), options);
}

}  // namespace secretwatch::testing
