#pragma once
/// Plan of an FilterIndex: what the JSON patterns of many filters ask, each question once.
///
///     { $.a = "x" && $.b = "y" }     test 0: a = x    test 1: b = y    nodes: both(0, 1)
///     { $.a = "x" && $.b != "z" }    test 0 again     test 2: b != z   nodes: both(0, 2)
///
/// A node stands for one condition; equal conditions are one node. A group holds the filters behind one guard; of them
/// those that could be hung on texts are found by anchors, the others are judged each time.
#include <map>
#include <string>
#include <vector>

#include "pattern/anchors.h"
#include "pattern/comparand.h"
#include "pattern/index.h"
#include "pattern/matcher.h"
#include "pattern/selections.h"

namespace secretwatch::pattern {

struct FilterIndex::Plan {
  using NodeId = std::uint32_t;

  struct Test {
    enum class Kind { some_satisfies, none_equals, is, not_exists };
    Kind kind = Kind::some_satisfies;
    Selections::Id selector = Selections::root;
    Selections::Id opened = Selections::root;  // none_equals: up to the wildcard
    std::unique_ptr<const Comparand> comparand{};
    Is::What what = Is::What::null;
    bool has_wildcard = false;
    std::string anchor{};  // the text, if the test is an equality that anchors can hold
    bool is_anchor = false;
  };
  struct Node {
    enum class Kind { test, all, any };
    Kind kind = Kind::test;
    std::uint32_t test = 0;
    std::vector<NodeId> terms{};
    std::uint32_t filters = 0;  // in how many it occurs
  };
  struct Hook {
    Selections::Id selector = Selections::root;
    Anchors anchors;  // users: numbers of filters
  };
  struct Group {
    std::optional<NodeId> guard{};
    std::vector<Hook> hooks{};
    std::vector<FilterId> unhooked{};
  };
  struct TextFilter {
    FilterId number = 0;
    Matcher matcher;
  };

  explicit Plan(const std::vector<const Filter*>& filters);

  Selections selections;
  std::vector<Test> tests;
  std::vector<Node> nodes;
  std::vector<NodeId> condition_of;  // of each filter that is a JSON pattern
  std::vector<Group> groups;
  std::vector<TextFilter> text_filters;

 private:
  NodeId add(const Expression& expression);
  NodeId add_test(const Expression& leaf);
  NodeId intern(const std::string& name, Node node);
  Test prepare(const Expression& leaf);

  void count_filters(const std::vector<FilterId>& json_filters);
  std::optional<std::vector<NodeId>> anchors_of(NodeId node, const std::optional<NodeId>& guard) const;
  void group(const std::vector<FilterId>& json_filters);

  std::map<std::string, NodeId> known_;
};

}  // namespace secretwatch::pattern
