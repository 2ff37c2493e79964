#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/text.h"
#include "events/events.h"
#include "events/lists.h"

namespace secretwatch::events {
namespace {

using json::Document;
using json::Fault;
using json::Token;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// How long the time is that begins a line of an export: 2026-01-02T03:04:05.678Z and a blank. 0: there is none.
std::size_t length_of_time(std::string_view line) {
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (line.size() < shape.size() + 2) return 0;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == '0' ? !is_digit(line[i]) : line[i] != shape[i]) return 0;
  std::size_t at = shape.size();
  if (line[at] == '.')
    for (++at; at < line.size() && is_digit(line[at]); ++at) {
    }
  return line.substr(at, 2) == "Z " ? at + 2 : 0;
}

}  // namespace

std::string too_long(const Options& options) {
  return fmt::format("longer than {} bytes", options.most_bytes);
}

std::string_view message_of(const Event& event, std::string& scratch) {
  if (!event.may_hold_blanks || event.document == nullptr || event.document->is_compact()) return event.text;
  scratch.clear();
  event.document->append_compact(scratch);
  return scratch;
}

class BatchReader::State {
 public:
  explicit State(const Options& options) : options_(options) {}

  void read(Batch& batch, Sink& sink) {
    batch_ = &batch;
    sink_ = &sink;
    if (batch.kind == Batch::Kind::values) {
      read_values();
    } else {
      read_lines();
    }
    for (const Batch::Broken& broken : batch.broken) sink.broken(broken.line, broken.why);
  }

 private:
  // --- lines

