/// Rules explained: for a terminal, for a page, for machines.
#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/entries.h"

namespace secretwatch::report {
namespace {

using Json = nlohmann::ordered_json;

std::string sentence(std::string_view clause) {
  std::string text(clause);
  text.front() = to_upper(text.front());
  return text + ".";
}

/// "error, proven: no message arrives"
std::string verdict(const lint::Rule& rule) {
  std::string text = fmt::format("{}, {}", name_of(rule.severity), lint::name_of(rule.precision));
  if (const std::string_view effect = in_words(rule.effect); !effect.empty()) text += fmt::format(": {}", effect);
  if (!rule.is_on) text += "; off unless `--all`";
  return text;
}

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    out += line.empty() ? "\n" : fmt::format("    {}\n", line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string wrapped(std::string_view text) {
  constexpr std::size_t widest = 100;
  std::string out;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (column > 0 && column + 1 + word.size() > widest) {
      out += '\n';
      column = 0;
    }
    if (column > 0) out += ' ';
    column += (column > 0 ? 1 : 0) + word.size();
    out += word;
  }
  return out + "\n";
}

/// The text up to the next line that begins a resource of an example, or its end.
std::string_view take_resource(std::string_view& text) {
  std::size_t end = text.find('\n');
  while (end != std::string_view::npos && end + 3 < text.size() &&
         !(text.compare(end + 1, 2, "  ") == 0 && text[end + 3] != ' '))
    end = text.find('\n', end + 1);
  const std::string_view part = text.substr(0, end == std::string_view::npos ? end : end + 1);
  text.remove_prefix(part.size());
  return part;
}

std::vector<std::string_view> resources_in(std::string_view example) {
  std::vector<std::string_view> all;
  while (!example.empty()) all.push_back(take_resource(example));
  return all;
}

/// Of an example's resources, those that the other one does not have in the same way, or with more lines at their end.
std::string different_in(const std::vector<std::string_view>& example, const std::vector<std::string_view>& other) {
  std::string out;
  for (const std::string_view part : example)
    if (std::none_of(other.begin(), other.end(), [part](std::string_view each) { return each.starts_with(part); }))
      out += part;
  return out;
}

/// What to show of two examples: what tells them apart, or, of one alone, all of it. What is not there any more, or
/// not yet, is shown as nothing.
struct Shown {
  std::string bad;
  std::string good;
};

Shown shown_of(const lint::Rule& rule) {
  if (rule.bad.empty() || rule.good.empty()) return {std::string(rule.bad), std::string(rule.good)};
  const std::vector<std::string_view> bad = resources_in(rule.bad);
  const std::vector<std::string_view> good = resources_in(rule.good);
  return {different_in(bad, good), different_in(good, bad)};
}

struct Part {
  std::string_view title;
  std::string_view text;
};

std::vector<Part> parts_of(const lint::Rule& rule) {
  return {{"What it finds", rule.finds},
          {"What goes wrong", rule.harm},
          {"How it is decided", rule.decision},
          {"Source", rule.source}};
}

}  // namespace

std::string markdown(const lint::Rule& rule) {
  std::string out = fmt::format("**{}** ({})\n", sentence(rule.summary), verdict(rule));
  for (const Part& part : parts_of(rule)) out += fmt::format("\n**{}.** {}\n", part.title, part.text);
  const Shown shown = shown_of(rule);
  if (!shown.bad.empty()) out += fmt::format("\nBad:\n\n```yaml\n{}```\n", shown.bad);
  if (!shown.good.empty()) out += fmt::format("\nGood:\n\n```yaml\n{}```\n", shown.good);
  return out;
}

std::string explanation(const lint::Rule& rule) {
  std::string out = fmt::format("{} {} ({})\n\n{}", rule.id, rule.name, verdict(rule), wrapped(sentence(rule.summary)));
  for (const Part& part : parts_of(rule)) out += fmt::format("\n{}:\n{}", part.title, wrapped(part.text));
  const Shown shown = shown_of(rule);
  if (!shown.bad.empty()) out += fmt::format("\nBad:\n\n{}", indented(shown.bad));
  if (!shown.good.empty()) out += fmt::format("\nGood:\n\n{}", indented(shown.good));
  return out;
}

std::string rules_page(std::span<const lint::Rule* const> rules) {
  std::string out =
      "# Rules\n\n<!-- Printed by `secretwatch rules --format markdown`. -->\n\n"
      "What `secretwatch lint` looks for. `secretwatch explain A541` prints one of them. `likely` findings rest on "
      "something that was not read, or that AWS does not document. Examples show the resources in which a bad and a "
      "good "
      "template differ.\n\n"
      "| id | rule | severity | effect | finds |\n|---|---|---|---|---|\n";
  for (const lint::Rule* rule : rules)
    out += fmt::format("| [{}](#{}-{}) | {} | {} | {} | {} |\n", rule->id, lower_case(rule->id), rule->name, rule->name,
                       name_of(rule->severity), lint::name_of(rule->effect), rule->summary);
  for (const lint::Rule* rule : rules)
    out += fmt::format("\n## {} {}\n\n{}\nSince {}.\n", rule->id, rule->name, markdown(*rule), rule->since);
  return out;
}

std::string rules_json(std::span<const lint::Rule* const> rules) {
  Json document = Json::object();
  document["version"] = 1;
  document["rules"] = Json::array();
  for (const lint::Rule* rule : rules) {
    Json printed = Json::object();
    printed["id"] = rule->id;
    printed["rule"] = rule->name;
    printed["severity"] = name_of(rule->severity);
    printed["effect"] = lint::name_of(rule->effect);
    printed["precision"] = lint::name_of(rule->precision);
    printed["summary"] = rule->summary;
    printed["since"] = rule->since;
    document["rules"].push_back(std::move(printed));
  }
  return document.dump(2) + "\n";
}

std::string rules_text(std::span<const lint::Rule* const> rules) {
  std::size_t longest = 0;
  for (const lint::Rule* rule : rules) longest = std::max(longest, rule->name.size());
  std::string out;
  for (const lint::Rule* rule : rules)
    out += fmt::format("{}  {:<7}  {:<{}}  {}{}\n", rule->id, name_of(rule->severity), rule->name, longest,
                       rule->summary, rule->is_on ? "" : " (off unless --all)");
  return out;
}

}  // namespace secretwatch::report
