#include "cli/match_run.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
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

/// Batches on their way through the threads. This thread cuts and takes the answers, the others read.
class Pool {
 public:
  explicit Pool(const MatchInput& input) : input_(input) {
    for (std::size_t i = 0; i < input.threads; ++i) workers_.emplace_back([this] { work(); });
  }
  ~Pool() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      is_over_ = true;
    }
    has_work_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  void run(const std::function<void(MatchAnswer&)>& take) {
    Batches batches(input_);
    const std::size_t most_jobs = 2 * input_.threads + 2;
    for (;;) {
      std::unique_ptr<Job> job = free_.empty() ? std::make_unique<Job>() : std::move(free_.back());
      if (!free_.empty()) free_.pop_back();
      if (!batches.next(job->batch, job->answer)) break;
      job->is_done = false;
      add(std::move(job));
      while (jobs_.size() >= most_jobs) take_first(take);
    }
    while (!jobs_.empty()) take_first(take);
  }

 private:
  struct Job {
    events::Batch batch;
    MatchAnswer answer;
    bool is_done = false;
  };

  void add(std::unique_ptr<Job> job) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      waiting_.push_back(job.get());
    }
    jobs_.push_back(std::move(job));
    has_work_.notify_one();
  }

  void take_first(const std::function<void(MatchAnswer&)>& take) {
    Job& first = *jobs_.front();
    {
      std::unique_lock<std::mutex> lock(mutex_);
      is_done_.wait(lock, [&] { return first.is_done || fault_; });
      if (fault_) std::rethrow_exception(fault_);
    }
    take(first.answer);
    free_.push_back(std::move(jobs_.front()));
    jobs_.pop_front();
  }

  void work() {
    try {
      Judging judging(input_);
      for (;;) {
        Job* job = nullptr;
        {
          std::unique_lock<std::mutex> lock(mutex_);
          has_work_.wait(lock, [&] { return is_over_ || !waiting_.empty(); });
          if (is_over_) return;
          job = waiting_.front();
          waiting_.pop_front();
        }
        judging.read(job->batch, job->answer);
        {
          const std::lock_guard<std::mutex> lock(mutex_);
          job->is_done = true;
        }
        is_done_.notify_one();
      }
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex_);
      fault_ = std::current_exception();
      is_done_.notify_one();
    }
  }

  const MatchInput& input_;
  std::deque<std::unique_ptr<Job>> jobs_;   // in the order of the input
  std::vector<std::unique_ptr<Job>> free_;  // for use again

  std::mutex mutex_;  // for what follows, and is_done of every job
  std::condition_variable has_work_;
  std::condition_variable is_done_;
  std::deque<Job*> waiting_;
  std::exception_ptr fault_;
  bool is_over_ = false;
  std::vector<std::thread> workers_;
};

void run_alone(const MatchInput& input, const std::function<void(MatchAnswer&)>& take) {
  Batches batches(input);
  Judging judging(input);
  events::Batch batch;
  MatchAnswer answer;
  while (batches.next(batch, answer)) {
    judging.read(batch, answer);
    take(answer);
  }
}

}  // namespace

void run_match(const MatchInput& input, const std::function<void(MatchAnswer&)>& take) {
  if (input.threads == 1) return run_alone(input, take);
  Pool(input).run(take);
}

void append_line(const events::Event& event, std::string& scratch, std::string& out) {
  const std::string_view message = message_of(event, scratch);
  if (message.find_first_of("\r\n") == std::string_view::npos) {
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
