#include <algorithm>
#include <cassert>
#include <optional>
#include <sstream>
#include <streambuf>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "base/text.h"
#include "doc/doc.h"
#include "doc/extent.h"
#include "doc/text_check.h"

namespace secretwatch::doc {
namespace {

/// yaml-cpp reads from a stream; this one looks at the text where it lies.
class TextStream : public std::streambuf {
 public:
  explicit TextStream(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // a streambuf for reading never writes
    setg(begin, begin, begin + text.size());
  }
};

/// Thrown out of the event handler when there is no use in reading on; caught in read_yaml only.
struct Stop {};

bool is_written(const std::string& tag) {
  return !tag.empty() && tag != "?" && tag != "!";
}

/// A text without some of its tags, and where they were: from the begin of a scalar to its tag.
struct HiddenTags {
  std::string text;
  std::unordered_map<std::size_t, std::pair<std::size_t, std::size_t>> tags;
};

class TreeBuilder : public YAML::EventHandler {
 public:
  /// `skipped` bytes at the front of the text were kept from yaml-cpp, whose marks know nothing of them; `hidden`: tags
  /// that were, or null.
  TreeBuilder(std::string_view text, std::size_t skipped, const HiddenTags* hidden, FileId file, const Limits& limits,
              Diagnostics& out)
      : text_(text), skipped_(skipped), hidden_(hidden), file_(file), limits_(limits), out_(out) {}

  Node take_root() { return std::move(root_); }
  const std::vector<std::pair<std::size_t, std::size_t>>& scalars() const { return scalars_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    out_.add(codes::second_document, word_at(mark), "a second document begins here")
        .note("one file holds one document");
    throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node node;
    node.span = word_at(mark);
    remember(anchor, node, 1);
    add(std::move(node), 1);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const Extent extent = extent_of_scalar(text_, offset(mark), value);
    const auto* const hidden_tag = hidden_tag_of(offset(mark));
    Node node;
    node.kind = Kind::scalar;
    node.style = extent.style;
    node.span = {file_, narrow(extent.begin), narrow(extent.end)};
    node.text = value;
    if (is_written(tag)) node.tag = tag;
    if (hidden_tag != nullptr) node.tag = text_.substr(hidden_tag->first, hidden_tag->second - hidden_tag->first);
    if (tag == "!" && node.style == Style::plain)
      node.style = Style::quoted;  // `! x` says: text, whatever it looks like
    scalars_.emplace_back(extent.begin, extent.stop);
    remember(anchor, node, 1);
    add(std::move(node), 1);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      out_.add(codes::anchor_expansion, word_at(mark), "an alias stands inside the node that it names");
      throw Stop{};
    }
    expanded_ += found->second.size;
    if (expanded_ > limits_.expanded_nodes) {
      out_.add(codes::anchor_expansion, word_at(mark), "aliases expand to more than {} nodes", limits_.expanded_nodes);
      throw Stop{};
    }
    add(found->second.node, found->second.size);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Kind::sequence, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Kind::mapping, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    std::size_t size = 1;
    std::optional<Node> key{};
    std::unordered_map<std::string, Span> keys{};
  };
  struct Anchored {
    Node node;
    std::size_t size;
  };

  static std::uint32_t narrow(std::size_t offset) { return static_cast<std::uint32_t>(offset); }
  std::uint32_t offset(const YAML::Mark& mark) const {
    return narrow(skipped_ + (mark.pos < 0 ? 0U : static_cast<std::size_t>(mark.pos)));
  }

  /// From and to where the hidden tag of the scalar at a place stands; null: it has none.
  const std::pair<std::size_t, std::size_t>* hidden_tag_of(std::size_t scalar) const {
    if (hidden_ == nullptr) return nullptr;
    const auto found = hidden_->tags.find(scalar);
    return found == hidden_->tags.end() ? nullptr : &found->second;
  }

