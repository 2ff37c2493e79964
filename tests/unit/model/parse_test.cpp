#include <gmock/gmock.h>

#include "support/spec_text.h"

namespace secretwatch::model {
namespace {

using testing::compile_text;
using testing::Compiled;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::spec_with;

TEST(SixLines, MeanOneAlertForAnyReadAndOneChannel) {
  const Compiled c = compile_text(spec_with("[TopSecretInfo]"));
  ASSERT_TRUE(c.spec);
  ASSERT_THAT(c.spec->alerts, SizeIs(1));
  const Alert& alert = c.spec->alerts[0];
  EXPECT_EQ(alert.name, "read");
  EXPECT_EQ(alert.threshold, 1U);
  EXPECT_EQ(alert.window, std::chrono::minutes(5));
  EXPECT_EQ(alert.periods, 1U);
  EXPECT_EQ(alert.breaching, 1U);
  EXPECT_EQ(alert.per, Alert::Per::secret);
  EXPECT_FALSE(alert.notify_ok);
  EXPECT_THAT(selected_secrets(*c.spec, alert), ElementsAre(0U));
  EXPECT_THAT(notified_channels(*c.spec, alert), ElementsAre(0U));
  EXPECT_EQ(c.spec->channels[0].name, "default");
  EXPECT_EQ(c.spec->trail.log_retention_days, 90U);
  EXPECT_TRUE(c.spec->trail.all_regions);
  EXPECT_TRUE(c.spec->trail.validation);
  EXPECT_EQ(c.spec->metrics.name_space, "SecurityMetrics");
  EXPECT_FALSE(c.spec->metrics.zero_fill);
}

TEST(Periods, FillFiveMinutesWhenTheWindowIsShorter) {
  const std::pair<const char*, std::uint32_t> cases[] = {{"1m", 5}, {"2m", 3}, {"3m", 2},
                                                         {"4m", 2}, {"5m", 1}, {"1h", 1}};
  for (const auto& [window, periods] : cases) {
    const Compiled c = compile_text(spec_with("[a]", std::string("alerts: {read: {window: ") + window + "}}\n"));
    EXPECT_EQ(c.spec->alerts[0].periods, periods) << window;
  }
}

TEST(Secret, IsNamedByNameArnOrPrefix) {
  const Compiled c = compile_text(
      spec_with("[db, arn:aws:secretsmanager:us-east-2:123456789012:secret:prod/api-key-AbCdEf, {prefix: prod/}]"));
  ASSERT_THAT(c.spec->secrets, SizeIs(3));
  EXPECT_EQ(c.spec->secrets[1].name, "prod/api-key");
  EXPECT_EQ(c.spec->secrets[1].region, "us-east-2") << "the region of an ARN counts";
  EXPECT_EQ(c.spec->secrets[1].id, "prod-api-key");
  EXPECT_EQ(c.spec->secrets[2].id, "prod");
  EXPECT_EQ(c.spec->secrets[2].naming, Secret::Naming::prefix);
}

TEST(Selections, TakeIdsNamesAndGlobsThatSpanSlashes) {
  const std::string secrets = "[prod/a, prod/b/c, {name: test/a, id: prod-like}, {prefix: prod/x/}]";
  const auto select = [&](const std::string& list) {
    const Compiled c = compile_text(spec_with(secrets, "alerts: {read: {secrets: " + list + "}}\n"));
    return c.spec ? selected_secrets(*c.spec, c.spec->alerts[0]) : std::vector<std::size_t>{};
  };
  EXPECT_THAT(select("[prod/a]"), ElementsAre(0U));
  EXPECT_THAT(select("[\"prod/*\"]"), ElementsAre(0U, 1U, 3U));
  EXPECT_THAT(select("[prod-like]"), ElementsAre(2U));
  EXPECT_THAT(select("[\"*a\"]"), ElementsAre(0U, 2U));
  EXPECT_THAT(select("[\"*\"]"), SizeIs(4));
}

TEST(Faults, AreAllReportedInOneRunWithPlaceAndSuggestion) {
  Compiled c = compile_text(
      "version: 2\n"
      "name: aws-thing\n"
      "secrets: [db, {name: \"my secret\"}]\n"
      "notify: [me_at_example.com]\n"
      "alerts:\n"
      "  read: {threshhold: 3, window: 5x, notify: [defualt]}\n"
      "  refused: {detect: deny}\n");
  EXPECT_THAT(
      c.messages(),
      ElementsAre("1:10 the number 2 is no version of the spec language; there is one version so far: write version: 1",
                  "2:7 'aws-thing' begins with 'aws', which AWS keeps for itself",
                  "3:22 'my secret' has a character that secret names cannot have (letters, digits, '/_+=.@-')",
                  "4:10 'me_at_example.com' is not an e-mail address",
                  "6:10 unknown key 'threshhold'; did you mean 'threshold'?",
                  "6:33 '5x' is not a duration such as '5m', '2h' or '90d'",
                  "6:46 there is no channel 'defualt'; did you mean 'default'?",
                  "7:21 'deny' is none of read, denied, change, delete, permissions, discovery, rotation-failed"));
}

TEST(Faults, SayWhatWasProbablyMeant) {
  const std::pair<std::string, std::string> cases[] = {
      {spec_with("[\"prod/*\"]"), "to watch every secret below a path, write {prefix: prod/}"},
      {spec_with("[{prefix: \"prod/*\"}]"), "a prefix is written without the '*'"},
      {spec_with("[arn:aws:secretsmanager:us-east-2:123456789012:secret:prod/db]"),
       "to watch the secret by name, write prod/db"},
      {spec_with("[db]", "alerts: {read: {detect: GetSecretValue}}\n"),
       "to count an event by its name, write {events: [GetSecretValue]}"},
      {spec_with("[db]", "alerts: {read: {detect: {events: [GetSecret]}}}\n"), "did you mean 'GetSecretValue'?"},
      {spec_with("[db]", "alerts: {read: }\n"), "for the defaults, write read: {}"},
      {spec_with("[db]", "tags: {cost: 4711}\n"), "write \"4711\" if you mean the text"},
      {"version: 1\nname: ab\nsecrets: [db]\nnotify: {ops: {email: [\"+15555550100\"]}}\n",
       "it looks like one for 'sms'"},
      {"version: 1\nname: ab\nsecrets: [db]\nnotify: {ops: {https: [https://hooks.slack.com/services/T/B/x]}}\n",
       "nothing is delivered before the confirmation"},
  };
  for (const auto& [text, note] : cases) {
    Compiled c = compile_text(text);
    EXPECT_THAT(c.messages(), Contains(::testing::HasSubstr(note))) << text;
  }
}

TEST(Faults, OfOneSectionDoNotMakeOthersComplain) {
  Compiled c = compile_text(
      "version: 1\nname: ab\nsecrets: [\"bad name\"]\nnotify: {ops: {email: [nobody]}}\n"
      "alerts: {read: {secrets: [bad-name], notify: [ops]}}\n");
  EXPECT_EQ(c.errors(), "SW0106 SW0106") << "the alert's references are not to blame";
}

TEST(Names, ThatEndLikeAnArnAreWarnedAbout) {
  for (const char* name : {"prod/api-key-AbCdEf", "db-a1B2c3"}) {
    Compiled c = compile_text(spec_with(std::string("[") + name + "]"));
    EXPECT_EQ(c.errors(), "") << name;
    EXPECT_THAT(c.messages(), Contains(::testing::HasSubstr("ends like an ARN"))) << name;
  }
  for (const char* name : {"prod-secret", "my-ApiKey", "db-Backup", "x-AbCdEfg", "a-123456"})
    EXPECT_THAT(compile_text(spec_with(std::string("[") + name + "]")).messages(), IsEmpty()) << name;
}

TEST(Webhooks, ThatNeverConfirmAreRefusedHoweverTheyAreSpelt) {
  for (const char* url : {"https://hooks.slack.com/services/x", "https://HOOKS.Slack.com/x",
                          "https://hooks.slack.com:443/x", "https://contoso.webhook.office.com/webhookb2/x"}) {
    Compiled c =
        compile_text(std::string("version: 1\nname: ab\nsecrets: [db]\nnotify: {ops: {https: [\"") + url + "\"]}}\n");
    EXPECT_EQ(c.errors(), "SW0115") << url;
  }
  Compiled c = compile_text(
      "version: 1\nname: ab\nsecrets: [db]\nnotify: {ops: {https: [\"https://hooks.slack.company.org/x\"]}}\n");
  EXPECT_EQ(c.errors(), "");
}

TEST(FreeText, ThatHoldsADynamicReferenceIsRefusedEverywhere) {
  for (const char* rest : {"description: \"x {{resolve:secretsmanager:db}}\"\n", "tags: {a: \"{{resolve:ssm:x}}\"}\n",
                           "alerts: {read: {runbook: \"{{resolve:ssm:x}}\"}}\n"}) {
    Compiled c = compile_text(spec_with("[db]", rest));
    EXPECT_EQ(c.errors(), "SW0116") << rest;
  }
  Compiled created = compile_text(spec_with("[{name: db, create: {description: \"{{resolve:ssm:x}}\"}}]"));
  EXPECT_EQ(created.errors(), "SW0116");
}

TEST(Tags, WithoutAValueAreRefused) {
  EXPECT_EQ(compile_text(spec_with("[db]", "tags: {team: \"\"}\n")).errors(), "SW0104");
}

TEST(Functions, AreNamedWithOrWithoutAVersionThatTakesPermissions) {
  const auto errors_of = [](const std::string& name) {
    return compile_text(
               "version: 1\nname: ab\nsecrets: [db]\nnotify: {ops: {lambda: "
               "[\"arn:aws:lambda:us-east-1:123456789012:function:" +
               name + "\"]}}\n")
        .errors();
  };
  for (const char* name : {"triage", "triage:live", "triage:12", "a_b-c"}) EXPECT_EQ(errors_of(name), "") << name;
  for (const char* name : {"triage:$LATEST", "triage:", ":live", "a:b:c", "a.b", "a/b"})
    EXPECT_NE(errors_of(name), "") << name;
}

TEST(Warnings, DoNotStopTheCompilation) {
  Compiled c = compile_text(
      spec_with("[db, {name: db, id: other}]", "tags: {a: \"${x}\"}\nalerts: {read: {secrets: [other]}}\n"));
  EXPECT_EQ(c.errors(), "");
  EXPECT_TRUE(c.plan);
  EXPECT_THAT(c.messages(), SizeIs(3)) << "listed twice, unusual tag, watched by no alert";
}

}  // namespace
}  // namespace secretwatch::model
