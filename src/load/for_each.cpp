#include "load/for_each.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace secretwatch::load {
namespace {

constexpr std::string_view loop_key = "Fn::ForEach::";

std::size_t count_nodes(const doc::Node& node) {
  std::size_t count = 1;
  for (const doc::Node& item : node.items) count += count_nodes(item);
  for (const doc::Entry& entry : node.entries) count += 1 + count_nodes(entry.value);
  return count;
}

void replace_all(std::string& text, const std::string& placeholder, const std::string& value) {
  for (std::size_t at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at + value.size()))
    text.replace(at, placeholder.size(), value);
}

/// The body of a loop with its identifier replaced.
class Substitution {
 public:
  Substitution(const std::string& identifier, std::string value)
      : identifier_(identifier),
        value_(std::move(value)),
        placeholder_("${" + identifier + "}"),
        bare_placeholder_("&{" + identifier + "}") {
    std::copy_if(value_.begin(), value_.end(), std::back_inserter(bare_), is_letter_or_digit);
  }

  void apply(std::string& text) const {
    replace_all(text, placeholder_, value_);
    replace_all(text, bare_placeholder_, bare_);
  }

  void apply(doc::Node& node) const {
    const bool short_ref = node.kind == doc::Kind::scalar && node.tag == "!Ref" && node.text == identifier_;
    const bool long_ref = node.entries.size() == 1 && node.entries.front().key.text == "Ref" &&
                          node.entries.front().value.text == identifier_;
    if (short_ref || long_ref) {
      doc::Node literal;
      literal.kind = doc::Kind::scalar;
      literal.style = doc::Style::quoted;
      literal.span = node.span;
      literal.text = value_;
      node = std::move(literal);
      return;
    }
    apply(node.text);
    for (doc::Node& item : node.items) apply(item);
    for (doc::Entry& entry : node.entries) {
      apply(entry.key.text);
      apply(entry.value);
    }
  }

 private:
  const std::string& identifier_;
  std::string value_;
  std::string bare_;
  std::string placeholder_;
  std::string bare_placeholder_;
};

class Unroller {
 public:
  Unroller(Evaluator& evaluator, stack::Stack& stack, std::size_t& budget)
      : evaluator_(evaluator), stack_(stack), budget_(budget) {}

  doc::Node run(doc::Node node) {
    for (doc::Node& item : node.items) item = run(std::move(item));
    std::vector<doc::Entry> entries;
    entries.reserve(node.entries.size());
    for (doc::Entry& entry : node.entries) {
      if (entry.key.text.starts_with(loop_key)) {
        unroll(entry, entries);
      } else {
        doc::Node value = run(std::move(entry.value));
        entries.push_back({std::move(entry.key), std::move(value)});
      }
    }
    node.entries = std::move(entries);
    return node;
  }

 private:
  void leave_out(const doc::Entry& loop, std::string reason) {
    stack_.gaps.push_back({fmt::format("{} is not unrolled: {}", shown(loop.key.text), reason), loop.key.span});
  }

  void unroll(const doc::Entry& loop, std::vector<doc::Entry>& entries) {
    const std::vector<doc::Node>& parts = loop.value.items;
    if (parts.size() != 3 || parts[0].kind != doc::Kind::scalar || parts[2].kind != doc::Kind::mapping)
      return leave_out(loop, "it is not written as an identifier, a list and an object");
    const Item values = evaluator_.evaluate(parts[1]);
    if (!values.is(Item::Kind::list)) return leave_out(loop, "its list is not known");
    const std::size_t size = count_nodes(parts[2]);
    for (const Item& each : values.items) {
      const std::optional<std::string> value = each.literal();
      if (!value) return leave_out(loop, "its list is not known");
      if (size > budget_) return leave_out(loop, "it unrolls to too much");
      budget_ -= size;
      doc::Node body = parts[2];
      Substitution(parts[0].text, *value).apply(body);
      body = run(std::move(body));
      for (doc::Entry& entry : body.entries) entries.push_back(std::move(entry));
    }
  }

  Evaluator& evaluator_;
  stack::Stack& stack_;
  std::size_t& budget_;
};

}  // namespace

bool has_loops(const doc::Node& node) {
  return std::any_of(node.items.begin(), node.items.end(), has_loops) ||
         std::any_of(node.entries.begin(), node.entries.end(), [](const doc::Entry& entry) {
           return entry.key.text.starts_with(loop_key) || has_loops(entry.value);
         });
}

doc::Node unroll_loops(const doc::Node& node, Evaluator& evaluator, stack::Stack& stack, std::size_t& budget) {
  return Unroller(evaluator, stack, budget).run(node);
}

}  // namespace secretwatch::load
