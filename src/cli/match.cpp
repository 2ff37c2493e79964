#include <algorithm>
#include <istream>
#include <ostream>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/match_run.h"
#include "pattern/explain.h"
#include "pattern/pattern.h"

namespace secretwatch::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_list_bytes = std::size_t{64} << 20;
constexpr std::size_t most_named = 20;  // broken events; of the others there is only the number

/// One pattern of the command line or of the list.
struct Asked {
  std::size_t line = 0;  // of the list
  std::string text{};
  Expected<pattern::Filter> filter;
  std::uint64_t count = 0;
  std::vector<std::uint64_t> matched{};
};

/// Standard input as bytes.
class StreamBytes : public events::Bytes {
 public:
  explicit StreamBytes(std::istream& in) : in_(in) {}
  std::size_t read(char* to, std::size_t most) override {
    in_.read(to, static_cast<std::streamsize>(most));
    return static_cast<std::size_t>(in_.gcount());
  }
  std::string problem() const override { return in_.bad() ? "it cannot be read" : ""; }

 private:
  std::istream& in_;
};

class Matching {
 public:
  Matching(const MatchOptions& options, Io& io) : options_(options), io_(io), files_(options.arguments) {}

  Exit run() {
    if (!check_usage() || !read_patterns()) return Exit::trouble;
    if (files_.empty()) files_.emplace_back("-");
    const bool some_invalid = std::any_of(asked_.begin(), asked_.end(), [](const Asked& a) { return !a.filter; });
    if (!has_list() && some_invalid) {
      if (options_.format == "json") print_json();
      return Exit::trouble;
    }
    if (options_.why) {
      explain();
    } else {
      select();
    }
    print();
    if (broken_ > named_) io_.err << fmt::format("secretwatch: {} more events could not be read\n", broken_ - named_);
    if (events_ == broken_ && !had_problem_) io_.err << "secretwatch: no readable event in the input\n";
    if (some_invalid || had_problem_ || events_ == broken_) return Exit::trouble;
    return selected_ > 0 ? Exit::yes : Exit::no;
  }

 private:
  bool has_list() const { return !options_.list.empty(); }

  bool check_usage() const {
    const bool is_json = options_.format == "json";
    std::string fault;
    if (!has_list() && files_.empty()) fault = "PATTERN is required, or --patterns LIST";
    if (is_json && options_.count) fault = "--count and --format json exclude each other";
    if (options_.why && (is_json || options_.count || has_list()))
      fault = "--why goes with one PATTERN and --format text, without --count";
    if (options_.list == "-" && (files_.empty() || std::count(files_.begin(), files_.end(), "-") > 0))
      fault = "standard input cannot be both the list and the events";
    if (fault.empty()) return true;
    io_.err << "secretwatch: " << fault << "\n";
    return false;
  }

  // --- patterns

  void ask(std::size_t line, std::string text) {
    Expected<pattern::Filter> filter = pattern::parse(text);
    asked_.push_back({line, std::move(text), std::move(filter)});
    if (!asked_.back().filter) report_pattern(asked_.back());
  }

  bool read_patterns() {
    if (!has_list()) {
      ask(0, files_.front());
      files_.erase(files_.begin());
      return true;
    }
    const FileText list = options_.list == "-" ? read_stream() : io_.files.read(options_.list, most_list_bytes);
    if (!list || list.text.size() > most_list_bytes) {
      io_.err << fmt::format("secretwatch: cannot read '{}': {}\n", options_.list,
                             list ? "it is too large" : list.problem);
      return false;
    }
    std::size_t line = 0;
    for (std::size_t begin = 0; begin < list.text.size();) {
      const std::size_t end = std::min(list.text.find('\n', begin), list.text.size());
      std::string text = list.text.substr(begin, end - begin);
      if (text.ends_with('\r')) text.pop_back();
      ++line;
      begin = end + 1;
      if (text.find_first_not_of(" \t") != std::string::npos && text[0] != '#') ask(line, std::move(text));
    }
    if (!asked_.empty()) return true;
    io_.err << fmt::format("secretwatch: no pattern in '{}'\n", options_.list);
    return false;
  }

