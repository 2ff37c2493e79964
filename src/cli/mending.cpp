#include "cli/mending.h"

#include <limits>

#include "cli/difference.h"
#include "doc/doc.h"
#include "doc/text_check.h"
#include "fix/fix.h"
#include "hcl/hcl.h"
#include "load/load.h"

namespace secretwatch::cli {
namespace {

constexpr std::size_t any_size = std::numeric_limits<std::uint32_t>::max() - 1;

/// The new text reads as the old one does, but for what the edits touched.
bool reads_as_meant(const Sources& sources, FileId file, const fix::Mended& mended) {
  Sources texts;
  Diagnostics faults;
  const FileId before = texts.add(sources.name(file), sources.text(file));
  const FileId after = texts.add(sources.name(file), mended.text);
  if (sources.name(file).ends_with(".tf")) {
    const std::optional<hcl::File> old_file = hcl::parse(texts, before, {}, faults);
    const std::optional<hcl::File> new_file = hcl::parse(texts, after, {}, faults);
    return old_file && new_file && fix::differ_only_in(mended.edits, old_file->body, new_file->body);
  }
  const std::optional<doc::Node> old_root = doc::read(texts, before, load::template_limits, faults);
  const std::optional<doc::Node> new_root = doc::read(texts, after, load::template_limits, faults);
  return old_root && new_root && fix::differ_only_in(mended.edits, *old_root, *new_root);
}

}  // namespace

FileText Mending::Overlay::read(const std::string& path, std::size_t most) {
  const auto found = texts.find(path);
  if (found == texts.end()) return disk_.read(path, most);
  return {found->second.substr(0, most + 1), {}};
}

bool Mending::apply(const Sources& sources, const std::vector<lint::Finding>& findings) {
  constexpr int most_rounds = 10;
  if (++rounds_ > most_rounds) return false;
  std::map<FileId, std::vector<const lint::Fix*>> by_file;
  for (const lint::Finding& finding : findings)
    if (finding.fix && !finding.fix->edits.empty() && !finding.suppressed)
      by_file[finding.fix->edits.front().span.file].push_back(&*finding.fix);
  bool is_changed = false;
  for (const auto& [file, fixes] : by_file) is_changed = apply(sources, file, fixes) || is_changed;
  return is_changed;
}

bool Mending::apply(const Sources& sources, FileId file, const std::vector<const lint::Fix*>& fixes) {
  const std::string& name = sources.name(file);
  if (left_alone_.contains(name)) return false;
  const FileText raw = mended_.read(name, any_size);
  const std::string mark(raw.text.starts_with(doc::byte_order_mark) ? doc::byte_order_mark : "");
  // What was judged is what stands there.
  if (!raw || raw.text.substr(mark.size()) != sources.text(file)) return false;
  fix::Mended mended = fix::mend(file, sources.text(file), fixes);
  if (mended.fixes == 0 || mended.text == sources.text(file)) return false;
  if (!reads_as_meant(sources, file, mended)) {
    left_alone_.insert(name);
    return false;
  }
  originals_.try_emplace(name, raw.text);
  mended_.texts[name] = mark + mended.text;
  fixes_ += mended.fixes;
  return true;
}

std::string Mending::difference() const {
  std::string all;
  for (const auto& [path, text] : mended_.texts) all += unified_difference(path, originals_.at(path), text);
  return all;
}

std::string Mending::write() {
  std::vector<emit::OutputFile> files;
  for (const auto& [path, text] : mended_.texts) files.push_back({path, text});
  return files.empty() ? std::string() : disk_.write(files);
}

}  // namespace secretwatch::cli
