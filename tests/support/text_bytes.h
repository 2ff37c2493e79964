#pragma once
/// A text as bytes to read, in pieces of a wanted size, so that a test can cut anywhere.
#include <algorithm>
#include <cstring>
#include <string>

#include "events/bytes.h"

namespace secretwatch::testing {

class TextBytes : public events::Bytes {
 public:
  explicit TextBytes(std::string text, std::size_t piece = SIZE_MAX) : text_(std::move(text)), piece_(piece) {}

  std::size_t read(char* to, std::size_t most) override {
    const std::size_t count = std::min({most, piece_, text_.size() - at_});
    std::memcpy(to, text_.data() + at_, count);
    at_ += count;
    return count;
  }
  std::string problem() const override { return {}; }

 private:
  std::string text_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

}  // namespace secretwatch::testing
