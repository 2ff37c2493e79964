/// Values as `terraform console` writes them.
#include <string>

#include "hcl/value.h"

namespace secretwatch::hcl {
namespace {

class ValuePrinter {
 public:
  std::string text;

  void print(const Value& value, std::size_t indentation) {
    if (value.is_null()) {
      text += "null";
    } else if (value.boolean() != nullptr) {
      text += *value.boolean() ? "true" : "false";
    } else if (value.number() != nullptr) {
      text += value.number()->print();
    } else if (value.text() != nullptr) {
      string(*value.text());
    } else if (value.reference() != nullptr) {
      text += "<" + hcl::print(*value.reference()) + ">";
    } else if (value.unknown() != nullptr) {
      text += (value.unknown()->is_fault ? "<fault: " : "<unknown: ") + value.unknown()->reason + ">";
    } else if (value.sequence() != nullptr) {
      sequence(*value.sequence(), indentation);
    } else if (value.mapping() != nullptr) {
      mapping(*value.mapping(), indentation);
    } else {
      const Choice& choice = *value.choice();
      text += "<if " + (choice.condition->term.empty() ? choice.condition->reason : choice.condition->term) + ": ";
      print(choice.then, indentation);
      text += ", else: ";
      print(choice.otherwise, indentation);
      text += ">";
    }
  }

 private:
  void quoted(std::string_view literal) {
    text += '"';
    append_escaped(literal);
    text += '"';
  }

  void append_escaped(std::string_view literal) {
    for (const char c : literal) {
      if (std::string_view("\"\\\n\r\t").find(c) != std::string_view::npos) text += '\\';
      text += c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c;
    }
  }

  void string(const Text& of) {
    text += '"';
    for (const TextPart& part : of.parts) {
      if (const auto* literal = std::get_if<std::string>(&part)) {
        append_escaped(*literal);
      } else if (const auto* reference = std::get_if<Reference>(&part)) {
        text += "<" + hcl::print(*reference) + ">";
      } else {
        text += "<unknown: " + std::get<Unknown>(part).reason + ">";
      }
    }
    text += '"';
  }

  void line(std::size_t indentation) {
    text += '\n';
    text.append(indentation, ' ');
  }

  void sequence(const Sequence& of, std::size_t indentation) {
    static constexpr std::string_view openers[] = {"[", "tolist([", "toset(["};
    text += openers[static_cast<std::size_t>(of.kind)];
    for (const Value& item : of.items) {
      line(indentation + 2);
      print(item, indentation + 2);
      text += ',';
    }
    if (of.rest != nullptr) {
      line(indentation + 2);
      text += "<more: " + of.rest->reason + ">";
    }
    if (!of.items.empty() || of.rest != nullptr) line(indentation);
    text += of.kind == Sequence::Kind::tuple ? "]" : "])";
  }

  void mapping(const Mapping& of, std::size_t indentation) {
    text += of.kind == Mapping::Kind::map ? "tomap({" : "{";
    for (const auto& [key, item] : of.entries) {
      line(indentation + 2);
      quoted(key);
      text += " = ";
      print(item, indentation + 2);
    }
    if (of.rest != nullptr) {
      line(indentation + 2);
      text += "<more: " + of.rest->reason + ">";
    }
    if (!of.entries.empty() || of.rest != nullptr) line(indentation);
    text += of.kind == Mapping::Kind::map ? "})" : "}";
  }
};

}  // namespace

std::string print(const Value& value) {
  ValuePrinter printer;
  printer.print(value, 0);
  return std::move(printer.text);
}

}  // namespace secretwatch::hcl
