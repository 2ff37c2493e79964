#include "load/terraform_json.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "hcl/hcl.h"
#include "load/load.h"

namespace secretwatch::load {
namespace {

/// How the strings of a value are read.
enum class Strings { literal, templates, expressions };

/// As in HCL.
constexpr std::size_t deepest = hcl::Limits{}.nesting;

struct BlockShape {
  std::string_view type;
  std::size_t labels;
};
/// Blocks that say nothing of what will be there (moved, check, …) are left out.
constexpr std::array<BlockShape, 9> shapes{{{"resource", 2},
                                            {"data", 2},
                                            {"ephemeral", 2},
                                            {"module", 1},
                                            {"variable", 1},
                                            {"output", 1},
                                            {"provider", 1},
                                            {"locals", 0},
                                            {"terraform", 0}}};

class Converter {
 public:
  explicit Converter(Diagnostics& out) : out_(out), errors_before_(out.error_count()) {}

  hcl::File file(const doc::Node& root) {
    hcl::File file;
    file.body.span = root.span;
    if (root.kind != doc::Kind::mapping) {
      out_.add(codes::bad_terraform_json, root.span, "Terraform JSON is an object");
      return file;
    }
    for (const doc::Entry& entry : root.entries) {
      const auto* const shape = std::find_if(shapes.begin(), shapes.end(),
                                             [&](const BlockShape& known) { return known.type == entry.key.text; });
      if (shape != shapes.end()) add_blocks(entry.key, entry.value, shape->labels, {}, file.body.blocks);
    }
    return file;
  }

  hcl::Expression expression(const doc::Node& node, Strings strings, std::size_t depth = 0) {
    hcl::Expression result;
    result.span = node.span;
    if (depth > deepest) {
      if (!is_too_deep_) out_.add(codes::bad_terraform_json, node.span, "nested too deeply");
      is_too_deep_ = true;
      return result;
    }
    if (node.kind == doc::Kind::scalar) return scalar(node, strings);
    if (node.kind == doc::Kind::sequence) {
      hcl::Tuple tuple;
      for (const doc::Node& item : node.items) {
        tuple.items.push_back(expression(item, strings, depth + 1));
        result.height = std::max(result.height, tuple.items.back().height + 1);
      }
      result.body = std::move(tuple);
    } else if (node.kind == doc::Kind::mapping) {
      hcl::Object object;
      for (const doc::Entry& entry : node.entries) {
        object.entries.push_back(object_entry(entry, strings, depth));
        result.height = std::max(result.height, object.entries.back().value.height + 1);
      }
      result.body = std::move(object);
    }
    return result;
  }

  bool is_good() const { return out_.error_count() == errors_before_; }

 private:
  static bool has_template(std::string_view text) {
    return text.find("${") != std::string_view::npos || text.find("%{") != std::string_view::npos;
  }

  /// Inside of the quotes.
  static Span inside(const doc::Node& node) {
    const bool is_quoted = node.style == doc::Style::quoted && node.span.end >= node.span.begin + 2;
    return is_quoted ? Span{node.span.file, node.span.begin + 1, node.span.end - 1} : node.span;
  }

  static hcl::Expression literal_text(const doc::Node& node) {
    hcl::Template text{hcl::Template::Form::bare, {}};
    text.parts.push_back({node.span, hcl::TemplateText{node.text}});
    return {node.span, 1, std::move(text)};
  }

  hcl::Expression scalar(const doc::Node& node, Strings strings) {
    if (node.style == doc::Style::plain) {
      if (node.text == "true" || node.text == "false") return {node.span, 1, hcl::BooleanLiteral{node.text == "true"}};
      return {node.span, 1, hcl::NumberLiteral{node.text}};
    }
    const bool has_marks = has_template(node.text);
    if (strings == Strings::literal || (strings == Strings::templates && !has_marks)) return literal_text(node);
    std::optional<hcl::Expression> parsed = has_marks ? hcl::parse_template(node.text, inside(node), {}, out_)
                                                      : hcl::parse_expression(node.text, inside(node), {}, out_);
    if (!parsed) return {node.span, 1, hcl::NullLiteral{}};
    parsed->span = node.span;
    return *std::move(parsed);
  }

  hcl::ObjectEntry object_entry(const doc::Entry& entry, Strings strings, std::size_t depth) {
    hcl::ObjectEntry result{entry.key.text, nullptr, entry.key.span, expression(entry.value, strings, depth + 1)};
    if (strings == Strings::templates && has_template(entry.key.text))
      result.key = std::make_unique<hcl::Expression>(scalar(entry.key, strings));
    return result;
  }

  static Strings strings_of(std::string_view block, std::string_view attribute) {
    if (attribute == "depends_on" || attribute == "provider" || attribute == "providers") return Strings::expressions;
    if (block == "variable") return attribute == "type" ? Strings::expressions : Strings::literal;
    if (block == "module" && (attribute == "source" || attribute == "version")) return Strings::literal;
    return Strings::templates;
  }

