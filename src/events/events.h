#pragma once
/// Events: CloudTrail records and log messages out of the files in which AWS and its tools hand them out.
///
///     Cutter cutter(bytes, {});
///     Batch batch;
///     BatchReader reader;
///     while (cutter.next(batch)) reader.read(batch, sink);   // sink.event(…) for each event, in order
///
/// | input                                                                  | an event is                        |
/// |------------------------------------------------------------------------|------------------------------------|
/// | {"Records": [...]}, as CloudTrail writes it to S3; [...]               | an element                         |
/// | {...}, one or more, on one line each or over several                    | the object                         |
/// | {"events": [{"message": "..."}]}, of `aws logs filter-log-events`       | a message, whatever its text       |
/// | {"Events": [{"CloudTrailEvent": "..."}]}, of `aws cloudtrail lookup-events` | a CloudTrailEvent              |
/// | TIMESTAMP MESSAGE, a line each, of an export of a log group to S3       | a message, whatever its text       |
/// | anything, with Form::raw_lines                                          | a line                             |
///
/// Forms are told by content, and may follow one another. Every event is validated; what is no event is reported with
/// its line, and the rest goes on. Memory does not grow with the input: a list is read element by element. Not here:
/// files and threads (cli/), what an event means (pattern/).
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/bytes.h"
#include "json/document.h"

namespace secretwatch::events {

enum class Form { cloudtrail, raw_lines };

struct Options {
  Form form = Form::cloudtrail;
  /// Of one event or line. CloudWatch Logs takes 1 MB at most.
  std::size_t most_bytes = std::size_t{8} << 20;
  std::size_t most_depth = 1024;
  /// Of a batch, unless one event needs more.
  std::size_t batch_bytes = std::size_t{256} << 10;
  /// With raw lines: are they to be read as JSON where they are JSON?
  bool wants_json = true;
};

struct Event {
  /// As it was read; of an element of a list it may go over several lines.
  std::string_view text;
  /// Null for a message that is no JSON.
  const json::Document* document = nullptr;
  /// An element or a document that goes over several lines, of which the message is the compact text.
  bool may_hold_blanks = false;
};

/// The log message as CloudWatch Logs would hold it: what patterns over text see, and what is printed.
std::string_view message_of(const Event& event, std::string& scratch);

/// Why what passes Options::most_bytes is no event.
std::string too_long(const Options& options);

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void event(const Event& event) = 0;
  virtual void broken(std::uint64_t line, std::string_view why) = 0;
};

/// A piece of input that can be read by itself: by any thread, in any order.
struct Batch {
  enum class Kind { lines, raw_lines, values };
  enum class Element { event, log_message, lookup };
  struct Value {
    json::Token first = 0;
    std::size_t end = 0;
  };
  struct Broken {
    std::uint64_t line = 0;
    std::string why{};
  };

  Kind kind = Kind::lines;
  Element element = Element::event;  // of values
  std::vector<char> buffer{};
  std::string_view text{};  // in the buffer, after it a zero
  std::uint64_t first_line = 1;
  json::Tokens tokens{};         // of values
  std::vector<Value> values{};   // of values
  std::vector<Broken> broken{};  // what was seen to be none while cutting; stands after the events
};

/// Cuts input into batches, from front to back.
class Cutter {
 public:
  Cutter(std::unique_ptr<Bytes> bytes, const Options& options);
  ~Cutter();
  Cutter(const Cutter&) = delete;
  Cutter& operator=(const Cutter&) = delete;

  /// False at the end.
  bool next(Batch& batch);
  /// After the end: "" or why the input could not be read to its end.
  std::string problem() const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// Finds the events of a batch.
class BatchReader {
 public:
  explicit BatchReader(const Options& options);
  ~BatchReader();
  BatchReader(const BatchReader&) = delete;
  BatchReader& operator=(const BatchReader&) = delete;

  void read(Batch& batch, Sink& sink);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace secretwatch::events
