#include "cli/ignores.h"

namespace secretwatch::cli {
namespace {

std::string text_of(const doc::Node& mapping, std::string_view key) {
  const doc::Node* const value = mapping.find(key);
  return value == nullptr ? std::string() : value->text;
}

lint::Ignore read_entry(const doc::Node& node) {
  if (node.kind == doc::Kind::scalar) return lint::read_ignore(node.text);
  std::string text = text_of(node, "rule");
  if (const std::string until = text_of(node, "until"); !until.empty()) text += " until " + until;
  if (const std::string reason = text_of(node, "reason"); !reason.empty()) text += " -- " + reason;
  return lint::read_ignore(text);
}

/// `Metadata: {secretwatch: {ignore: …}}` in a template or a resource.
void read_metadata(const doc::Node& holder, const Span& covers, std::vector<lint::Ignore>& ignores) {
  const doc::Node* node = &holder;
  for (const char* key : {"Metadata", "secretwatch", "ignore"}) {
    node = node->find(key);
    if (node == nullptr) return;
  }
  const auto add = [&](const doc::Node& entry) {
    lint::Ignore ignore = read_entry(entry);
    ignore.by = "metadata";
    ignore.span = entry.span;
    ignore.covers = covers;
    ignores.push_back(std::move(ignore));
  };
  if (node->kind != doc::Kind::sequence) return add(*node);
  for (const doc::Node& entry : node->items) add(entry);
}

}  // namespace

std::vector<lint::Ignore> ignores_of(const Sources& sources, FileId file, const doc::Node& root) {
  std::vector<lint::Ignore> ignores;
  const std::string& text = sources.text(file);
  // Most files ask for nothing.
  if (text.find("secretwatch") == std::string::npos) return ignores;
  for (const doc::Comment& comment : doc::comments_of(sources, file, root))
    if (std::optional<lint::Ignore> ignore = lint::read_ignore_comment(sources, comment.span, comment.own_line))
      ignores.push_back(std::move(*ignore));
  read_metadata(root, {file, 0, static_cast<std::uint32_t>(text.size() + 1)}, ignores);
  if (const doc::Node* const resources = root.find("Resources"))
    for (const doc::Entry& resource : resources->entries)
      read_metadata(resource.value, {file, resource.key.span.begin, resource.value.span.end}, ignores);
  return ignores;
}

}  // namespace secretwatch::cli
