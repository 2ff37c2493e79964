#include "lint/suppress.h"

#include <algorithm>

#include "base/text.h"
#include "lint/rules/catalogue.h"

namespace secretwatch::lint {
namespace {

constexpr std::string_view keyword = "secretwatch:ignore";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (!is_blank(c) && c != ',') {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// The lines of a text, with what makes blocks of them.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  std::size_t begin_of(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text_.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }
  /// Behind the line break.
  std::size_t end_of(std::size_t begin) const {
    const std::size_t end = text_.find('\n', begin);
    return end == std::string_view::npos ? text_.size() : end + 1;
  }
  std::string_view content(std::size_t begin) const {
    std::string_view line = text_.substr(begin, end_of(begin) - begin);
    while (!line.empty() && (line.back() == '\n' || is_blank(line.back()))) line.remove_suffix(1);
    return line;
  }
  bool says_nothing(std::size_t begin) const {
    const std::string_view line = trimmed(content(begin));
    return line.empty() || line.front() == '#' || line.starts_with("//");
  }
  std::size_t indentation(std::size_t begin) const {
    const std::string_view line = content(begin);
    return std::min(line.find_first_not_of(" \t"), line.size());
  }

  /// From the line that begins there to the end of its block.
  std::size_t end_of_block(std::size_t begin) const {
    const std::size_t indent = indentation(begin);
    const bool is_key = content(begin).ends_with(":");
    std::size_t end = end_of(begin);
    for (std::size_t line = end; line < text_.size(); line = end_of(line)) {
      if (says_nothing(line)) continue;
      const std::string_view words = trimmed(content(line));
      const bool closes = words.find_first_not_of("}]),;") == std::string_view::npos;
      const bool is_item = is_key && words.starts_with("-") && !trimmed(content(begin)).starts_with("-");
      const bool belongs = indentation(line) > indent || (indentation(line) == indent && (closes || is_item));
      if (!belongs) break;
      end = end_of(line);
    }
    return end;
  }

  std::size_t size() const { return text_.size(); }

 private:
  std::string_view text_;
};

Finding finding_about(const Rule& rule, const Ignore& ignore, std::string message) {
  Finding finding;
  finding.rule = &rule;
  finding.span = ignore.span;
  finding.message = std::move(message);
  finding.severity = rule.severity;
  finding.effect = rule.effect;
  finding.precision = rule.precision;
  return finding;
}

std::string problem_of(const Ignore& ignore) {
  if (ignore.rules.empty()) return "this ignore names no rule";
  for (const std::string& word : ignore.rules) {
    if (names_a_rule(word)) continue;
    const std::string meant = nearest_rule(word);
    return fmt::format("'{}' is no rule{}", word, meant.empty() ? "" : fmt::format("; '{}' is", meant));
  }
  if (!ignore.until.empty() && !is_date(ignore.until)) return fmt::format("'{}' is no date", ignore.until);
  return {};
}

/// "module.alarms" in "module.team.module.alarms[0].aws_x.y".
bool leads_through(std::string_view address, std::string_view call) {
  for (std::size_t at = address.find(call); at != std::string_view::npos; at = address.find(call, at + 1)) {
    const std::size_t end = at + call.size();
    if ((at == 0 || address[at - 1] == '.') && end < address.size() && (address[end] == '.' || address[end] == '['))
      return true;
  }
  return false;
}

bool covers(const Ignore& ignore, const Finding& finding) {
  if (finding.rule == &rules::parse_error) return false;
  const Span& place = finding.span;
  const bool is_inside =
      place.file == ignore.covers.file && place.begin >= ignore.covers.begin && place.begin < ignore.covers.end;
  const bool is_called = !ignore.through.empty() &&
                         std::find(ignore.files.begin(), ignore.files.end(), place.file) != ignore.files.end() &&
                         leads_through(finding.address, ignore.through);
  return (is_inside || is_called) && is_selected(*finding.rule, {.select = ignore.rules, .all = true});
}

/// Could one of its rules have spoken?
bool could_ignore(const Ignore& ignore, const Selection& selection) {
  const Selection own{.select = ignore.rules, .all = true};
  const auto rules = all_rules();
  return std::any_of(rules.begin(), rules.end(),
                     [&](const Rule* rule) { return is_selected(*rule, own) && is_selected(*rule, selection); });
}

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int numbers[3] = {0, 0, 0};
  int which = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 7) {
      ++which;
    } else if (is_digit(text[i])) {
      numbers[which] = numbers[which] * 10 + (text[i] - '0');
    } else {
      return false;
    }
  }
  const auto [year, month, day] = numbers;
  if (month < 1 || month > 12) return false;
  const bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  const int days[] = {31, is_leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day >= 1 && day <= days[month - 1];
}

