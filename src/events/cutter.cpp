#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "events/events.h"
#include "events/lists.h"

namespace secretwatch::events {
namespace {

using json::Fault;
using json::Token;
using json::Tokens;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

/// What was read and not yet handed out is in `pending_`; fill() gives it to the next batch.
class Cutter::State {
 public:
  State(std::unique_ptr<Bytes> bytes, const Options& options) : bytes_(std::move(bytes)), options_(options) {
    if (options_.form == Form::raw_lines) mode_ = Mode::lines;
  }

  bool next(Batch& batch) {
    batch.values.clear();
    batch.broken.clear();
    batch.text = {};
    for (std::size_t wanted = options_.batch_bytes; problem_.empty();) {
      if (mode_ == Mode::unknown) decide(batch);
      fill(batch, wanted);
      if (!problem_.empty()) break;
      if (size_ == 0) return end(batch);
      batch.first_line = line_;
      const Cut cut = is_skipping_ ? skip(batch) : mode_ == Mode::lines ? cut_lines(batch) : cut_values(batch);
      keep_rest(batch);
      if (cut == Cut::needs_more) wanted *= 2;
      if (!batch.text.empty() || !batch.broken.empty()) return true;
    }
    return false;
  }

  std::string problem() const { return problem_; }

 private:
  enum class Mode { unknown, lines, values };
  enum class Cut { done, needs_more };
  /// Where in a list document the cutter is.
  enum class Place { outside, before_value, after_value, behind_list };

  // --- the buffer

  /// The first `wanted` bytes of what is pending and what comes, or all there are.
  void fill(Batch& batch, std::size_t wanted) {
    if (batch.buffer.size() < wanted + 1) batch.buffer.resize(wanted + 1);
    size_ = std::min(wanted, pending_.size() - pending_at_);
    std::copy_n(pending_.data() + pending_at_, size_, batch.buffer.data());
    pending_at_ += size_;
    while (size_ < wanted && !is_read_) {
      const std::size_t count = bytes_->read(batch.buffer.data() + size_, wanted - size_);
      is_read_ = count == 0;
      size_ += count;
    }
    batch.buffer[size_] = '\0';
    taken_ = 0;
  }

  std::string_view text(const Batch& batch) const { return {batch.buffer.data(), size_}; }
  /// Does nothing follow what is in hand?
  bool is_at_end() const { return is_read_ && pending_at_ == pending_.size(); }

  /// Everything before `taken_` is dealt with, the rest is pending again.
  void keep_rest(Batch& batch) {
    const std::string_view taken = text(batch).substr(0, taken_);
    for (std::size_t at = taken.find('\n'); at != std::string_view::npos; at = taken.find('\n', at + 1)) ++line_;
    const std::size_t last = taken.rfind('\n');
    column_ = last == std::string_view::npos ? column_ + taken_ : taken_ - last - 1;
    if (pending_at_ == pending_.size()) {
      pending_.assign(batch.buffer.data() + taken_, batch.buffer.data() + size_);
      pending_at_ = 0;
    } else {
      pending_at_ -= size_ - taken_;  // it all came from there
    }
    batch.buffer[static_cast<std::size_t>(batch.text.empty() ? 0 : batch.text.end() - batch.buffer.data())] = '\0';
  }

  bool end(Batch& batch) {
    problem_ = bytes_->problem();
    if (!problem_.empty() || place_ == Place::outside || is_skipping_) return false;
    place_ = Place::outside;
    batch.broken.push_back({line_, "the input ends inside a list of events"});
    return true;
  }

  // --- what it is

  void decide(Batch& batch) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    constexpr std::size_t enough = std::size_t{64} << 10;
    fill(batch, enough);
    if (text(batch).substr(0, mark.size()) == mark) {
      taken_ = mark.size();
      keep_rest(batch);
      column_ = 0;
      fill(batch, enough);
    }
    look_at(batch);
    keep_rest(batch);
  }