  /// From the mark to the end of the word, for nodes without text of their own.
  Span word_at(const YAML::Mark& mark) const {
    const std::size_t begin = std::min<std::size_t>(offset(mark), text_.size());
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]}:#", begin), text_.size());
    return {file_, narrow(begin), narrow(end)};
  }

  void open(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    Node node;
    node.kind = kind;
    node.span = {file_, offset(mark), offset(mark) + 1};
    if (is_written(tag)) node.tag = tag;
    open_.push_back({std::move(node), anchor});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    if (limits_.dialect == Dialect::template_language && done.keys.contains("<<")) merge(done.node);
    remember(done.anchor, done.node, done.size);
    add(std::move(done.node), done.size);
  }

  void remember(YAML::anchor_t anchor, const Node& node, std::size_t size) {
    if (anchor != 0) anchors_.insert_or_assign(anchor, Anchored{node, size});
  }

  void add(Node node, std::size_t size) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    parent.size += size;
    parent.node.span.end = std::max(parent.node.span.end, node.span.end);
    if (parent.node.kind == Kind::sequence) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      add_key(parent, std::move(node));
    } else {
      parent.node.entries.push_back({std::move(*parent.key), std::move(node)});
      parent.key.reset();
    }
  }

  /// `<<: *defaults` or `<<: [*a, *b]`: the entries of those mappings, where the mapping has none of that name itself
  /// (YAML 1.1, "Merge Key Language-Independent Type").
  void merge(Node& mapping) {
    std::vector<Entry> own;
    std::vector<Entry> inherited;
    for (Entry& entry : mapping.entries) {
      if (entry.key.text != "<<" || entry.key.style != Style::plain) {
        own.push_back(std::move(entry));
        continue;
      }
      if (entry.value.kind == Kind::mapping) {
        for (Entry& each : entry.value.entries) inherited.push_back(std::move(each));
        continue;
      }
      for (Node& source : entry.value.items)
        for (Entry& each : source.entries) inherited.push_back(std::move(each));
      if (entry.value.kind != Kind::sequence) out_.add(codes::bad_merge, entry.key.span, "'<<' merges no mapping");
    }
    std::unordered_set<std::string> names;
    for (const Entry& entry : own) names.insert(entry.key.text);
    for (Entry& entry : inherited)
      if (names.insert(entry.key.text).second) own.push_back(std::move(entry));
    mapping.entries = std::move(own);
  }

  void add_key(Open& parent, Node node) {
    const bool spec = limits_.dialect == Dialect::spec;
    if (!spec && node.kind == Kind::null) {  // `null:` and `~:` are words to a template
      node.kind = Kind::scalar;
      node.text = std::string(text_.substr(node.span.begin, node.span.end - node.span.begin));
    }
    if (node.kind != Kind::scalar) {
      const std::string_view what = node.kind == Kind::null      ? "empty"
                                    : node.kind == Kind::mapping ? "a mapping"
                                                                 : "a list";
      out_.add(codes::key_not_scalar, node.span, "the key is {}", what).note("a key is a single word or text");
    } else if (const auto [first, is_new] = parent.keys.emplace(node.text, node.span); !is_new) {
      out_.add(spec ? codes::duplicate_key : codes::repeated_key, node.span, "key '{}' is written twice", node.text)
          .note_at(first->second, "first written here");
    }
    parent.key = std::move(node);
  }

  std::string_view text_;
  std::size_t skipped_;
  const HiddenTags* hidden_;
  FileId file_;
  const Limits& limits_;
  Diagnostics& out_;
  Node root_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, Anchored> anchors_;
  std::vector<std::pair<std::size_t, std::size_t>> scalars_;
  std::size_t expanded_ = 0;
  std::size_t documents_ = 0;
};

/// The first tab among the blanks that begin a line of structure; inside a scalar a tab is text.
std::optional<std::size_t> find_indenting_tab(std::string_view text,
                                              const std::vector<std::pair<std::size_t, std::size_t>>& scalars) {
  std::size_t next_scalar = 0;
  for (std::size_t line = 0; line < text.size();) {
    while (next_scalar < scalars.size() && scalars[next_scalar].second <= line) ++next_scalar;
    const bool in_scalar = next_scalar < scalars.size() && scalars[next_scalar].first < line;
    const std::size_t first = std::min(text.find_first_not_of(" \t", line), text.size());
    const std::size_t tab = text.substr(line, first - line).find('\t');
    const bool has_text = first < text.size() && text[first] != '\n' && text[first] != '\r' && text[first] != '#';
    if (!in_scalar && has_text && tab != std::string_view::npos) return line + tab;
    const std::size_t end = text.find('\n', first);
    if (end == std::string_view::npos) break;
    line = end + 1;
  }
  return std::nullopt;
}

void report_tab(FileId file, std::size_t at, Diagnostics& out) {
  const auto begin = static_cast<std::uint32_t>(at);
  out.add(codes::tab_indentation, {file, begin, begin + 1}, "a tab is used for indentation")
      .note("YAML takes only spaces there");
}

