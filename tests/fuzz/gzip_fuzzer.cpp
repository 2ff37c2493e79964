/// Arbitrary bytes as a compressed file: no crash, no hang, bounded output, and the same bytes however they come in.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "events/gzip.h"
#include "support/text_bytes.h"

namespace {

struct Answer {
  std::string text;
  std::string problem;
};

Answer read(const std::string& bytes, std::size_t piece) {
  using namespace secretwatch;
  events::GzipLimits limits;
  limits.size = 1 << 20;
  const auto all = events::expanded(std::make_unique<testing::TextBytes>(bytes, piece), limits);
  Answer answer;
  char chunk[777];
  while (const std::size_t count = all->read(chunk, sizeof chunk)) answer.text.append(chunk, count);
  answer.problem = all->problem();
  return answer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes = "\x1F\x8B" + std::string(reinterpret_cast<const char*>(data), size);
  const Answer whole = read(bytes, SIZE_MAX);
  const Answer pieces = read(bytes, 3);
  if (whole.text != pieces.text || whole.problem != pieces.problem) std::abort();
  return 0;
}
