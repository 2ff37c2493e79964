#include "emit/hcl_writer.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/source.h"
#include "base/text.h"

namespace secretwatch::emit::hcl {
namespace {

/// A literal inside quotes.
std::string escape(std::string_view literal) {
  std::string escaped;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    const char c = literal[i];
    const bool begins_template = (c == '$' || c == '%') && i + 1 < literal.size() && literal[i + 1] == '{';
    switch (c) {
      case '"':
        escaped += "\\\"";
        break;
      case '\\':
        escaped += "\\\\";
        break;
      case '\n':
        escaped += "\\n";
        break;
      case '\r':
        escaped += "\\r";
        break;
      case '\t':
        escaped += "\\t";
        break;
      default:
        if (begins_template) escaped += c;
        escaped += c;
    }
  }
  return escaped;
}

/// A literal in a JSON string that Terraform reads as a template.
std::string escape_template(std::string_view literal) {
  std::string escaped;
  for (std::size_t i = 0; i < literal.size(); ++i) {
    const char c = literal[i];
    if ((c == '$' || c == '%') && i + 1 < literal.size() && literal[i + 1] == '{') escaped += c;
    escaped += c;
  }
  return escaped;
}

std::string print_number(double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15)
    return fmt::format("{}", static_cast<std::int64_t>(number));
  return fmt::format("{}", number);
}

/// May the key of an object stand without quotes? `for` would begin a for expression.
bool is_plain_key(std::string_view key) {
  if (key.empty() || key == "for" || !(is_letter(key.front()) || key.front() == '_')) return false;
  return std::all_of(key.begin(), key.end(), [](char c) { return is_letter_or_digit(c) || c == '_' || c == '-'; });
}

class Printer {
 public:
  std::string print(const Body& file) {
    body(file, 0);
    return std::move(out_);
  }

  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return print_number(value); }
  std::string operator()(const Expression& value) const { return value.text; }
  std::string operator()(const Address& value) const { return value.text; }
  std::string operator()(const String& value) const {
    const bool lone_expression = value.parts.size() == 1 && std::holds_alternative<Expression>(value.parts.front());
    if (lone_expression) return std::get<Expression>(value.parts.front()).text;
    std::string text = "\"";
    for (const auto& part : value.parts) {
      const auto* const literal = std::get_if<std::string>(&part);
      text += literal != nullptr ? escape(*literal) : "${" + std::get<Expression>(part).text + "}";
    }
    return text + "\"";
  }
  std::string operator()(const List& value) const {
    std::vector<std::string> items;
    for (const Value& item : value) items.push_back(std::visit(*this, item.data));
    return fmt::format("[{}]", fmt::join(items, ", "));
  }
  std::string operator()(const Object& value) const {
    std::vector<std::string> items;
    for (const auto& [key, item] : value)
      items.push_back(fmt::format("{} = {}", print_key(key), std::visit(*this, item.data)));
    return items.empty() ? "{}" : fmt::format("{{ {} }}", fmt::join(items, ", "));
  }

 private:
  static constexpr std::size_t width = 118;

  static std::string print_key(const std::string& key) { return is_plain_key(key) ? key : "\"" + escape(key) + "\""; }

  /// Written over several lines: objects, and lists that are too long for one.
  bool is_tall(const std::string& name, const Value& value, std::size_t indentation) const {
    if (const auto* const object = std::get_if<Object>(&value.data)) return !object->empty();
    if (const auto* const list = std::get_if<List>(&value.data)) {
      const std::string line = std::visit(*this, value.data);
      return list->size() > 1 && indentation + name.size() + 3 + count_characters(line) > width;
    }
    return false;
  }

  void tall(const Value& value, std::size_t indentation) {
    const std::string indent(indentation, ' ');
    if (const auto* const object = std::get_if<Object>(&value.data)) {
      out_ += "{\n";
      std::vector<std::pair<std::string, const Value*>> entries;
      for (const auto& [key, item] : *object) entries.emplace_back(print_key(key), &item);
      aligned(entries, indentation + 2);
      out_ += indent + "}";
    } else {
      out_ += "[\n";
      for (const Value& item : std::get<List>(value.data)) out_ += indent + "  " + std::visit(*this, item.data) + ",\n";
      out_ += indent + "]";
    }
  }

  /// Neighbouring one-line attributes have their `=` in one column; one over several lines stands for itself.
  void aligned(const std::vector<std::pair<std::string, const Value*>>& entries, std::size_t indentation) {
    for (std::size_t i = 0; i < entries.size();) {
      std::size_t end = i;
      std::size_t longest = 0;
      while (end < entries.size() && !is_tall(entries[end].first, *entries[end].second, indentation)) {
        longest = std::max(longest, count_characters(entries[end].first));
        ++end;
      }
      for (; i < end; ++i) {
        const auto& [name, value] = entries[i];
        out_ += std::string(indentation, ' ') + name + std::string(longest - count_characters(name), ' ') + " = " +
                std::visit(*this, value->data) + "\n";
      }
      if (i < entries.size()) {
        out_ += std::string(indentation, ' ') + entries[i].first + " = ";
        tall(*entries[i].second, indentation);
        out_ += "\n";
        ++i;
      }
    }
  }

  void body(const Body& body, std::size_t indentation) {
    const std::vector<Body::Item>& items = body.items();
    for (std::size_t i = 0; i < items.size();) {
      std::vector<std::pair<std::string, const Value*>> entries;
      while (i < items.size() && std::holds_alternative<Body::Attribute>(items[i])) {
        const auto& attribute = std::get<Body::Attribute>(items[i++]);
        entries.emplace_back(attribute.name, &attribute.value);
      }
      aligned(entries, indentation);
      if (i == items.size()) break;
      if (const auto* const comment = std::get_if<Body::Comment>(&items[i])) {
        for (const std::string& line : comment->lines)
          out_ += std::string(indentation, ' ') + (line.empty() ? "#" : "# " + line) + "\n";
      } else if (std::holds_alternative<Body::BlankLine>(items[i])) {
        out_ += "\n";
      } else if (const auto* const block = std::get_if<std::size_t>(&items[i])) {
        print_block(body.block_at(*block), indentation);
      }
      ++i;
    }
  }

  void print_block(const Block& block, std::size_t indentation) {
    out_ += std::string(indentation, ' ') + block.type;
    for (const std::string& label : block.labels) out_ += " \"" + label + "\"";
    if (block.body.items().empty()) {
      out_ += " {}\n";
      return;
    }
    out_ += " {\n";
    body(block.body, indentation + 2);
    out_ += std::string(indentation, ' ') + "}\n";
  }

  std::string out_;
};

