/// JUnit: a suite for each file that was judged, a failed case for each finding in it, one good case for a file
/// without.
#include <map>

#include <fmt/format.h>

#include "report/entries.h"

namespace secretwatch::report {
namespace {

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\n') {
      escaped += "&#10;";
    } else if (static_cast<unsigned char>(c) < 0x20 && c != '\t') {
      escaped += "\xEF\xBF\xBD";  // XML has no other control characters, not even escaped
    } else {
      escaped += c;
    }
  }
  return escaped;
}

enum class Outcome { passed, failed, broken, skipped };

Outcome outcome_of(const Entry& entry, const Subject& subject) {
  if (entry.suppressed) return Outcome::skipped;
  if (entry.id == "R001") return Outcome::broken;
  return entry.severity >= subject.fail_on ? Outcome::failed : Outcome::passed;
}

std::string test_case(const Entry& entry, const std::string& file, const Sources& sources, Outcome outcome) {
  const std::string where = place_of(entry.span, sources);
  std::string body = where + ": " + entry.message;
  for (const lint::Related& related : entry.related) {
    const std::string place = place_of(related.span, sources);
    body += "\n" + (place.empty() ? place : place + ": ") + related.message;
  }
  const std::string head =
      fmt::format("    <testcase classname=\"{}\" name=\"{}\">", escape(file),
                  escape(fmt::format("{} {} {}", entry.id, entry.name, where.empty() ? entry.resource : where)));
  const std::string message = escape(entry.message);
  std::string inside;
  if (outcome == Outcome::skipped)
    inside = fmt::format("<skipped message=\"suppressed by {}\"/>", escape(entry.suppressed->by));
  if (outcome == Outcome::broken || outcome == Outcome::failed) {
    const char* const element = outcome == Outcome::broken ? "error" : "failure";
    inside = fmt::format("<{} type=\"{}\" message=\"{}\">{}</{}>", element, name_of(entry.severity), message,
                         escape(body), element);
  }
  if (outcome == Outcome::passed) inside = fmt::format("<system-out>{}</system-out>", escape(body));
  return head + inside + "</testcase>\n";
}

struct Suite {
  std::string cases;
  std::size_t tests = 0;
  std::size_t outcomes[4] = {0, 0, 0, 0};
  std::size_t of(Outcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }

  void add(const std::string& test, Outcome outcome) {
    cases += test;
    ++tests;
    ++outcomes[static_cast<std::size_t>(outcome)];
  }
};

std::string attributes(const std::string& name, const Suite& suite) {
  return fmt::format("name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", escape(name), suite.tests,
                     suite.of(Outcome::failed), suite.of(Outcome::broken), suite.of(Outcome::skipped));
}

}  // namespace

std::string junit(const Entries& entries, const Sources& sources, const Subject& subject) {
  std::map<std::string, Suite> suites;
  for (const std::string& name : subject.names) suites[name];
  Suite total;
  for (const Entry& entry : entries) {
    const std::string file = entry.span.is_nowhere() ? "secretwatch" : sources.name(entry.span.file);
    const Outcome outcome = outcome_of(entry, subject);
    suites[file].add(test_case(entry, file, sources, outcome), outcome);
    total.add({}, outcome);
  }
  std::string out;
  for (auto& [file, suite] : suites) {
    if (suite.tests == 0) {
      suite.add(fmt::format("    <testcase classname=\"{}\" name=\"lint\"/>\n", escape(file)), Outcome::passed);
      total.add({}, Outcome::passed);
    }
    out += fmt::format("  <testsuite {}>\n{}  </testsuite>\n", attributes(file, suite), suite.cases);
  }
  return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {}>\n{}</testsuites>\n",
                     attributes("secretwatch", total), out);
}

}  // namespace secretwatch::report
