#include "events/gzip.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include <fmt/format.h>
#include <libdeflate.h>
#include <zlib.h>

namespace secretwatch::events {
namespace {

constexpr std::size_t most_whole_input = std::size_t{4} << 20;
constexpr std::size_t most_whole_output = std::size_t{32} << 20;
constexpr std::uint64_t unsuspicious = std::uint64_t{16} << 20;  // no ratio is looked at before

constexpr const char* ends_too_soon = "the gzip data ends too soon";
constexpr const char* is_damaged = "the gzip data is damaged";
constexpr const char* is_followed = "something that is no gzip data follows the gzip data";

bool is_gzip(const char* bytes, std::size_t count) {
  return count >= 2 && static_cast<unsigned char>(bytes[0]) == 0x1F && static_cast<unsigned char>(bytes[1]) == 0x8B;
}

/// As much as there is, up to `most`.
std::size_t read_fully(Bytes& bytes, char* to, std::size_t most) {
  std::size_t count = 0;
  while (count < most) {
    const std::size_t more = bytes.read(to + count, most - count);
    if (more == 0) break;
    count += more;
  }
  return count;
}

/// Gives the bytes that were read to look at them, then the rest.
class Unread : public Bytes {
 public:
  Unread(std::vector<char> first, std::unique_ptr<Bytes> rest) : first_(std::move(first)), rest_(std::move(rest)) {}

  std::size_t read(char* to, std::size_t most) override {
    if (at_ == first_.size()) return rest_->read(to, most);
    const std::size_t count = std::min(most, first_.size() - at_);
    std::memcpy(to, first_.data() + at_, count);
    at_ += count;
    return count;
  }
  std::string problem() const override { return rest_->problem(); }

 private:
  std::vector<char> first_;
  std::size_t at_ = 0;
  std::unique_ptr<Bytes> rest_;
};

class Expanded : public Bytes {
 public:
  Expanded(std::unique_ptr<Bytes> compressed, const GzipLimits& limits)
      : compressed_(std::move(compressed)), limits_(limits), input_(std::size_t{64} << 10) {
    // So long as the input grows, the whole file may fit.
    while (!is_all_read_ && read_more()) {
    }
    is_whole_ = is_all_read_;
  }
  ~Expanded() override {
    if (is_stream_open_) inflateEnd(&stream_);
    libdeflate_free_decompressor(decompressor_);
  }
  Expanded(const Expanded&) = delete;
  Expanded& operator=(const Expanded&) = delete;

  std::size_t read(char* to, std::size_t most) override {
    while (problem_.empty()) {
      if (output_at_ < output_end_) {
        const std::size_t count = std::min(most, output_end_ - output_at_);
        std::memcpy(to, output_.data() + output_at_, count);
        output_at_ += count;
        return count;
      }
      if (!is_in_member_ && !begin_member()) return 0;
      if (!is_in_member_) continue;
      if (const std::size_t count = inflate_some(to, most); count > 0) return count;
    }
    return 0;
  }

  std::string problem() const override { return problem_; }

 private:
  /// While the whole file is read, more of it; false when it is too large for that.
  bool read_more() {
    if (input_end_ == input_.size()) {
      if (input_.size() >= most_whole_input) return false;
      input_.resize(input_.size() * 2);
    }
    const std::size_t count = read_fully(*compressed_, input_.data() + input_end_, input_.size() - input_end_);
    input_end_ += count;
    is_all_read_ = input_end_ < input_.size();
    return true;
  }

  /// Makes sure that two bytes can be looked at, if there are two.
  void look_ahead() {
    if (is_all_read_ || input_end_ - input_at_ >= 2) return;
    std::memmove(input_.data(), input_.data() + input_at_, input_end_ - input_at_);
    input_end_ -= input_at_;
    input_at_ = 0;
    const std::size_t count = read_fully(*compressed_, input_.data() + input_end_, input_.size() - input_end_);
    is_all_read_ = count < input_.size() - input_end_;
    input_end_ += count;
  }

  /// Expands the next member, or opens it. False at the end, or when there is a problem.
  bool begin_member() {
    look_ahead();
    if (input_at_ == input_end_) {
      problem_ = compressed_->problem();
      return false;
    }
    if (!is_gzip(input_.data() + input_at_, input_end_ - input_at_)) return end_after_padding();
    if (is_whole_ && expand_whole()) return problem_.empty();
    open_stream();
    return true;
  }

  /// Zeros after the last member are padding, as for gzip.
  bool end_after_padding() {
    while (input_at_ < input_end_ || !is_all_read_) {
      for (; input_at_ < input_end_; ++input_at_) {
        if (input_[input_at_] == '\0') continue;
        problem_ = input_end_ - input_at_ == 1 && input_[input_at_] == '\x1F' ? ends_too_soon : is_followed;
        return false;
      }
      look_ahead();
    }
    return false;
  }

