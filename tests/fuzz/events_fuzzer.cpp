/// Arbitrary bytes as a file of events: no crash, no hang, and the same events however the file is cut into batches.
/// The first byte says how.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "json/document.h"
#include "unit/events/read_all.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace secretwatch;
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  events::Options options;
  options.form = (data[0] & 1) != 0 ? events::Form::raw_lines : events::Form::cloudtrail;
  options.most_depth = 16;
  options.batch_bytes = 4096;
  const testing::ReadAll whole = testing::read_all(text, options);
  options.batch_bytes = 1 + (data[0] >> 1);
  const testing::ReadAll cut = testing::read_all(text, options);
  if (whole.problem != cut.problem) std::abort();
  // What is broken may be told apart differently where it is unclear; lines have no such freedom.
  if (options.form == events::Form::raw_lines && whole.messages != cut.messages) std::abort();
  if (whole.broken_at.empty() && whole.messages != cut.messages) std::abort();
  json::Reader reader;
  for (const std::string& message : whole.messages) reader.read(message);
  return 0;
}