Ignore read_ignore(std::string_view text) {
  Ignore ignore;
  const std::size_t dashes = text.find("--");
  if (dashes != std::string_view::npos) ignore.reason = trimmed(text.substr(dashes + 2));
  std::vector<std::string> words = words_of(text.substr(0, dashes));
  if (const auto until = std::find(words.begin(), words.end(), "until"); until != words.end()) {
    ignore.until = until + 1 == words.end() ? "" : *(until + 1);
    if (ignore.until.empty()) ignore.problem = "'until' is followed by no date";
    if (words.end() - until > 2) ignore.problem = fmt::format("'{}' stands behind the date", *(until + 2));
    words.erase(until, words.end());
  }
  ignore.rules = std::move(words);
  if (ignore.problem.empty()) ignore.problem = problem_of(ignore);
  return ignore;
}

std::optional<Ignore> read_ignore_comment(const Sources& sources, const Span& comment, bool own_line) {
  const std::string_view whole = sources.text(comment.file);
  std::string_view text = whole.substr(comment.begin, comment.end - comment.begin);
  const std::size_t mark = text.find_first_not_of("#/* \t");
  if (mark == std::string_view::npos || !text.substr(mark).starts_with(keyword)) return std::nullopt;
  text = trimmed(text.substr(mark + keyword.size()));
  if (text.ends_with("*/")) text = trimmed(text.substr(0, text.size() - 2));
  if (text.starts_with(":")) text.remove_prefix(1);
  Ignore ignore = read_ignore(text);
  ignore.span = {comment.file, comment.begin + static_cast<std::uint32_t>(mark), comment.end};
  const Lines lines(whole);
  std::size_t target = lines.begin_of(comment.begin);
  if (own_line) {
    do target = lines.end_of(target);
    while (target < lines.size() && lines.says_nothing(target));
  }
  ignore.covers = {comment.file, static_cast<std::uint32_t>(target),
                   static_cast<std::uint32_t>(target < lines.size() ? lines.end_of_block(target) : target)};
  return ignore;
}

void apply(const std::vector<Ignore>& ignores, const Judgement& judgement, std::vector<Finding>& findings) {
  std::vector<Finding> about;
  const auto say = [&](const Rule& rule, const Ignore& ignore, std::string message) {
    if (is_selected(rule, judgement.selection)) about.push_back(finding_about(rule, ignore, std::move(message)));
  };
  for (const Ignore& ignore : ignores) {
    if (!ignore.problem.empty()) {
      say(rules::stale_suppression, ignore, ignore.problem);
      continue;
    }
    if (ignore.reason.empty())
      say(rules::suppression_without_reason, ignore, "this ignore does not say why; ' -- ' and a reason would");
    const bool is_expired = !ignore.until.empty() && judgement.today > ignore.until;
    bool is_used = false;
    for (Finding& finding : findings) {
      if (!covers(ignore, finding)) continue;
      is_used = true;
      if (!is_expired && !finding.suppressed) finding.suppressed = {ignore.by, ignore.reason, ignore.until};
    }
    if (is_expired) {
      say(rules::stale_suppression, ignore, fmt::format("this ignore was good until {}", ignore.until));
    } else if (!is_used && !judgement.broken.contains(ignore.span.file) && could_ignore(ignore, judgement.selection)) {
      say(rules::stale_suppression, ignore, fmt::format("there is no {} to ignore", fmt::join(ignore.rules, ", ")));
    }
  }
  for (Finding& finding : about) findings.push_back(std::move(finding));
  sort(findings);
}

}  // namespace secretwatch::lint
