/// Trails, filters and log groups in regions of their own, as Terraform's provider aliases make them.
#include <gmock/gmock.h>

#include "lint/lint.h"

namespace secretwatch::lint {
namespace {

using stack::Attribute;
using stack::LogGroup;
using stack::MetricFilter;
using stack::Pseudo;
using stack::Ref;
using stack::ResourceId;
using stack::Scope;
using stack::Text;
using stack::TextValue;
using stack::Trail;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Places : public ::testing::Test {
 protected:
  stack::Stack stack;

  std::size_t scope(Text region, Text account = {Pseudo::account}) {
    stack.scopes.push_back({"aws.other", std::move(account), std::move(region)});
    return stack.scopes.size() - 1;
  }
  ResourceId group(std::size_t scope, const char* name = nullptr) {
    LogGroup body;
    if (name != nullptr) body.name = Text(name);
    return stack.add({.label = "records", .body = std::move(body), .span = {FileId{1}, 10, 20}, .scope = scope});
  }
  void trail(std::size_t scope, TextValue log_group) {
    Trail body;
    body.bucket = Text("records-of-trails");
    body.log_group = std::move(log_group);
    body.log_role = Text("arn:aws:iam::123456789012:role/delivery");
    stack.add({.label = "records", .body = std::move(body), .span = {FileId{1}, 30, 40}, .scope = scope});
  }
  void filter(std::size_t scope, TextValue log_group) {
    MetricFilter body;
    body.log_group = std::move(log_group);
    body.pattern = Text("ERROR");
    body.metric_namespace = Text("App");
    body.metric_name = Text("Errors");
    body.metric_value = Text("1");
    stack.add({.label = "errors", .body = std::move(body), .span = {FileId{1}, 50, 60}, .scope = scope});
  }
  static TextValue streams_of(ResourceId group) { return Text{Ref{group, Attribute::arn}, ":*"}; }

  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const Finding& finding : run(stack, {.selection = {.select = {"T211"}}})) lines.push_back(finding.message);
    return lines;
  }
};

TEST_F(Places, OfTrailAndGroupMustBeTheSame) {
  trail(scope("us-east-1"), streams_of(group(scope("eu-west-1"))));
  EXPECT_THAT(told(), ElementsAre("trail 'records' is in region 'us-east-1', and its log group in 'eu-west-1'"));
}

TEST_F(Places, AreReadFromTheNameOfTheGroup) {
  trail(scope("us-east-1"), streams_of(group(scope("eu-west-1"), "/trail/records")));
  EXPECT_THAT(told(), ElementsAre("trail 'records' is in region 'us-east-1', and its log group in 'eu-west-1'"));
}

TEST_F(Places, AreReadFromAnArn) {
  trail(scope("us-east-1"), Text("arn:aws:logs:eu-west-1:123456789012:log-group:records:*"));
  EXPECT_THAT(told(), ElementsAre("trail 'records' is in region 'us-east-1', and its log group in 'eu-west-1'"));
}

TEST_F(Places, OfFilterAndGroupMustBeTheSame) {
  filter(scope("us-east-1"), Ref{group(scope("eu-west-1")), Attribute::name});
  EXPECT_THAT(told(), ElementsAre("filter 'errors' is in region 'us-east-1', and its log group in 'eu-west-1'"));
}

TEST_F(Places, MayHaveAGroupOfTheSameName) {
  const std::size_t here = scope("us-east-1");
  filter(here, Ref{group(scope("eu-west-1"), "/trail/records"), Attribute::name});
  const auto precision = [&] { return run(stack, {.selection = {.select = {"T211"}}}).at(0).precision; };
  EXPECT_EQ(precision(), Precision::proven);
  group(here, "/trail/others");
  EXPECT_EQ(precision(), Precision::proven);
  group(here, "/trail/records");
  EXPECT_EQ(precision(), Precision::likely) << "AWS does not refuse it: it reads this one";
}

TEST_F(Places, MayDifferInTheAccount) {
  trail(scope("us-east-1", "111111111111"), streams_of(group(scope("us-east-1", "222222222222"))));
  EXPECT_THAT(told(), ElementsAre("trail 'records' is in account '111111111111', and its log group in '222222222222'"));
}

TEST_F(Places, ThatAreNotKnownAreLeftAlone) {
  const auto region = stack.add(stack::Parameter{.name = "region"});
  const ResourceId ours = group(0);
  trail(0, streams_of(ours));
  filter(scope("us-east-1"), Ref{ours, Attribute::name});
  filter(scope(Text{region}), Ref{ours, Attribute::name});
  trail(scope("us-east-1"), Text{"arn:aws:logs:", region, ":123456789012:log-group:records:*"});
  trail(scope("us-east-1"), streams_of(group(scope("us-east-1"))));
  EXPECT_THAT(told(), IsEmpty());
}

}  // namespace
}  // namespace secretwatch::lint