  void look_at(const Batch& batch) {
    const std::string_view all = text(batch);
    if (all.substr(0, 8192).find('\0') != std::string_view::npos) {
      problem_ = "it is a binary file";
      return;
    }
    const std::size_t first = all.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
      mode_ = Mode::lines;
      return;
    }
    mode_ = is_line_of_its_own(all.substr(first)) ? Mode::lines : Mode::values;
  }

  /// Is the first line an event, or nothing that goes on in the next one?
  bool is_line_of_its_own(std::string_view all) {
    if (all[0] == '[') return false;
    if (all[0] != '{') return true;
    const std::size_t end = all.find('\n');
    if (end == std::string_view::npos) return false;
    const std::string_view line = all.substr(0, end);
    json::Reader reader;
    const json::Reader::Answer answer = reader.read(line);
    if (answer.document != nullptr) return !list_in(*answer.document);
    return answer.fault != Fault::ended && answer.fault != Fault::trailing;
  }

  // --- lines

  Cut cut_lines(Batch& batch) {
    const std::string_view all = text(batch);
    const std::size_t last = is_at_end() ? size_ : all.rfind('\n');
    if (last == std::string_view::npos) {
      if (size_ <= options_.most_bytes) return Cut::needs_more;
      batch.broken.push_back({line_, too_long(options_)});
      is_skipping_ = true;
      skips_to_any_line_ = true;
      taken_ = size_;
      return Cut::done;
    }
    taken_ = std::min(last + 1, size_);
    batch.kind = options_.form == Form::raw_lines ? Batch::Kind::raw_lines : Batch::Kind::lines;
    batch.text = all.substr(0, taken_);
    return Cut::done;
  }

  /// Goes on where a line begins that may begin a value, no deeper than the broken one.
  Cut skip(Batch& batch) {
    const std::string_view all = text(batch);
    std::size_t at = column_ == 0 ? 0 : after_line(all, 0);
    for (; at < size_; at = after_line(all, at)) {
      std::size_t first = at;
      while (first < size_ && (all[first] == ' ' || all[first] == '\t')) ++first;
      if (first == size_ && !is_at_end() && size_ - at < options_.most_bytes) break;
      if (first == size_ || !may_go_on(all[first], first - at)) continue;
      is_skipping_ = false;
      taken_ = at;
      return Cut::done;
    }
    taken_ = std::min(at, size_);
    return taken_ == 0 && !is_at_end() ? Cut::needs_more : Cut::done;
  }

  static std::size_t after_line(std::string_view all, std::size_t at) {
    const std::size_t end = all.find('\n', at);
    return end == std::string_view::npos ? all.size() : end + 1;
  }

  bool may_go_on(char c, std::size_t column) const {
    if (skips_to_any_line_) return true;
    if (is_blank(c) || column > broken_column_) return false;
    return place_ == Place::outside ? c != '}' && c != ']' && c != '"' && c != ',' : c == '{';
  }

  // --- values

  Cut cut_values(Batch& batch) {
    std::size_t begin = 0;
    while (begin < size_ && is_blank(batch.buffer[begin])) ++begin;
    if (begin > 0 || size_ == 0) {
      taken_ = begin;
      return Cut::done;
    }
    const std::string_view all = text(batch);
    if (place_ == Place::outside && all[0] != '{' && all[0] != '[') return one_line(batch);
    batch.kind = Batch::Kind::values;
    const Fault fault = find_tokens(batch);
    take_values(batch, fault == Fault::none && is_at_end());
    if (taken_ > 0) {
      batch.text = batch.values.empty() ? std::string_view() : all.substr(0, taken_);
      return Cut::done;
    }
    if (wrong_ && place_ == Place::after_value && column_ == 0 && all[0] == '{') {
      // Lines of events behind something that looked like the beginning of a list.
      batch.broken.push_back({line_, "the list before this event does not end"});
      place_ = Place::outside;
      return Cut::done;
    }
    if (wrong_) return give_up(batch, fmt::format("not JSON: {}", json::describe(Fault::unexpected)));
    if (fault != Fault::none) return give_up(batch, fmt::format("not JSON: {}", json::describe(fault)));
    if (is_at_end()) return give_up(batch, fmt::format("not JSON: {}", json::describe(Fault::ended)));
    if (size_ > options_.most_bytes) return give_up(batch, too_long(options_));
    return Cut::needs_more;
  }