  /// False if the member holds more than is expanded at once.
  bool expand_whole() {
    if (decompressor_ == nullptr) decompressor_ = libdeflate_alloc_decompressor();
    if (decompressor_ == nullptr) throw std::bad_alloc();
    if (output_.empty()) output_.resize(std::clamp(said_size(), std::size_t{4} << 10, most_whole_output));
    for (;;) {
      std::size_t taken = 0;
      std::size_t made = 0;
      const libdeflate_result result =
          libdeflate_gzip_decompress_ex(decompressor_, input_.data() + input_at_, input_end_ - input_at_,
                                        output_.data(), output_.size(), &taken, &made);
      if (result == LIBDEFLATE_SUCCESS) {
        input_at_ += taken;
        output_at_ = 0;
        output_end_ = made;
        count(taken, made);
        return true;
      }
      if (result != LIBDEFLATE_INSUFFICIENT_SPACE || output_.size() == most_whole_output) return false;
      output_.resize(std::min(output_.size() * 4, most_whole_output));
    }
  }

  /// What the last member says to hold, modulo 4 GB; less, if that cannot be.
  std::size_t said_size() const {
    constexpr std::size_t most_ratio = 1032;
    std::uint32_t size = 0;
    if (input_end_ >= 4) std::memcpy(&size, input_.data() + input_end_ - 4, 4);
    return std::min<std::size_t>(size, input_end_ * most_ratio);
  }

  void open_stream() {
    constexpr int gzip_wrapping = 15 + 16;
    const int result = is_stream_open_ ? inflateReset(&stream_) : inflateInit2(&stream_, gzip_wrapping);
    if (result != Z_OK) throw std::bad_alloc();
    is_stream_open_ = true;
    is_in_member_ = true;
  }

  /// 0 when the member ended without another byte, or with a problem.
  std::size_t inflate_some(char* to, std::size_t most) {
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(most, 1U << 30));
    const uInt room = stream_.avail_out;
    while (stream_.avail_out == room) {
      if (input_at_ == input_end_ && !refill()) {
        problem_ = compressed_->problem().empty() ? ends_too_soon : compressed_->problem();
        return 0;
      }
      stream_.next_in = reinterpret_cast<Bytef*>(input_.data() + input_at_);
      stream_.avail_in = static_cast<uInt>(input_end_ - input_at_);
      const uInt before = stream_.avail_in;
      const int result = inflate(&stream_, Z_NO_FLUSH);
      input_at_ += before - stream_.avail_in;
      count(before - stream_.avail_in, 0);
      is_in_member_ = result == Z_OK || result == Z_BUF_ERROR;
      if (!is_in_member_ && result != Z_STREAM_END) problem_ = is_damaged;
      if (!is_in_member_) break;
    }
    const std::size_t made = room - stream_.avail_out;
    count(0, made);
    return made;
  }

  bool refill() {
    if (is_all_read_) return false;
    input_at_ = 0;
    input_end_ = compressed_->read(input_.data(), input_.size());
    is_all_read_ = input_end_ == 0;
    return input_end_ > 0;
  }

  void count(std::size_t taken, std::size_t made) {
    taken_ += taken;
    made_ += made;
    if (made_ > limits_.size)
      problem_ = fmt::format("the gzip data holds more than {} bytes (--max-size)", limits_.size);
    else if (made_ > unsuspicious && made_ / limits_.ratio > taken_)
      problem_ = fmt::format("the gzip data holds more than {} times its size (--max-ratio)", limits_.ratio);
  }

  std::unique_ptr<Bytes> compressed_;
  GzipLimits limits_;
  std::vector<char> input_;
  std::size_t input_at_ = 0;
  std::size_t input_end_ = 0;
  bool is_all_read_ = false;
  bool is_whole_ = false;  // the whole file is in the input

  libdeflate_decompressor* decompressor_ = nullptr;
  std::vector<char> output_;  // of a member that was expanded whole
  std::size_t output_at_ = 0;
  std::size_t output_end_ = 0;

  z_stream stream_{};
  bool is_stream_open_ = false;
  bool is_in_member_ = false;  // of a member that is expanded piece by piece

  std::uint64_t taken_ = 0;
  std::uint64_t made_ = 0;
  std::string problem_;
};

}  // namespace

std::unique_ptr<Bytes> expanded(std::unique_ptr<Bytes> bytes, const GzipLimits& limits) {
  std::vector<char> first(2);
  first.resize(read_fully(*bytes, first.data(), first.size()));
  const bool is_compressed = is_gzip(first.data(), first.size());
  auto all = std::make_unique<Unread>(std::move(first), std::move(bytes));
  if (!is_compressed) return all;
  return std::make_unique<Expanded>(std::move(all), limits);
}

}  // namespace secretwatch::events