  /// Objects and lists of objects, until there are as many keys as the block has labels.
  void add_blocks(const doc::Node& type, const doc::Node& node, std::size_t labels, std::vector<hcl::Label> above,
                  std::vector<hcl::Block>& blocks) {
    if (node.kind == doc::Kind::null) return;
    if (node.kind == doc::Kind::sequence) {
      for (const doc::Node& item : node.items) {
        if (item.kind == doc::Kind::sequence)
          out_.add(codes::bad_terraform_json, item.span, "an object is expected here");
        else
          add_blocks(type, item, labels, above, blocks);
      }
      return;
    }
    if (node.kind != doc::Kind::mapping) {
      out_.add(codes::bad_terraform_json, node.span, "an object is expected here");
      return;
    }
    if (above.size() < labels) {
      for (const doc::Entry& entry : node.entries) {
        if (entry.key.text == "//") continue;
        std::vector<hcl::Label> longer = above;
        longer.push_back({entry.key.text, entry.key.span});
        add_blocks(type, entry.value, labels, std::move(longer), blocks);
      }
      return;
    }
    blocks.push_back(block(type, node, std::move(above)));
  }

  hcl::Block block(const doc::Node& type, const doc::Node& node, std::vector<hcl::Label> labels) {
    hcl::Block result;
    result.type = type.text;
    result.type_span = type.span;
    result.header = labels.empty() ? type.span : labels.back().span;
    result.span = {node.span.file, result.header.begin, node.span.end};
    result.labels = std::move(labels);
    result.body = body(type.text, node, 0);
    return result;
  }

  hcl::Body body(std::string_view block, const doc::Node& node, std::size_t depth) {
    hcl::Body result;
    result.span = node.span;
    std::map<std::string_view, std::size_t> known;
    for (const doc::Entry& entry : node.entries) {
      const std::string& name = entry.key.text;
      if (name == "//") continue;
      if (name == "dynamic" && (block == "resource" || block == "data" || block == "dynamic")) {
        add_dynamic(entry, depth, result.blocks);
        continue;
      }
      hcl::Attribute attribute{name, entry.key.span, expression(entry.value, strings_of(block, name)),
                               Span{entry.key.span.file, entry.key.span.begin, entry.value.span.end}};
      // Of a key that comes twice the last counts.
      if (const auto [before, is_new] = known.emplace(name, result.attributes.size()); is_new)
        result.attributes.push_back(std::move(attribute));
      else
        result.attributes[before->second] = std::move(attribute);
    }
    return result;
  }

  /// {"dynamic": {"statement": {"for_each": …, "content": {…}}}}
  void add_dynamic(const doc::Entry& entry, std::size_t depth, std::vector<hcl::Block>& blocks) {
    if (depth > deepest / 2) {
      out_.add(codes::bad_terraform_json, entry.value.span, "nested too deeply");
      return;
    }
    std::vector<hcl::Block> found;
    add_shells(entry.key, entry.value, {}, found, depth);
    std::move(found.begin(), found.end(), std::back_inserter(blocks));
  }

  void add_shells(const doc::Node& type, const doc::Node& node, const std::vector<hcl::Label>& labels,
                  std::vector<hcl::Block>& blocks, std::size_t depth) {
    if (node.kind == doc::Kind::sequence && depth <= deepest) {
      for (const doc::Node& item : node.items) add_shells(type, item, labels, blocks, depth + 1);
    } else if (labels.empty()) {
      for (const doc::Entry& entry : node.entries)
        if (entry.key.text != "//") add_shells(type, entry.value, {{entry.key.text, entry.key.span}}, blocks, depth);
    } else if (node.kind == doc::Kind::mapping) {
      blocks.push_back(dynamic_block(type, node, labels, depth));
    }
  }

  hcl::Block dynamic_block(const doc::Node& type, const doc::Node& node, const std::vector<hcl::Label>& labels,
                           std::size_t depth) {
    hcl::Block shell{"dynamic", type.span, labels, {}, labels.front().span, node.span};
    for (const doc::Entry& entry : node.entries) {
      if (entry.key.text != "content") {
        const Strings strings = entry.key.text == "iterator" ? Strings::expressions : Strings::templates;
        shell.body.attributes.push_back({entry.key.text, entry.key.span, expression(entry.value, strings), {}});
        continue;
      }
      const bool is_list = entry.value.kind == doc::Kind::sequence && entry.value.items.size() == 1;
      const doc::Node& content = is_list ? entry.value.items.front() : entry.value;
      shell.body.blocks.push_back(
          {"content", entry.key.span, {}, body("dynamic", content, depth + 1), entry.key.span, content.span});
    }
    return shell;
  }

  Diagnostics& out_;
  std::size_t errors_before_;
  bool is_too_deep_ = false;
};

}  // namespace

std::optional<hcl::File> read_terraform_json(const doc::Node& root, Diagnostics& out) {
  Converter converter(out);
  hcl::File file = converter.file(root);
  if (!converter.is_good()) return std::nullopt;
  return file;
}

std::optional<hcl::Expression> literal_expression(const doc::Node& node, Diagnostics& out) {
  Converter converter(out);
  hcl::Expression expression = converter.expression(node, Strings::literal);
  if (!converter.is_good()) return std::nullopt;
  return expression;
}

}  // namespace secretwatch::load