void report_syntax(std::string_view text, std::size_t skipped, FileId file, const YAML::ParserException& fault,
                   Diagnostics& out) {
  const std::size_t at =
      fault.mark.pos < 0 ? 0 : std::min<std::size_t>(static_cast<std::size_t>(fault.mark.pos) + skipped, text.size());
  const std::size_t line = text.find_last_of('\n', at == 0 ? 0 : at - 1);
  const std::size_t line_start = line == std::string_view::npos || at == 0 ? 0 : line + 1;
  const std::size_t tab = text.find('\t', line_start);
  if (tab < std::min(text.find_first_not_of(" \t", line_start), text.size())) {
    report_tab(file, tab, out);
    return;
  }
  std::string message = fault.msg;
  if (!message.empty()) message.front() = to_lower(message.front());
  while (!message.empty() && (message.back() == '.' || message.back() == '\n')) message.pop_back();
  const auto begin = static_cast<std::uint32_t>(at);
  const auto end = static_cast<std::uint32_t>(std::min(at + 1, text.size()));
  out.add(codes::yaml_syntax, {file, begin, end}, "not YAML: {}", message);
}

/// yaml-cpp does not see that a tagged text goes on when the tag begins its line or its item of a list:
///
///     Description:
///       !Sub two lines        ->         two lines
///       of text                        of text
///
/// Such tags are taken out of the text, every other byte staying where it is, and put back into the tree. Nothing:
/// there are none.
std::optional<HiddenTags> hide_tags(std::string_view text) {
  HiddenTags hidden{std::string(text), {}};
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    std::size_t at = std::min(text.find_first_not_of(' ', line), end);
    while (at + 1 < end && text[at] == '-' && text[at + 1] == ' ')
      at = std::min(text.find_first_not_of(' ', at + 1), end);
    const std::size_t tag_end = std::min(text.find_first_of(" \r\n", at), end);
    const std::size_t scalar = std::min(text.find_first_not_of(' ', tag_end), end);
    const bool is_tag = tag_end > at + 1 && text[at] == '!';
    if (is_tag && scalar < end && std::string_view("\r[{&*!#").find(text[scalar]) == std::string_view::npos) {
      std::fill_n(hidden.text.begin() + static_cast<std::ptrdiff_t>(at), tag_end - at, ' ');
      hidden.tags.emplace(scalar, std::pair(at, tag_end));
    }
    line = end + 1;
  }
  return hidden.tags.empty() ? std::nullopt : std::optional(std::move(hidden));
}

/// What yaml-cpp reads is the text, or the one with hidden tags.
std::optional<Node> build_tree(std::string_view text, const HiddenTags* hidden, FileId file, const Limits& limits,
                               Diagnostics& out) {
  const std::size_t skipped = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  TreeBuilder builder(text, skipped, hidden, file, limits, out);
  try {
    TextStream buffer((hidden == nullptr ? text : std::string_view(hidden->text)).substr(skipped));
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::DeepRecursion& fault) {
    const auto at = static_cast<std::uint32_t>(skipped + static_cast<std::size_t>(std::max(0, fault.mark.pos)));
    out.add(codes::nested_too_deeply, {file, at, at + 1}, "nested too deeply");
    return std::nullopt;
  } catch (const YAML::ParserException& fault) {
    report_syntax(text, skipped, file, fault, out);
    return std::nullopt;
  }
  if (limits.dialect == Dialect::spec)
    if (const auto tab = find_indenting_tab(text, builder.scalars())) report_tab(file, *tab, out);
  Node root = builder.take_root();
  if (root.span.is_nowhere()) root.span = {file, 0, 0};  // an empty document
  return root;
}

}  // namespace

std::optional<Node> read_yaml(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out) {
  const std::string_view text = sources.text(file);
  if (text.size() > limits.bytes) {
    out.add(codes::too_large, {file, 0, 0}, "the file has more than {} bytes", limits.bytes);
    return std::nullopt;
  }
  if (!check_text(text, file, out)) return std::nullopt;
  Diagnostics found;
  std::optional<Node> root = build_tree(text, nullptr, file, limits, found);
  if (!root && limits.dialect == Dialect::template_language) {
    if (const std::optional<HiddenTags> hidden = hide_tags(text)) {
      Diagnostics found_then;
      root = build_tree(text, &*hidden, file, limits, found_then);
      if (root) found = std::move(found_then);
    }
  }
  if (found.has_errors()) root.reset();
  out.append(std::move(found));
  return root;
}

}  // namespace secretwatch::doc
