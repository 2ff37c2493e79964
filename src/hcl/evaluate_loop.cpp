/// Templates and `for`, in expressions and in templates.
#include <algorithm>

#include "hcl/evaluator.h"

namespace secretwatch::hcl {

Evaluator::Items Evaluator::items_of(const Value& collection, const Span& at) {
  Items result;
  if (const Sequence* sequence = collection.sequence()) {
    result.rest = sequence->rest;
    for (std::size_t i = 0; i < sequence->items.size(); ++i) {
      const bool is_set = sequence->kind == Sequence::Kind::set;
      const Value& item = sequence->items[i];
      const Value index = result.rest == nullptr ? Value(Number(static_cast<std::int64_t>(i)), item.span)
                                                 : Value(*result.rest, item.span);
      result.all.push_back({is_set ? item : index, item});
    }
  } else if (const Mapping* mapping = collection.mapping()) {
    result.rest = mapping->rest;
    for (const auto& [key, item] : mapping->entries) result.all.push_back({Value::text(key, item.span), item});
  } else {
    result.failed = true;
    result.failure = collection.unknown() != nullptr || collection.reference() != nullptr
                         ? Value(Unknown{why_unknown(collection).reason, {}, collection.has_fault(), at}, at)
                         : fault(at, "a 'for' goes over a list, a set or a map, not {}", kind_of(collection));
  }
  if (!bounds_.spend(collection.size())) {
    result.failed = true;
    result.failure = beyond(at, "working it out takes too many steps");
  }
  return result;
}

void Evaluator::enter(const std::string& key, const std::string& value, const Item& item) {
  if (!key.empty()) scope_.emplace_back(key, item.key);
  scope_.emplace_back(value, item.value);
}

void Evaluator::leave(const std::string& key) {
  scope_.resize(scope_.size() - (key.empty() ? 1 : 2));
}

Value Evaluator::of(const For& loop, const Span& at) {
  return for_each_world(value(*loop.collection), [&](const Value& one) { return loop_over(loop, one, at); });
}

Value Evaluator::loop_over(const For& loop, const Value& collection, const Span& at) {
  const Items items = items_of(collection, loop.collection->span);
  if (items.failed) return items.failure;
  return loop.makes_object ? make_object(loop, items, at) : make_tuple(loop, items, at);
}

Evaluator::Kept Evaluator::keeps(const For& loop) {
  if (loop.condition == nullptr) return {true, nullptr};
  const Value truth = to_boolean(value(*loop.condition), loop.condition->span);
  if (truth.boolean() != nullptr) return {*truth.boolean(), nullptr};
  if (truth.is_null())
    return {false, std::make_shared<const Unknown>(Unknown{"the condition of a 'for' is null", {}, true, truth.span})};
  return {false, std::make_shared<const Unknown>(why_unknown(truth))};
}

Value Evaluator::make_tuple(const For& loop, const Items& items, const Span& at) {
  Sequence result{Sequence::Kind::tuple, {}, items.rest};
  for (const Item& item : items.all) {
    enter(loop.key, loop.value, item);
    const Kept kept = keeps(loop);
    if (kept.is_in) result.items.push_back(value(*loop.result));
    if (kept.doubt != nullptr) result.rest = kept.doubt;
    leave(loop.key);
  }
  return limited(Value(std::move(result), at));
}

Value Evaluator::make_object(const For& loop, const Items& items, const Span& at) {
  Mapping result{Mapping::Kind::object, {}, items.rest};
  std::vector<std::pair<std::string, Value>> found;
  for (const Item& item : items.all) {
    enter(loop.key, loop.value, item);
    const Kept kept = keeps(loop);
    if (kept.doubt != nullptr) result.rest = kept.doubt;
    if (kept.is_in) {
      const Value key = to_text(value(*loop.result_key), loop.result_key->span);
      if (const auto literal = key.literal())
        found.emplace_back(*literal, value(*loop.result));
      else
        result.rest = std::make_shared<const Unknown>(why_unknown(key));
    }
    leave(loop.key);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = i + 1;
    while (end < found.size() && found[end].first == found[i].first) ++end;
    if (loop.groups) {
      Sequence group;
      for (std::size_t j = i; j < end; ++j) group.items.push_back(std::move(found[j].second));
      if (result.rest != nullptr) group.rest = result.rest;
      result.entries.emplace_back(found[i].first, Value(std::move(group), at));
    } else if (end > i + 1) {
      return fault(at, "two results of this 'for' have the key '{}'", found[i].first);
    } else {
      result.entries.push_back(std::move(found[i]));
    }
    i = end;
  }
  return limited(Value(std::move(result), at));
}

Value Evaluator::of(const Template& string, const Span& at) {
  if (string.is_interpolation_alone()) return value(*std::get<Interpolation>(string.parts.front().body).expression);
  return text_of(string.parts, at);
}

Value Evaluator::text_of(const std::vector<TemplatePart>& parts, const Span& at) {
  std::vector<Value> values;
  for (const TemplatePart& part : parts) {
    if (const auto* literal = std::get_if<TemplateText>(&part.body))
      values.push_back(Value::text(literal->text, part.span));
    else if (const auto* interpolation = std::get_if<Interpolation>(&part.body))
      values.push_back(value(*interpolation->expression));
    else if (const auto* choice = std::get_if<TemplateIf>(&part.body))
      values.push_back(text_of(*choice, part.span));
    else
      values.push_back(text_of(std::get<TemplateFor>(part.body), part.span));
  }
  return for_each_world(std::move(values), false, at, [&](std::vector<Value>& some) { return joined(some, at); });
}

Value Evaluator::text_of(const TemplateIf& choice, const Span& at) {
  const Value condition = value(*choice.condition);
  return for_each_world(condition, [&](const Value& decided) {
    const Value truth = to_boolean(decided, choice.condition->span);
    if (truth.boolean() != nullptr) return text_of(*truth.boolean() ? choice.then : choice.otherwise, at);
    if (truth.is_null() || truth.has_fault()) return fault(at, "the condition is not true or false");
    const auto [which, negated] = condition_of(truth, choice.condition->span);
    Value then = text_of(choice.then, at);
    Value otherwise = text_of(choice.otherwise, at);
    if (negated) std::swap(then, otherwise);
    return choose(which, std::move(then), std::move(otherwise), at);
  });
}

Value Evaluator::text_of(const TemplateFor& loop, const Span& at) {
  return for_each_world(value(*loop.collection), [&](const Value& one) {
    const Items items = items_of(one, loop.collection->span);
    if (items.failed) return items.failure;
    std::vector<Value> values;
    for (const Item& item : items.all) {
      enter(loop.key, loop.value, item);
      values.push_back(text_of(loop.body, at));
      leave(loop.key);
    }
    if (items.rest != nullptr) values.push_back(Value(*items.rest, at));
    return for_each_world(std::move(values), false, at, [&](std::vector<Value>& some) { return joined(some, at); });
  });
}

}  // namespace secretwatch::hcl