  FileText read_stream() const {
    FileText result;
    char chunk[64 * 1024];
    while (result.text.size() <= most_list_bytes && (io_.in.read(chunk, sizeof chunk), io_.in.gcount() > 0))
      result.text.append(chunk, static_cast<std::size_t>(io_.in.gcount()));
    return result;
  }

  void report_pattern(const Asked& asked) const {
    const TextError& error = asked.filter.error();
    const std::string where = has_list() ? fmt::format("{}:{}: ", shown_path(options_.list), asked.line) : "";
    io_.err << fmt::format("secretwatch: {}invalid pattern at offset {}: {}\n", where, error.offset, error.message);
    if (asked.text.size() <= 200 && asked.text.find_first_of("\r\n\t") == std::string::npos)
      io_.err << fmt::format("  {}\n  {}^\n", asked.text, std::string(columns_before(asked.text, error.offset), ' '));
    if (!error.hint.empty()) io_.err << fmt::format("  note: {}\n", error.hint);
  }

  /// Characters, not bytes.
  static std::size_t columns_before(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    return static_cast<std::size_t>(std::count_if(
        before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  }

  // --- events

  MatchInput input() const {
    MatchInput input;
    input.files = files_.size();
    input.open = [this](std::size_t file, std::string& problem) -> std::unique_ptr<events::Bytes> {
      if (files_[file] == "-") return std::make_unique<StreamBytes>(io_.in);
      return io_.files.open(files_[file], problem);
    };
    input.options.form = options_.lines ? events::Form::raw_lines : events::Form::cloudtrail;
    input.limits.ratio = options_.max_ratio == 0 ? UINT64_MAX : options_.max_ratio;
    input.limits.size = options_.max_size == 0 ? UINT64_MAX : options_.max_size;
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    input.threads = options_.threads == 0 ? std::min<std::size_t>(cores, 16) : options_.threads;
    return input;
  }

  void select() {
    std::vector<pattern::Filter> filters;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (!asked_[i].filter) continue;
      filters.push_back(*asked_[i].filter);
      of_filter_.push_back(i);
    }
    const pattern::FilterIndex index(filters);
    MatchInput all = input();
    all.index = &index;
    all.options.wants_json = index.needs_json();
    all.wants_text = options_.format == "text" && !options_.count;
    all.wants_matches = !all.wants_text;
    run_match(all, [this](MatchAnswer& answer) { take(answer); });
  }

  void take(MatchAnswer& answer) {
    io_.out << answer.text;
    for (const auto& [number, filter] : answer.matches) {
      Asked& asked = asked_[of_filter_[filter]];
      ++asked.count;
      if (options_.format == "json") asked.matched.push_back(events_ + number);
    }
    for (const MatchAnswer::Broken& broken : answer.broken) report_broken(answer.file, broken);
    events_ += answer.events;
    selected_ += answer.selected;
    if (!answer.problem.empty()) {
      had_problem_ = true;
      io_.err << fmt::format("secretwatch: cannot read '{}'{}: {}\n", shown_path(files_[answer.file]),
                             answer.file == last_file_ && events_ > 0 ? " to its end" : "", answer.problem);
    }
    if (answer.events > 0) last_file_ = answer.file;
  }

  void report_broken(std::size_t file, const MatchAnswer::Broken& broken) {
    ++broken_;
    if (named_ == most_named) return;
    ++named_;
    io_.err << fmt::format("{}:{}: event {}: {}\n", shown_path(files_[file]), broken.line, events_ + broken.number,
                           broken.why);
  }

  // --- why

  class Explaining : public events::Sink {
   public:
    Explaining(Matching& matching, const pattern::Explainer& explainer) : matching_(matching), explainer_(explainer) {}
    void event(const events::Event& event) override {
      ++matching_.events_;
      matching_.print_why(explainer_.explain(message_of(event, scratch_)));
    }
    void broken(std::uint64_t line, std::string_view why) override {
      matching_.report_broken(file, {1, line, std::string(why)});
      ++matching_.events_;
      matching_.io_.out << fmt::format("{}\tbroken\t{}\n", matching_.events_, why);
    }
    std::size_t file = 0;

   private:
    Matching& matching_;
    const pattern::Explainer& explainer_;
    std::string scratch_;
  };

  /// One line an event: its number, yes or no, and what decided, as the user wrote it.
  void print_why(const pattern::Explanation& why) {
    selected_ += why.selects ? 1 : 0;
    std::vector<std::string_view> parts;
    for (const pattern::Place& place : why.places)
      parts.push_back(std::string_view(asked_[0].text).substr(place.begin, place.end - place.begin));
    std::string reason = fmt::format("{}", fmt::join(parts, "; "));
    if (reason.empty()) reason = why.remark.empty() ? asked_[0].text : why.remark;
    io_.out << fmt::format("{}\t{}\t{}\n", events_, why.selects ? "yes" : "no", reason);
  }

  void explain() {
    const pattern::Explainer explainer(*asked_[0].filter);
    const MatchInput all = input();
    Explaining sink(*this, explainer);
    events::BatchReader reader(all.options);
    events::Batch batch;
    for (std::size_t file = 0; file < all.files; ++file) {
      sink.file = file;
      MatchAnswer end;
      end.file = file;
      if (std::unique_ptr<events::Bytes> bytes = all.open(file, end.problem)) {
        events::Cutter cutter(events::expanded(std::move(bytes), all.limits), all.options);
        while (cutter.next(batch)) reader.read(batch, sink);
        end.problem = cutter.problem();
      }
      take(end);
    }
  }

  // --- answers

  void print() const {
    if (options_.format == "json") return print_json();
    if (!options_.count) return;
    if (!has_list()) {
      io_.out << selected_ << "\n";
      return;
    }
    for (const Asked& asked : asked_) {
      if (asked.filter) {
        io_.out << fmt::format("{}\t{}\n", asked.count, asked.text);
      } else {
        io_.out << fmt::format("-\t{}\n", asked.text);
      }
    }
  }

  static Json as_json(const Expected<pattern::Filter>& filter) {
    if (filter) return nullptr;
    Json error = Json::object();
    error["offset"] = filter.error().offset;
    error["message"] = filter.error().message;
    return error;
  }

  void print_json() const {
    Json document = Json::object();
    document["version"] = 1;
    if (!has_list()) {
      document["valid"] = static_cast<bool>(asked_[0].filter);
      document["error"] = as_json(asked_[0].filter);
    }
    document["events"] = events_;
    document["broken"] = broken_;
    if (!has_list()) {
      document["matched"] = asked_[0].matched;
    } else {
      document["patterns"] = Json::array();
      for (const Asked& asked : asked_) {
        Json answer = Json::object();
        answer["line"] = asked.line;
        answer["pattern"] = asked.text;
        answer["valid"] = static_cast<bool>(asked.filter);
        answer["error"] = as_json(asked.filter);
        answer["matched"] = asked.matched;
        document["patterns"].push_back(std::move(answer));
      }
    }
    io_.out << document.dump(-1, ' ', false, Json::error_handler_t::replace) << "\n";
  }

  const MatchOptions& options_;
  Io& io_;
  std::vector<std::string> files_;
  std::vector<Asked> asked_;
  std::vector<std::size_t> of_filter_;  // which pattern a filter of the index is
  std::uint64_t events_ = 0;
  std::uint64_t broken_ = 0;
  std::uint64_t named_ = 0;
  std::uint64_t selected_ = 0;
  std::size_t last_file_ = SIZE_MAX;
  bool had_problem_ = false;
};

}  // namespace

Exit match(const MatchOptions& options, Io io) {
  return Matching(options, io).run();
}

}  // namespace secretwatch::cli
