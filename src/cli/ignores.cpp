#include "cli/ignores.h"

#include <algorithm>

#include "load/load.h"

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

constexpr std::string_view keyword = "secretwatch:ignore";

/// Ignores of one file of a module.
class ModuleIgnores {
 public:
  ModuleIgnores(const Sources& sources, const Modules& modules, const load::ModuleFolder& folder)
      : sources_(sources), modules_(modules), folder_(folder) {}

  void read(const load::ModuleFile& file) {
    const std::string& text = sources_.text(file.file);
    if (!file.syntax || text.find(keyword) == std::string::npos) return;
    if (file.name.ends_with(".json")) return read_json(file);
    for (const hcl::Comment& comment : file.syntax->comments) {
      const std::size_t line = text.rfind('\n', comment.span.begin) + 1;  // 0 of npos
      const bool own_line = text.find_first_not_of(" \t", line) == comment.span.begin;
      std::optional<lint::Ignore> ignore = lint::read_ignore_comment(sources_, comment.span, own_line);
      if (!ignore) continue;
      const std::size_t end = text.find('\n', ignore->covers.begin);
      if (const hcl::Block* const block = block_on_line(file.syntax->body, ignore->covers.begin, end)) {
        ignore->covers.end = std::max(ignore->covers.end, block->span.end);
        if (block->type == "module" && block->labels.size() == 1) cover_call(*block, *ignore);
      }
      all_.push_back(std::move(*ignore));
    }
  }

  std::vector<lint::Ignore> take() { return std::move(all_); }

 private:
  static const hcl::Block* block_on_line(const hcl::Body& body, std::size_t begin, std::size_t end) {
    for (const hcl::Block& block : body.blocks) {
      if (block.span.end <= begin) continue;
      if (block.header.begin >= end) return nullptr;
      if (block.header.begin >= begin) return &block;
      return block_on_line(block.body, begin, end);
    }
    return nullptr;
  }

  /// The findings of what a call makes lie in other files.
  void cover_call(const hcl::Block& call, lint::Ignore& ignore) {
    const hcl::Attribute* const source = call.body.find("source");
    const std::string text = source == nullptr ? "" : load::literal_of(source->value).value_or("");
    const auto installed = folder_.modules.find(call.labels[0].text);
    std::string path;
    if (load::is_local_source(text))
      path = load::path_of_source(folder_.path, text);
    else if (installed != folder_.modules.end())
      path = installed->second;
    ignore.through = "module." + call.labels[0].text;
    for (const load::ModuleFolder* const reached : modules_.reach(path))
      for (const load::ModuleFile& file : reached->files) ignore.files.push_back(file.file);
  }

  void read_json(const load::ModuleFile& file) {
    Diagnostics told_before;
    const std::optional<doc::Node> root = doc::read_json(sources_, file.file, load::template_limits, told_before);
    if (!root) return;
    walk(*root, {file.file, 0, static_cast<std::uint32_t>(sources_.text(file.file).size() + 1)});
    for (const hcl::Block& block : file.syntax->body.blocks) {
      if (block.type != "module" || block.labels.size() != 1) continue;
      for (lint::Ignore& ignore : all_)
        if (ignore.covers.file == file.file && ignore.covers.begin == block.header.begin) cover_call(block, ignore);
    }
  }

  void walk(const doc::Node& node, const Span& covers) {
    for (const doc::Node& item : node.items) walk(item, item.span);
    for (const doc::Entry& entry : node.entries) {
      if (entry.key.text != "//") {
        walk(entry.value, {entry.key.span.file, entry.key.span.begin, entry.value.span.end});
      } else if (entry.value.kind == doc::Kind::sequence) {
        for (const doc::Node& item : entry.value.items) add(item, covers);
      } else {
        add(entry.value, covers);
      }
    }
  }

  void add(const doc::Node& node, const Span& covers) {
    const std::size_t at = node.text.find(keyword);
    if (node.kind != doc::Kind::scalar || at == std::string::npos) return;
    std::string_view text = std::string_view(node.text).substr(at + keyword.size());
    if (text.starts_with(":")) text.remove_prefix(1);
    lint::Ignore ignore = lint::read_ignore(text);
    ignore.span = node.span;
    ignore.covers = covers;
    all_.push_back(std::move(ignore));
  }

  const Sources& sources_;
  const Modules& modules_;
  const load::ModuleFolder& folder_;
  std::vector<lint::Ignore> all_;
};

}  // namespace

std::vector<lint::Ignore> ignores_of(const Sources& sources, const Modules& modules, const load::ModuleFolder& folder) {
  ModuleIgnores ignores(sources, modules, folder);
  for (const load::ModuleFile& file : folder.files) ignores.read(file);
  return ignores.take();
}

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