  void read_lines() {
    const std::string_view text = batch_->text;
    const bool is_raw = batch_->kind == Batch::Kind::raw_lines;
    const bool wants_tokens = !is_raw || options_.wants_json;
    tokens_known_ = wants_tokens && tokens_.find(text) == Fault::none;
    token_ = 0;
    line_ = batch_->first_line;
    for (std::size_t begin = 0; begin < text.size(); ++line_) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      if (is_raw) {
        raw_line(begin, end);
      } else {
        line(begin, end);
      }
      begin = end + 1;
    }
  }

  /// Reads the value at `begin` as far as `end`. If all tokens of the batch are known, there the next line goes on.
  Fault read_line_value(std::size_t begin, std::size_t end) {
    if (!tokens_known_) {
      const std::string_view alone = batch_->text.substr(begin, end - begin);
      // Of the tokens of a line alone; a line break follows, or the zero after the text.
      if (const Fault fault = line_tokens_.find(alone); fault != Fault::none) return fault;
      const json::Read read =
          json::read_document(alone, line_tokens_, {0, alone.size(), options_.most_depth}, stack_, document_);
      if (read.fault != Fault::none) return read.fault;
      return read.next == line_tokens_.count() ? Fault::none : Fault::trailing;
    }
    while (tokens_.offsets()[token_] < begin) ++token_;
    const json::Read read =
        json::read_document(batch_->text, tokens_, {token_, end, options_.most_depth}, stack_, document_);
    if (read.fault != Fault::none) return read.fault;
    token_ = read.next;
    return tokens_.offsets()[read.next] >= end ? Fault::none : Fault::trailing;
  }

  void line(std::size_t begin, std::size_t end) {
    const char* const text = batch_->text.data();
    while (begin < end && is_blank(text[begin])) ++begin;
    while (begin < end && is_blank(text[end - 1])) --end;
    if (begin == end) return;
    if (end - begin > options_.most_bytes) return broken(too_long(options_));
    const std::string_view all = batch_->text.substr(begin, end - begin);
    if (const std::size_t length = is_digit(all[0]) ? length_of_time(all) : 0; length > 0) {
      const bool is_json = read_line_value(begin + length, end) == Fault::none;
      sink_->event({all.substr(length), is_json ? &document_ : nullptr, false});
      return;
    }
    if (all[0] != '{' && all[0] != '[') return broken("neither a JSON object nor a time and a message");
    if (const Fault fault = read_line_value(begin, end); fault != Fault::none) return broken(fault);
    if (all[0] == '[') return elements(document_, document_.root(), Batch::Element::event);
    if (const std::optional<List> list = list_in(document_)) return elements(document_, list->array, list->element);
    sink_->event({all, &document_, false});
  }

  void raw_line(std::size_t begin, std::size_t end) {
    const char* const text = batch_->text.data();
    if (end > begin && text[end - 1] == '\r') --end;
    if (end - begin > options_.most_bytes) return broken(too_long(options_));
    std::size_t first = begin;
    while (first < end && is_blank(text[first])) ++first;
    const bool may_be_json = options_.wants_json && first < end && text[first] == '{';
    const bool is_json = may_be_json && read_line_value(first, end) == Fault::none;
    sink_->event({batch_->text.substr(begin, end - begin), is_json ? &document_ : nullptr, false});
  }

  // --- values

  void read_values() {
    const bool is_utf8 = json::is_utf8(batch_->text);
    for (const Batch::Value& value : batch_->values) {
      const std::size_t begin = batch_->tokens.offsets()[value.first];
      line_ = 0;  // counted when there is something to report
      value_begin_ = begin;
      if (value.end - begin > options_.most_bytes) {
        broken(too_long(options_));
        continue;
      }
      if (!is_utf8 && !json::is_utf8(batch_->text.substr(begin, value.end - begin))) {
        broken(Fault::not_utf8);
        continue;
      }
      const json::Read read = json::read_document(batch_->text, batch_->tokens,
                                                  {value.first, value.end, options_.most_depth}, stack_, document_);
      if (read.fault != Fault::none) {
        broken(read.fault);
        continue;
      }
      const std::optional<List> list =
          batch_->element == Batch::Element::event && document_.first_byte(document_.root()) == '{' ? list_in(document_)
                                                                                                    : std::nullopt;
      if (list) {
        elements(document_, list->array, list->element);
      } else {
        element(document_, batch_->element);
      }
    }
  }

  void elements(const Document& document, Token array, Batch::Element kind) {
    std::vector<Token> all;
    document.children(array, all);
    for (const Token each : all) element(document.at(each), kind);
  }

  void element(const Document& document, Batch::Element kind) {
    if (document.first_byte(document.root()) != '{') return broken("not a JSON object");
    if (kind == Batch::Element::event) return sink_->event({document.written(), &document, true});
    const std::string_view key = kind == Batch::Element::lookup ? "CloudTrailEvent" : "message";
    const std::optional<Token> message = document.member(document.root(), key);
    if (!message || document.first_byte(*message) != '"') return broken(fmt::format("no text under '{}'", key));
    message_ = document.characters(*message, scratch_);  // a copy, which ends with a zero
    const json::Reader::Answer inner = reader_.read(message_, options_.most_depth);
    const bool is_object = inner.document != nullptr && inner.document->first_byte(inner.document->root()) == '{';
    if (kind == Batch::Element::lookup && !is_object) return broken("its CloudTrailEvent is no JSON object");
    // What a writer of lines put behind the message is no part of it.
    std::string_view text = message_;
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    sink_->event({text, inner.document, false});
  }

  // --- what is none

  void broken(Fault fault) {
    broken(fault == Fault::depth ? fmt::format("nested more than {} deep", options_.most_depth)
                                 : fmt::format("not JSON: {}", json::describe(fault)));
  }
  void broken(std::string_view why) {
    std::uint64_t line = line_;
    if (batch_->kind == Batch::Kind::values) {
      const std::string_view before = batch_->text.substr(0, value_begin_);
      line = batch_->first_line + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
    }
    sink_->broken(line, why);
  }

  Options options_;
  Batch* batch_ = nullptr;
  Sink* sink_ = nullptr;
  json::Tokens tokens_;        // of a batch of lines
  bool tokens_known_ = false;  // a line that is no JSON may keep them from being found for all
  Token token_ = 0;
  json::Tokens line_tokens_;
  std::vector<Token> stack_;
  Document document_;
  std::uint64_t line_ = 1;
  std::size_t value_begin_ = 0;
  json::Reader reader_;  // of messages in messages
  std::string message_;
  std::string scratch_;
};

BatchReader::BatchReader(const Options& options) : state_(std::make_unique<State>(options)) {}
BatchReader::~BatchReader() = default;

void BatchReader::read(Batch& batch, Sink& sink) {
  state_->read(batch, sink);
}

}  // namespace secretwatch::events
