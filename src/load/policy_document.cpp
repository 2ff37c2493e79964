#include "load/policy_document.h"

#include <algorithm>
#include <functional>

#include "load/values.h"
#include "load/words.h"

namespace secretwatch::load {
namespace {

using Form = Word::Form;
using Kind = Item::Kind;

constexpr Word statement_words[] = {{"sid", "Sid", Form::same, {}, {}, ""},
                                    {"effect", "Effect", Form::same, {}, "Allow"},
                                    {"actions", "Action"},
                                    {"not_actions", "NotAction"},
                                    {"resources", "Resource"},
                                    {"not_resources", "NotResource"}};

/// Blocks that may be there or not, before what they come to is not worked out any more.
constexpr std::size_t most_optional_blocks = 6;

using Extend = Item (*)(const Item& object, const Item& block);

/// In each branch of what is there already.
Item extended(const Item& object, const Item& block, Extend extend) {
  if (!object.is(Kind::choice)) return object.is(Kind::unknown) ? object : extend(object, block);
  return choice_item(object.condition, extended(object.items[0], block, extend),
                     extended(object.items[1], block, extend), object.span);
}

/// Blocks of one type as one object; absent: there are none.
Item gathered(const Item& blocks, Extend extend) {
  Item all = absent_item(blocks.span);
  std::size_t optional_blocks = 0;
  const std::function<void(const Item&)> add = [&](const Item& block) {
    if (block.is(Kind::absent)) return;
    if (block.is(Kind::list)) {
      std::for_each(block.items.begin(), block.items.end(), add);
    } else if (!block.is(Kind::choice)) {
      all = extended(all, block, extend);
    } else if (++optional_blocks > most_optional_blocks) {
      all = unknown_item("depends on too many conditions", block.span);
    } else {
      const Item before = all;
      add(block.items[0]);
      Item then = std::move(all);
      all = before;
      add(block.items[1]);
      all = choice_item(block.condition, std::move(then), std::move(all), block.span);
    }
  };
  add(blocks);
  return all;
}

Field& field_named(Item& object, const std::string& name, const Span& at) {
  for (Field& field : object.fields)
    if (field.name == name) return field;
  object.fields.push_back({name, at, list_item({}, at)});
  return object.fields.back();
}

Item started(const Item& object, const Item& block) {
  return object.is(Kind::absent) ? object_item({}, block.span) : object;
}

/// {type, identifiers} → {type: identifiers}, or "*".
Item with_principal(const Item& object, const Item& block) {
  const std::optional<std::string> type = field_of(block, "type").literal();
  if (!type) return unknown_item("the type of a principal is not known", block.span);
  if (*type == "*" || object.literal() == "*") return text_item("*", block.span);
  Item all = started(object, block);
  field_named(all, *type, block.span).value.items.push_back(field_of(block, "identifiers"));
  return all;
}

/// {test, variable, values} → {test: {variable: values}}
Item with_condition(const Item& object, const Item& block) {
  const std::optional<std::string> test = field_of(block, "test").literal();
  const std::optional<std::string> variable = field_of(block, "variable").literal();
  if (!test || !variable) return unknown_item("a condition of the statement is not known", block.span);
  Item all = started(object, block);
  Item& tests = field_named(all, *test, block.span).value;
  if (tests.is(Kind::list)) tests = object_item({}, block.span);
  field_named(tests, *variable, block.span).value.items.push_back(field_of(block, "values"));
  return all;
}

/// &{aws:username} stands for ${aws:username}, which Terraform would read itself.
void name_policy_variables(Item& item) {
  stack::Text text;
  for (const stack::Part& part : item.text.parts()) {
    const auto* const literal = std::get_if<std::string>(&part);
    if (literal == nullptr) {
      text.append(part);
      continue;
    }
    std::string replaced = *literal;
    for (std::size_t at = replaced.find("&{"); at != std::string::npos; at = replaced.find("&{", at))
      replaced[at] = '$';
    text.append(std::move(replaced));
  }
  item.text = std::move(text);
  for (Item& each : item.items) name_policy_variables(each);
  for (Field& field : item.fields) name_policy_variables(field.value);
}

Item statement_of(const Item& block) {
  if (!block.is(Kind::object)) return block;
  Item statement = translate(block, statement_words);
  const auto add = [&](const char* name, const char* type, Extend extend) {
    Item value = gathered(field_of(block, type), extend);
    if (!value.is(Kind::absent)) statement.fields.push_back({name, value.span, std::move(value)});
  };
  add("Principal", "principals", with_principal);
  add("NotPrincipal", "not_principals", with_principal);
  add("Condition", "condition", with_condition);
  name_policy_variables(statement);
  return statement;
}

/// The sid of a statement, which may be there or not; empty: it has none, or none that is known.
std::string sid_of(const Item& statement) {
  if (statement.is(Kind::choice)) {
    std::string sid = sid_of(statement.items[0]);
    return sid.empty() ? sid_of(statement.items[1]) : sid;
  }
  return statement.is(Kind::object) ? field_of(statement, "Sid").literal().value_or("") : std::string();
}

/// Where the new one is there, it stands in place of the old one.
Item replaced(const Item& old, const Item& by) {
  if (by.is(Kind::absent)) return old;
  if (!by.is(Kind::choice)) return by;
  return choice_item(by.condition, replaced(old, by.items[0]), replaced(old, by.items[1]), by.span);
}

class Merger {
 public:
  /// Blocks, of which each may be there or not.
  void add_statements(const Item& blocks) {
    for (Item& each : spread(blocks, [](const Item& block) { return single(statement_of(block)); }))
      add(std::move(each));
  }

  /// Texts of JSON, or a list of them.
  void add_documents(const Item& texts) {
    const auto statement = [](const Item& each) { return single(each); };
    const auto document = [&](const Item& each) {
      if (!each.is(Kind::object)) return single(each);
      if (const auto version = field_of(each, "Version").literal()) upgrade(*version);
      return spread(field_of(each, "Statement"), statement);
    };
    for (Item& each : spread(texts, [&](const Item& text) { return spread(document_of(text), document); }))
      add(std::move(each));
  }

  void upgrade(const std::string& version) { version_ = std::max(version_, version); }

  Item take(const Span& span) {
    std::vector<Field> fields;
    fields.push_back({"Version", span, text_item(version_, span)});
    fields.push_back({"Statement", span, list_item(std::move(statements_), span)});
    return object_item(std::move(fields), span);
  }

 private:
  void add(Item statement) {
    const std::string sid = sid_of(statement);
    const auto same = sid.empty() ? statements_.end()
                                  : std::find_if(statements_.begin(), statements_.end(),
                                                 [&](const Item& each) { return sid_of(each) == sid; });
    if (same == statements_.end()) {
      statements_.push_back(std::move(statement));
    } else {
      *same = replaced(*same, statement);
    }
  }

  std::vector<Item> statements_;
  std::string version_;
};

}  // namespace

Item policy_document(const Item& source) {
  Merger merger;
  merger.add_documents(field_of(source, "source_json"));
  merger.add_documents(field_of(source, "source_policy_documents"));
  merger.upgrade(field_of(source, "version").literal().value_or("2012-10-17"));
  merger.add_statements(field_of(source, "statement"));
  merger.add_documents(field_of(source, "override_policy_documents"));
  merger.add_documents(field_of(source, "override_json"));
  return merger.take(source.span);
}

}  // namespace secretwatch::load