  /// The tokens of all that is in hand; where a fault forbids that, of what is before it, so that it shall be read.
  Fault find_tokens(Batch& batch) const {
    const std::string_view all = text(batch);
    const Fault fault = batch.tokens.find_in_part(all);
    if (fault == Fault::none) return fault;
    std::size_t good = size_ / 2;
    while (good > 0 && batch.tokens.find_in_part(all.substr(0, good)) != Fault::none) good /= 2;
    std::size_t bad = good > 0 ? std::min(2 * good + 1, size_) : 1;
    while (bad - good > 1) {
      const std::size_t middle = good + (bad - good) / 2;
      (batch.tokens.find_in_part(all.substr(0, middle)) == Fault::none ? good : bad) = middle;
    }
    batch.tokens.find_in_part(all.substr(0, good));
    return fault;
  }

  /// Between documents: something that is none, to the end of its line.
  Cut one_line(Batch& batch) {
    const std::string_view all = text(batch);
    const std::size_t end = all.find('\n');
    if (end == std::string_view::npos && !is_at_end()) {
      if (size_ <= options_.most_bytes) return Cut::needs_more;
      return give_up(batch, too_long(options_));
    }
    taken_ = after_line(all, 0);
    batch.kind = Batch::Kind::lines;
    batch.text = all.substr(0, taken_);
    return Cut::done;
  }

  Cut give_up(Batch& batch, std::string why) {
    batch.broken.push_back({line_, std::move(why)});
    batch.text = {};
    batch.values.clear();
    is_skipping_ = true;
    skips_to_any_line_ = false;
    broken_column_ = column_;
    if (place_ == Place::behind_list) place_ = Place::outside;
    if (place_ == Place::after_value) place_ = Place::before_value;
    wrong_ = false;
    // The line of the broken value is done with, be its end here or in what comes.
    const std::size_t end = text(batch).find('\n');
    taken_ = end == std::string_view::npos ? size_ : end + 1;
    return Cut::done;
  }

  /// Whole values, as far as there are some of one kind.
  void take_values(Batch& batch, bool is_last) {
    const Tokens& tokens = batch.tokens;
    wrong_ = false;
    for (Token at = 0; at < tokens.count() && !wrong_;) {
      const char c = byte(batch, at);
      const Token begin = at;
      if (place_ == Place::outside) {
        at = take_document(batch, at, c, is_last);
      } else if (place_ == Place::behind_list) {
        at = take_tail(batch, at, c);
      } else {
        at = take_element(batch, at, c);
      }
      if (at == begin) break;
      taken_ = end_of_token(batch, at - 1);
    }
  }

  // Each of these gives the token after what it took, or `at` if it took nothing.

  Token take_document(Batch& batch, Token at, char c, bool is_last) {
    const Tokens& tokens = batch.tokens;
    if (c != '{' && c != '[') return at;
    std::optional<Batch::Element> element;
    Token length = 1;
    if (c == '[') {
      element = Batch::Element::event;
    } else if (at + 3 < tokens.count()) {
      if (byte(batch, at + 1) == '"' && byte(batch, at + 2) == ':' && byte(batch, at + 3) == '[') {
        const std::uint32_t quote = tokens.offsets()[at + 1];
        const std::string_view key = text(batch).substr(quote + 1, tokens.offsets()[at + 2] - quote - 1);
        element = element_of_list(key.substr(0, key.find('"')));
      }
      length = 4;
    } else if (!is_last && end_of_value(batch, at) == at) {
      return at;
    }
    if (!element) return take_value(batch, at, Batch::Element::event);
    if (!batch.values.empty() && batch.element != *element) return at;
    batch.element = *element;
    element_ = *element;
    is_wrapped_ = c == '{';
    is_list_empty_ = true;
    place_ = Place::before_value;
    return at + length;
  }

