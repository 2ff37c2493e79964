#include "cli/inputs.h"

#include <set>
#include <string_view>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/spec_file.h"
#include "cli/walk.h"

namespace secretwatch::cli {
namespace {

using load::Format;

/// Enough to see what a text file is.
constexpr std::size_t head_bytes = 65'536;

bool has_template_name(std::string_view path) {
  const std::string name = lower_case(path);
  for (const std::string_view ending : {".yaml", ".yml", ".json", ".template", ".tf", ".cfn"})
    if (name.ends_with(ending)) return true;
  return false;
}

bool is_binary(std::string_view text) {
  return text.substr(0, head_bytes).find('\0') != std::string_view::npos;
}

/// A manual shows lines of templates, and so does the code of a test: what only looks like one does not read as one.
bool reads_well(const std::string& text) {
  Sources sources;
  Diagnostics out;
  return doc::read(sources, sources.add("", text), load::template_limits, out).has_value() && !out.has_errors();
}

bool is_written_by_hand(Format format) {
  return format == Format::cloudformation || format == Format::spec;
}

std::size_t limit_of(Format format) {
  return format == Format::plan_json ? load::plan_limits.bytes : load::template_limits.bytes;
}

class Reader {
 public:
  Reader(Inputs& inputs, Io& io) : inputs_(inputs), io_(io) {}

  void read(const FoundFile& found) {
    const bool is_stdin = found.path == "-" && found.is_named;
    const std::string name = is_stdin ? "<stdin>" : found.path;
    FileText text = is_stdin ? read_standard_input(io_.in, load::plan_limits.bytes) : read_as_far_as_needed(found);
    if (!text) return report(name, found, text.problem);
    const Format format = load::detect(name, text.text);
    const bool is_odd = is_written_by_hand(format) && (!has_template_name(name) || load::is_for_a_tool(text.text));
    if (!found.is_named && (format == Format::other || (is_odd && !reads_well(text.text)))) {
      ++inputs_.skipped;
      return;
    }
    if (text.text.size() > limit_of(format))
      return report(name, found, fmt::format("it has more than {} bytes", limit_of(format)));
    if (text.text.starts_with(byte_order_mark)) text.text.erase(0, byte_order_mark.size());
    inputs_.all.push_back({inputs_.sources.add(name, std::move(text.text)), format, found.is_named, false, {}, {}});
  }

  void report(const UnreadableFolder& folder) {
    add(folder.path, fmt::format("folder '{}' cannot be read: {}", folder.path, folder.problem));
  }

 private:
  /// A file of a folder that has nothing to do with us is read no further than its head.
  FileText read_as_far_as_needed(const FoundFile& found) {
    if (!found.is_named) {
      FileText head = io_.files.read(found.path, head_bytes);
      if (!head || head.text.size() <= head_bytes) return head;
      const bool is_ours = has_template_name(found.path) || load::detect(found.path, head.text) != Format::other;
      if (is_binary(head.text) || !is_ours) return FileText{};
    }
    FileText text = io_.files.read(found.path, load::template_limits.bytes);
    if (!text || text.text.size() <= load::template_limits.bytes) return text;
    return load::detect(found.path, text.text) == Format::plan_json
               ? io_.files.read(found.path, load::plan_limits.bytes)
               : text;
  }

  /// What in a folder may not be opened is a fault only if it looks like ours.
  void report(const std::string& name, const FoundFile& found, const std::string& problem) {
    if (!found.is_named && !has_template_name(name)) {
      ++inputs_.skipped;
      return;
    }
    add(name, fmt::format("'{}' cannot be read: {}", name, problem));
  }
  void add(const std::string& name, const std::string& message) {
    inputs_.unreadable.add(codes::unreadable, {inputs_.sources.add(name, ""), 0, 0}, "{}", message);
  }

