#include "chain/access.h"

#include <gtest/gtest.h>

namespace secretwatch::chain {
namespace {

using stack::Effect;
using stack::Policy;
using stack::PrincipalKind;
using stack::Pseudo;
using stack::Statement;
using stack::Text;
using stack::Unknown;
using stack::Value;
using Verdict = Access::Verdict;

Text arn(const std::string& service, const std::string& resource) {
  return {"arn:", Pseudo::partition, ":" + service + ":", Pseudo::region, ":", Pseudo::account, ":" + resource};
}

const stack::Stack nothing;
const World world(nothing);

Policy policy_of(std::vector<Statement> statements) {
  Policy policy;
  policy.statements = std::move(statements);
  return policy;
}

const Text topic = arn("sns", "alerts");
const Text alarm = arn("cloudwatch", "alarm:read-db");

Request publish() {
  return {.service = "cloudwatch.amazonaws.com",
          .action = "sns:Publish",
          .resource = topic,
          .context = {{"aws:SourceArn", alarm},
                      {"aws:SourceAccount", {Pseudo::account}},
                      {"AWS:SourceOwner", {Pseudo::account}},
                      {"aws:SecureTransport", "true"}},
          .is_account = Match::maybe};
}

Statement allow(PrincipalKind kind, const char* name) {
  Statement statement;
  statement.principals = {{kind, {}}};
  if (kind != PrincipalKind::everyone) statement.principals[0].names = {Text(name)};
  statement.actions = {Text("sns:Publish")};
  statement.resources = {topic};
  return statement;
}

Statement service() {
  return allow(PrincipalKind::service, "cloudwatch.amazonaws.com");
}

Statement with(Statement statement, const char* test, const char* key, Text value) {
  statement.conditions.push_back({test, key, {std::move(value)}});
  return statement;
}

Verdict verdict(std::vector<Statement> statements) {
  return evaluate(world, policy_of(std::move(statements)), publish()).verdict;
}

TEST(Access, IsAllowedByAStatementForTheService) {
  EXPECT_EQ(verdict({service()}), Verdict::allowed);
  EXPECT_EQ(verdict({with(with(service(), "ArnLike", "aws:SourceArn", arn("cloudwatch", "alarm:*")), "StringEquals",
                          "aws:SourceAccount", {Pseudo::account})}),
            Verdict::allowed);
  EXPECT_EQ(verdict({with(allow(PrincipalKind::aws, "*"), "StringEquals", "AWS:SourceOwner", {Pseudo::account})}),
            Verdict::allowed)
      << "the default policy of a topic";
  EXPECT_EQ(verdict({allow(PrincipalKind::everyone, "")}), Verdict::allowed);
}

TEST(Access, IsDeniedWithoutAStatementForTheService) {
  EXPECT_EQ(verdict({}), Verdict::denied);
  EXPECT_EQ(verdict({allow(PrincipalKind::service, "events.amazonaws.com")}), Verdict::denied);
  const Policy policy = policy_of({allow(PrincipalKind::service, "events.amazonaws.com")});
  EXPECT_EQ(evaluate(world, policy, publish()).part, Access::Part::principal);
}

TEST(Access, OfTheAccountIsNotTheServices) {
  Request kms = publish();
  kms.is_account = Match::no;
  const Policy policy = policy_of({allow(PrincipalKind::aws, "arn:aws:iam::123456789012:root")});
  EXPECT_EQ(evaluate(world, policy, kms).verdict, Verdict::denied);
  EXPECT_EQ(evaluate(world, policy, publish()).verdict, Verdict::undecided);
}

TEST(Access, NeedsActionAndResource) {
  Statement other_action = service();
  other_action.actions = {Text("sns:Subscribe")};
  EXPECT_EQ(verdict({other_action}), Verdict::denied);
  other_action.actions = {Text("SNS:pub*")};
  EXPECT_EQ(verdict({other_action}), Verdict::allowed) << "actions ignore case";
  other_action.not_actions = true;
  EXPECT_EQ(verdict({other_action}), Verdict::denied);
  Statement other_topic = service();
  other_topic.resources = {arn("sns", "other")};
  EXPECT_EQ(verdict({other_topic}), Verdict::denied);
  other_topic.resources = {Text("*")};
  EXPECT_EQ(verdict({other_topic}), Verdict::allowed);
  other_topic.resources = {Text("arn:aws:sns:us-east-1:123456789012:alerts")};
  EXPECT_EQ(verdict({other_topic}), Verdict::undecided) << "in one region of one account";
}

TEST(Access, IsRefusedByConditionsThatAlarmsCannotMeet) {
  for (const char* key : {"aws:PrincipalOrgID", "kms:ViaService", "aws:PrincipalArn"}) {
    const Policy policy = policy_of({with(service(), "StringEquals", key, "x")});
    const Access access = evaluate(world, policy, publish());
    EXPECT_EQ(access.verdict, Verdict::denied) << key;
    ASSERT_NE(access.condition, nullptr);
    EXPECT_EQ(access.condition->key, key);
  }
  EXPECT_EQ(verdict({with(service(), "StringEqualsIfExists", "aws:PrincipalOrgID", "x")}), Verdict::allowed);
  EXPECT_EQ(verdict({with(service(), "ForAllValues:StringEquals", "aws:PrincipalOrgID", "x")}), Verdict::allowed);
  EXPECT_EQ(verdict({with(service(), "StringNotEquals", "aws:PrincipalOrgID", "x")}), Verdict::allowed);
  EXPECT_EQ(verdict({with(service(), "Null", "aws:PrincipalOrgID", "true")}), Verdict::allowed);
  EXPECT_EQ(verdict({with(service(), "ArnLike", "aws:SourceArn", arn("cloudwatch", "alarm:write-*"))}),
            Verdict::denied);
  EXPECT_EQ(verdict({with(service(), "StringEquals", "aws:SourceArn", arn("cloudwatch", "alarm:*"))}), Verdict::denied)
      << "StringEquals knows no wildcards";
}

TEST(Access, IsDeniedByADenyThatApplies) {
  Statement plain_text = with(allow(PrincipalKind::everyone, ""), "Bool", "aws:SecureTransport", "false");
  plain_text.effect = Effect::deny;
  EXPECT_EQ(verdict({service(), plain_text}), Verdict::allowed);
  EXPECT_EQ(verdict({plain_text}), Verdict::denied) << "a Deny allows nothing";
  Statement everything = allow(PrincipalKind::everyone, "");
  everything.effect = Effect::deny;
  EXPECT_EQ(verdict({service(), everything}), Verdict::denied);
}

TEST(Access, OfAnUnknownIsUndecided) {
  Statement statement = service();
  statement.resources = {Value<Text>(Unknown{"a parameter"})};
  EXPECT_EQ(verdict({statement}), Verdict::undecided);
  EXPECT_EQ(verdict({statement, service()}), Verdict::allowed);
  Policy half_read = policy_of({});
  half_read.unread = {Unknown{"an included file"}};
  EXPECT_EQ(evaluate(world, half_read, publish()).verdict, Verdict::undecided);
  EXPECT_EQ(verdict({with(service(), "NumericLessThan", "aws:SourceAccount", "5")}), Verdict::undecided);
}

TEST(TextMatch, IsCertainOnlyWhereTheDeploymentDoesNotMatter) {
  const Text mine = arn("sns", "alerts");
  EXPECT_EQ(fits(mine, mine), Match::yes);
  EXPECT_EQ(fits("*", mine), Match::yes);
  EXPECT_EQ(fits("arn:*:alerts", mine), Match::yes);
  EXPECT_EQ(fits("arn:*:other", mine), Match::no);
  EXPECT_EQ(fits("arn:aws:sns:us-east-1:123456789012:alerts", mine), Match::maybe);
  EXPECT_EQ(fits("arn:aws:sqs:us-east-1:123456789012:alerts", mine), Match::no) << "a region holds no colon";
  EXPECT_EQ(fits(arn("sns", "al*"), mine), Match::yes);
  EXPECT_EQ(fits("a?c", "abc"), Match::yes);
  EXPECT_EQ(fits("a?c", "ac"), Match::no);
  EXPECT_EQ(fits("a*b*c", "a-b-b-c"), Match::yes);
  EXPECT_EQ(fits("a*b", "a*b", Wildcards::none), Match::yes);
  EXPECT_EQ(fits("a*b", "axb", Wildcards::none), Match::no);
  EXPECT_EQ(fits(Text{Unknown{"x"}}, Text{Unknown{"x"}}), Match::maybe);
  EXPECT_EQ(fits(Text{Unknown{"x"}}, mine), Match::maybe);
  EXPECT_EQ(fits("*", Text{Unknown{"x"}}), Match::yes);
  EXPECT_EQ(fits("*-*", Text{Unknown{"x"}}), Match::maybe);
  EXPECT_EQ(fits(Text{Pseudo::region}, Text{Pseudo::region}, Wildcards::none), Match::yes);
  EXPECT_EQ(fits(Text{Pseudo::account}, "us-east-1"), Match::no);
  EXPECT_EQ(fits("", ""), Match::yes);
}

}  // namespace
}  // namespace secretwatch::chain
