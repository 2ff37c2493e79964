#include "cli/match_run.h"

#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace secretwatch::cli {
namespace {

/// Holds the events of a batch against the filters.
class Judging : public events::Sink {
 public:
  explicit Judging(const MatchInput& input) : input_(input), reader_(input.options), judge_(*input.index) {}

  void read(events::Batch& batch, MatchAnswer& answer) {
    answer_ = &answer;
    reader_.read(batch, *this);
  }

  void event(const events::Event& event) override {
    ++answer_->events;
    const std::string_view text = input_.index->needs_text() ? message_of(event, scratch_) : std::string_view();
    const std::vector<pattern::FilterIndex::FilterId>& selected = judge_.select({text, event.document});
    if (selected.empty()) return;
    ++answer_->selected;
    if (input_.wants_matches)
      for (const pattern::FilterIndex::FilterId filter : selected)
        answer_->matches.emplace_back(answer_->events, filter);
    if (input_.wants_text) append_line(event, scratch_, answer_->text);
  }

  void broken(std::uint64_t line, std::string_view why) override {
    ++answer_->events;
    answer_->broken.push_back({answer_->events, line, std::string(why)});
  }

 private:
  const MatchInput& input_;
  events::BatchReader reader_;
  pattern::FilterIndex::Judge judge_;
  MatchAnswer* answer_ = nullptr;
  std::string scratch_;
};

/// The batches of all files, one after the other.
class Batches {
 public:
  explicit Batches(const MatchInput& input) : input_(input) {}

  /// False at the end of the last file. An answer with a problem comes with an empty batch.
  bool next(events::Batch& batch, MatchAnswer& answer) {
    for (;; ++file_, cutter_.reset()) {
      if (file_ == input_.files) return false;
      answer = {};
      answer.file = file_;
      if (!cutter_ && !open(answer.problem)) {
        batch.text = {};
        batch.values.clear();
        batch.broken.clear();
        ++file_;
        return true;
      }
      if (cutter_->next(batch)) return true;
      answer.problem = cutter_->problem();
      if (answer.problem.empty()) continue;
      ++file_;
      cutter_.reset();
      return true;
    }
  }

 private:
  bool open(std::string& problem) {
    std::unique_ptr<events::Bytes> bytes = input_.open(file_, problem);
    if (!bytes) return false;
    cutter_ = std::make_unique<events::Cutter>(events::expanded(std::move(bytes), input_.limits), input_.options);
    return true;
  }

  const MatchInput& input_;
  std::size_t file_ = 0;
  std::unique_ptr<events::Cutter> cutter_;
};

/// Threads that all do the same: cut the next batch, one after the other; read it, side by side; hand its answer in, in
/// order. A batch stays with the thread that cut it, so nobody waits to be woken for it.
class Crew {
 public:
  Crew(const MatchInput& input, const std::function<void(MatchAnswer&)>& take)
      : input_(input), take_(take), batches_(input) {}

  void run() {
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < input_.threads; ++i) others.emplace_back([this] { work(); });
    work();
    for (std::thread& other : others) other.join();
    if (fault_) std::rethrow_exception(fault_);
  }

 private:
  void work() {
    try {
      Judging judging(input_);
      events::Batch batch;
      MatchAnswer answer;
      while (const std::optional<std::uint64_t> number = cut(batch, answer)) {
        judging.read(batch, answer);
        hand_in(*number, answer);
      }
    } catch (...) {
      const std::lock_guard<std::mutex> lock(answers_mutex_);
      fault_ = std::current_exception();
      answers_changed_.notify_all();
    }
  }

  std::optional<std::uint64_t> cut(events::Batch& batch, MatchAnswer& answer) {
    const std::lock_guard<std::mutex> lock(cut_mutex_);
    if (is_over_ || has_fault()) return std::nullopt;
    is_over_ = !batches_.next(batch, answer);
    if (is_over_) return std::nullopt;
    return cut_++;
  }

  bool has_fault() {
    const std::lock_guard<std::mutex> lock(answers_mutex_);
    return fault_ != nullptr;
  }

  /// Waits only if far too many others are missing before.
  void hand_in(std::uint64_t number, MatchAnswer& answer) {
    const std::uint64_t most_waiting = 8 * input_.threads;
    std::unique_lock<std::mutex> lock(answers_mutex_);
    answers_changed_.wait(lock, [&] { return number < taken_ + most_waiting || fault_; });
    answers_.emplace(number, std::move(answer));
    for (auto first = answers_.begin(); first != answers_.end() && first->first == taken_ && !fault_; ++taken_) {
      take_(first->second);
      first = answers_.erase(first);
    }
    lock.unlock();
    answers_changed_.notify_all();
  }

  const MatchInput& input_;
  const std::function<void(MatchAnswer&)>& take_;

  std::mutex cut_mutex_;  // for what follows
  Batches batches_;
  std::uint64_t cut_ = 0;
  bool is_over_ = false;

  std::mutex answers_mutex_;  // for what follows
  std::condition_variable answers_changed_;
  std::map<std::uint64_t, MatchAnswer> answers_;
  std::uint64_t taken_ = 0;
  std::exception_ptr fault_;
};

}  // namespace

void run_match(const MatchInput& input, const std::function<void(MatchAnswer&)>& take) {
  Crew(input, take).run();
}

void append_line(const events::Event& event, std::string& scratch, std::string& out) {
  const std::string_view message = message_of(event, scratch);
  const bool has_break = message.find('\n') != std::string_view::npos || message.find('\r') != std::string_view::npos;
  if (!has_break) {
    out += message;
  } else if (event.document != nullptr) {
    event.document->append_compact(out);
  } else {
    for (const char c : message) {
      if (c == '\n') {
        out += "\\n";
      } else if (c == '\r') {
        out += "\\r";
      } else {
        out += c;
      }
    }
  }
  out += '\n';
}

}  // namespace secretwatch::cli
