/// The tree as text: one spelling for each tree, so that what parses equal prints equal.
#include <string>

#include "hcl/hcl.h"

namespace secretwatch::hcl {
namespace {

void append_quoted(std::string& out, std::string_view text, bool before_sequence) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_mark = c == '$' || c == '%';
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (is_mark && i + 1 < text.size() && text[i + 1] == '{') {
      out += c;
      out += c;
    } else if (is_mark && i + 1 == text.size() && before_sequence) {
      out += c == '$' ? "\\u0024" : "\\u0025";
    } else {
      out += c;
    }
  }
}

std::string_view symbol(BinaryOperator op) {
  static constexpr std::string_view symbols[] = {"||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"};
  return symbols[static_cast<std::size_t>(op)];
}

class Printer {
 public:
  std::string text;

  void expression(const Expression& expression) { std::visit(*this, expression.body); }

  void operator()(const NullLiteral&) { text += "null"; }
  void operator()(const BooleanLiteral& literal) { text += literal.value ? "true" : "false"; }
  void operator()(const NumberLiteral& literal) { text += literal.text; }
  void operator()(const Variable& variable) { text += variable.name; }
  void operator()(const Template& string) {
    text += '"';
    parts(string.parts);
    text += '"';
  }
  void operator()(const Access& access) {
    expression(*access.source);
    for (const Step& step : access.steps) {
      switch (step.kind) {
        case Step::Kind::attribute:
          text += "." + step.name;
          break;
        case Step::Kind::index:
          text += '[';
          expression(*step.index);
          text += ']';
          break;
        case Step::Kind::legacy_index:
          text += '.';
          expression(*step.index);
          break;
        case Step::Kind::splat:
          text += "[*]";
          break;
        case Step::Kind::attribute_splat:
          text += ".*";
          break;
      }
    }
  }
  void operator()(const Tuple& tuple) {
    text += '[';
    list(tuple.items);
    text += ']';
  }
  void operator()(const Object& object) {
    text += '{';
    const char* separator = " ";
    for (const ObjectEntry& entry : object.entries) {
      text += separator;
      if (entry.key == nullptr)
        text += entry.name;
      else
        expression(*entry.key);
      text += " = ";
      expression(entry.value);
      separator = ", ";
    }
    text += object.entries.empty() ? "}" : " }";
  }
  void operator()(const For& loop) {
    text += loop.makes_object ? "{for " : "[for ";
    names(loop.key, loop.value);
    expression(*loop.collection);
    text += " : ";
    if (loop.result_key != nullptr) {
      expression(*loop.result_key);
      text += " => ";
    }
    expression(*loop.result);
    if (loop.groups) text += "...";
    if (loop.condition != nullptr) {
      text += " if ";
      expression(*loop.condition);
    }
    text += loop.makes_object ? '}' : ']';
  }
  void operator()(const Call& call) {
    text += call.name + "(";
    list(call.arguments);
    text += call.expands_last ? "...)" : ")";
  }
  void operator()(const Parenthesised& parenthesised) {
    text += '(';
    expression(*parenthesised.inner);
    text += ')';
  }
  void operator()(const Unary& unary) {
    text += unary.op == UnaryOperator::negate ? '-' : '!';
    expression(*unary.operand);
  }
  void operator()(const Binary& binary) {
    expression(*binary.left);
    text += ' ';
    text += symbol(binary.op);
    text += ' ';
    expression(*binary.right);
  }
  void operator()(const Conditional& conditional) {
    expression(*conditional.condition);
    text += " ? ";
    expression(*conditional.then);
    text += " : ";
    expression(*conditional.otherwise);
  }

  void body(const Body& body, std::size_t indentation) {
    const std::string margin(indentation, ' ');
    for (const Attribute& attribute : body.attributes) {
      text += margin + attribute.name + " = ";
      expression(attribute.value);
      text += '\n';
    }
    for (const Block& block : body.blocks) {
      text += margin + block.type;
      for (const Label& label : block.labels) text += " " + quote(label.text);
      text += " {\n";
      this->body(block.body, indentation + 2);
      text += margin + "}\n";
    }
  }

 private:
  void list(const std::vector<Expression>& expressions) {
    bool is_first = true;
    for (const Expression& item : expressions) {
      if (!is_first) text += ", ";
      is_first = false;
      expression(item);
    }
  }
  void names(const std::string& key, const std::string& value) {
    if (!key.empty()) text += key + ", ";
    text += value + " in ";
  }
  void parts(const std::vector<TemplatePart>& parts) {
    // An empty text beside an interpolation makes it a string; `~` on blanks is how to write one.
    bool strips = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto* literal = std::get_if<TemplateText>(&parts[i].body);
      if (literal == nullptr) {
        part(parts[i], strips);
      } else if (literal->text.empty()) {
        text += ' ';
      } else {
        append_quoted(text, literal->text, i + 1 < parts.size());
      }
      strips = literal != nullptr && literal->text.empty();
    }
  }
  void part(const TemplatePart& part, bool strips) {
    if (const auto* interpolation = std::get_if<Interpolation>(&part.body)) {
      text += strips ? "${~ " : "${";
      expression(*interpolation->expression);
      text += '}';
    } else if (const auto* choice = std::get_if<TemplateIf>(&part.body)) {
      text += "%{if ";
      expression(*choice->condition);
      text += '}';
      this->parts(choice->then);
      if (!choice->otherwise.empty()) {
        text += "%{else}";
        this->parts(choice->otherwise);
      }
      text += "%{endif}";
    } else if (const auto* loop = std::get_if<TemplateFor>(&part.body)) {
      text += "%{for ";
      names(loop->key, loop->value);
      expression(*loop->collection);
      text += '}';
      this->parts(loop->body);
      text += "%{endfor}";
    }
  }
};

}  // namespace

std::string quote(std::string_view text) {
  std::string result = "\"";
  append_quoted(result, text, false);
  return result + "\"";
}

std::string print(const Expression& expression) {
  Printer printer;
  printer.expression(expression);
  return std::move(printer.text);
}

std::string print(const Body& body) {
  Printer printer;
  printer.body(body, 0);
  return std::move(printer.text);
}

}  // namespace secretwatch::hcl