struct JsonPrinter {
  Json operator()(bool value) const { return value; }
  Json operator()(std::int64_t value) const { return value; }
  Json operator()(double value) const {
    if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
    return value;
  }
  Json operator()(const Expression& value) const { return "${" + value.text + "}"; }
  Json operator()(const Address& value) const { return value.text; }
  Json operator()(const String& value) const {
    std::string text;
    for (const auto& part : value.parts) {
      const auto* const literal = std::get_if<std::string>(&part);
      text += literal != nullptr ? escape_template(*literal) : "${" + std::get<Expression>(part).text + "}";
    }
    return text;
  }
  Json operator()(const List& value) const {
    Json all = Json::array();
    for (const Value& item : value) all.push_back(std::visit(*this, item.data));
    return all;
  }
  Json operator()(const Object& value) const {
    Json all = Json::object();
    for (const auto& [key, item] : value) all[escape_template(key)] = std::visit(*this, item.data);
    return all;
  }

  Json body(const Body& body) const {
    Json all = Json::object();
    for (const Body::Item& item : body.items()) {
      if (const auto* const attribute = std::get_if<Body::Attribute>(&item)) {
        all[attribute->name] = std::visit(*this, attribute->value.data);
      } else if (const auto* const index = std::get_if<std::size_t>(&item)) {
        const Block& block = body.block_at(*index);
        Json* place = &all[block.type];
        for (const std::string& label : block.labels) place = &(*place)[label];
        Json nested = this->body(block.body);
        if (place->is_null()) {
          *place = std::move(nested);
        } else {
          if (!place->is_array()) *place = Json::array({std::move(*place)});
          place->push_back(std::move(nested));
        }
      }
    }
    return all;
  }
};

}  // namespace

Value::Value(List value) : data(std::move(value)) {}
Value::Value(Object value) : data(std::move(value)) {}

void Body::set(std::string name, Value value) {
  items_.emplace_back(Attribute{std::move(name), std::move(value)});
}

Body& Body::block(std::string type, std::vector<std::string> labels) {
  blocks_.push_back({std::move(type), std::move(labels), {}});
  items_.emplace_back(blocks_.size() - 1);
  return blocks_.back().body;
}

void Body::comment(std::vector<std::string> lines) {
  items_.emplace_back(Comment{std::move(lines)});
}
void Body::append(Body other) {
  for (Item& item : other.items_) {
    if (auto* const index = std::get_if<std::size_t>(&item)) *index += blocks_.size();
    items_.push_back(std::move(item));
  }
  for (Block& block : other.blocks_) blocks_.push_back(std::move(block));
}
void Body::blank_line() {
  items_.emplace_back(BlankLine{});
}
const Block& Body::block_at(std::size_t index) const {
  return blocks_[index];
}

std::string print_hcl(const Body& file) {
  return Printer().print(file);
}

std::string print_value(const Value& value) {
  return std::visit(Printer(), value.data);
}

Json to_tf_json(const Body& file, const std::string& head) {
  Json document = Json::object();
  document["//"] = head;
  const Json printed = JsonPrinter().body(file);
  for (const auto& [key, value] : printed.items()) document[key] = value;
  return document;
}

}  // namespace secretwatch::emit::hcl