  Inputs& inputs_;
  Io& io_;
};

/// The templates of assemblies are deployed where their manifests say.
class Assemblies {
 public:
  Assemblies(Inputs& inputs, Reader& reader, Files& files) : inputs_(inputs), reader_(reader), files_(files) {
    for (const Input& input : inputs.all) known_.insert(inputs.sources.name(input.file));
  }

  /// What a manifest names and the walk did not find is read and, if it is a manifest, looked into as well.
  void place() {
    for (std::size_t i = 0; i < inputs_.all.size(); ++i)  // NOLINT: looking into one may add others
      if (inputs_.all[i].format == Format::assembly) look_into(inputs_.all[i].file);
  }

 private:
  void look_into(FileId manifest) {
    const std::string folder = folder_of(inputs_.sources.name(manifest));
    const std::optional<doc::Node> root =
        doc::read(inputs_.sources, manifest, load::template_limits, inputs_.unreadable);
    const std::optional<load::Assembly> assembly = root ? load::read_assembly(*root, inputs_.unreadable) : std::nullopt;
    if (!assembly) return;
    for (const std::string& nested : assembly->nested) add(tidy(join(join(folder, nested), "manifest.json")));
    for (const load::AssemblyStack& stack : assembly->stacks) {
      const std::string path = tidy(join(folder, stack.template_file));
      add(path);
      for (std::size_t i = 0; i < inputs_.all.size(); ++i) {  // NOLINT: nested templates come behind
        if (inputs_.sources.name(inputs_.all[i].file) != path) continue;
        inputs_.all[i].place = {stack.parameters, stack.region, stack.account};
        inputs_.all[i].is_generated = true;
        add_nested(folder, inputs_.sources.text(inputs_.all[i].file));
      }
    }
  }

  /// The templates that one nests lie beside it; no manifest names them.
  void add_nested(const std::string& folder, std::string_view text) {
    constexpr std::string_view ending = ".nested.template.json\"";
    for (std::size_t at = text.find(ending); at != std::string_view::npos; at = text.find(ending, at + 1)) {
      const std::size_t quote = text.rfind('"', at);
      if (quote == std::string_view::npos) continue;
      const std::string name(text.substr(quote + 1, at + ending.size() - 2 - quote));
      const std::string path = tidy(join(folder, name));
      const bool is_beside = name.find('/') == std::string::npos && name.find('\\') == std::string::npos;
      if (!is_beside || known_.contains(path) || !files_.exists(path)) continue;
      add(path);
      add_nested(folder, inputs_.sources.text(inputs_.all.back().file));
    }
  }

  void add(const std::string& path) {
    if (known_.insert(path).second) reader_.read({path, true});
  }

  Inputs& inputs_;
  Reader& reader_;
  Files& files_;
  std::set<std::string> known_;
};

}  // namespace

namespace {

void read_modules(ModuleReader& reader, Inputs& inputs) {
  inputs.modules = reader.read(inputs.unreadable);
  inputs.skipped += reader.left_over();
  for (const std::string& root : inputs.modules.roots) {
    const load::ModuleFile& first = inputs.modules.at(root).files.front();
    const bool is_json = first.name.ends_with(".json");
    inputs.all.push_back({first.file, is_json ? Format::terraform_json : Format::terraform, true, false, {}, root});
  }
}

}  // namespace

Inputs read_inputs(const std::vector<std::string>& paths, Io& io, Crew& crew) {
  Inputs inputs;
  const Walk found = walk(paths, io.files);
  inputs.links = found.links;
  Reader reader(inputs, io);
  ModuleReader modules(inputs.sources, io, crew);
  for (const std::string& path : paths)
    if (io.files.is_folder(tidy(path))) modules.add_named_folder(tidy(path));
  for (const UnreadableFolder& folder : found.unreadable) reader.report(folder);
  for (const FoundFile& file : found.files) {
    if (ModuleReader::takes(file.path))
      modules.add_file(file);
    else
      reader.read(file);
  }
  Assemblies(inputs, reader, io.files).place();
  read_modules(modules, inputs);
  return inputs;
}

}  // namespace secretwatch::cli