  Token take_element(Batch& batch, Token at, char c) {
    if (c == ']' && (place_ == Place::after_value || is_list_empty_)) {
      place_ = is_wrapped_ ? Place::behind_list : Place::outside;
      return at + 1;
    }
    if (place_ == Place::after_value) {
      wrong_ = c != ',';
      if (wrong_) return at;
      place_ = Place::before_value;
      return at + 1;
    }
    wrong_ = c == ',' || c == ':' || c == ']' || c == '}';
    if (wrong_) return at;
    const Token after = take_value(batch, at, element_);
    if (after == at) return at;
    place_ = Place::after_value;
    is_list_empty_ = false;
    return after;
  }

  /// The members of the object after its list.
  Token take_tail(const Batch& batch, Token at, char c) {
    if (c == '}') {
      place_ = Place::outside;
      return at + 1;
    }
    wrong_ = c == ']';
    return wrong_ ? at : end_of_value(batch, at);
  }

  Token take_value(Batch& batch, Token at, Batch::Element element) {
    if (!batch.values.empty() && batch.element != element) return at;
    const Token after = end_of_value(batch, at);
    if (after == at) return at;
    batch.element = element;
    const std::uint32_t* const offsets = batch.tokens.offsets();
    const bool is_container = byte(batch, at) == '{' || byte(batch, at) == '[';
    batch.values.push_back({at, is_container ? offsets[after - 1] + std::size_t{1} : offsets[after]});
    return after;
  }

  /// By counting brackets alone; `at` if the value is not whole, or may not be.
  Token end_of_value(const Batch& batch, Token at) const {
    std::size_t depth = 0;
    for (Token i = at; i < batch.tokens.count(); ++i) {
      const char c = byte(batch, i);
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      if (depth == 0) return c == '}' || c == ']' || i + 1 < batch.tokens.count() ? i + 1 : at;
    }
    return at;
  }

  /// Strings and scalars are taken only if something follows them.
  static std::size_t end_of_token(const Batch& batch, Token token) {
    const char c = byte(batch, token);
    const bool is_sign = c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
    return is_sign ? batch.tokens.offsets()[token] + std::size_t{1} : batch.tokens.offsets()[token + 1];
  }

  static char byte(const Batch& batch, Token token) { return batch.buffer[batch.tokens.offsets()[token]]; }

  std::unique_ptr<Bytes> bytes_;
  Options options_;
  Mode mode_ = Mode::unknown;
  std::vector<char> pending_;
  std::size_t pending_at_ = 0;
  std::size_t size_ = 0;   // of what is in hand
  std::size_t taken_ = 0;  // of it
  bool is_read_ = false;   // the bytes, to their end
  std::uint64_t line_ = 1;
  std::size_t column_ = 0;  // of the first pending byte
  std::string problem_;

  Place place_ = Place::outside;
  Batch::Element element_ = Batch::Element::event;
  bool is_wrapped_ = false;
  bool is_list_empty_ = true;
  bool wrong_ = false;  // a token that cannot stand there

  bool is_skipping_ = false;
  bool skips_to_any_line_ = false;
  std::size_t broken_column_ = 0;
};

Cutter::Cutter(std::unique_ptr<Bytes> bytes, const Options& options)
    : state_(std::make_unique<State>(std::move(bytes), options)) {}
Cutter::~Cutter() = default;

bool Cutter::next(Batch& batch) {
  return state_->next(batch);
}
std::string Cutter::problem() const {
  return state_->problem();
}

}  // namespace secretwatch::events
