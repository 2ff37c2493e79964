#include "model/values.h"

#include <gtest/gtest.h>

namespace secretwatch::model {
namespace {

TEST(DerivedId, HasOneHyphenForEveryRunOfOtherCharacters) {
  EXPECT_EQ(derive_id("TopSecretInfo"), "TopSecretInfo");
  EXPECT_EQ(derive_id("prod/db/password"), "prod-db-password");
  EXPECT_EQ(derive_id("/a_+=b.@-"), "a-b");
  EXPECT_EQ(derive_id("/_-"), "");
}

TEST(DerivedId, OfALongNameIsCutAndStaysAnId) {
  const std::string long_name(100, 'x');
  const std::string id = derive_id(long_name);
  EXPECT_EQ(id.size(), 60U);
  EXPECT_EQ(id.substr(0, 52), std::string(51, 'x') + "-");
  EXPECT_NE(id, derive_id(long_name + "y"));
  EXPECT_EQ(derive_id(std::string(60, 'x')), std::string(60, 'x'));
  EXPECT_EQ(problem_with_id(derive_id(std::string(50, 'x') + "/" + std::string(50, 'y'))), "")
      << "cut behind a hyphen, it must not have two in a row";
}

TEST(SpecName, IsTwoToThirtyLettersDigitsAndSingleHyphens) {
  for (const char* name : {"ab", "a1", "payments-2", "A-b-C"}) EXPECT_EQ(problem_with_spec_name(name), "") << name;
  for (const char* name : {"a", "", "1a", "a-", "-a", "a--b", "a_b", "aws-x", "AWSx", "abcdefghijklmnopqrstuvwxyz12345",
                           "\xC3\xA9t\xC3\xA9"})
    EXPECT_NE(problem_with_spec_name(name), "") << name;
}

TEST(Region, HasWordsAndANumber) {
  for (const char* region : {"us-east-2", "us-gov-west-1", "cn-north-1", "eusc-de-east-1", "ap-southeast-5"})
    EXPECT_EQ(problem_with_region(region), "") << region;
  for (const char* region : {"us-east", "useast2", "us-1", "US-EAST-2", "us-east-2a", ""})
    EXPECT_NE(problem_with_region(region), "") << region;
}

TEST(BucketName, FollowsTheNamingRules) {
  for (const char* name : {"my-trail-bucket", "abc", "a.b.c", "123"})
    EXPECT_EQ(problem_with_bucket_name(name), "") << name;
  for (const char* name :
       {"ab", "My-bucket", "a..b", "-ab", "ab-", "192.168.1.1", "xn--abc", "a_b", "x-s3alias", "abc-an"})
    EXPECT_NE(problem_with_bucket_name(name), "") << name;
}

TEST(TrailName, FollowsTheNamingRequirements) {
  for (const char* name : {"secrets-manager-trail", "a.b_c", "123"})
    EXPECT_EQ(problem_with_trail_name(name), "") << name;
  for (const char* name : {"ab", "a--b", "a._b", ".ab", "ab-", "192.168.1.1", "a b"})
    EXPECT_NE(problem_with_trail_name(name), "") << name;
}

TEST(Email, IsALocalPartAndADomain) {
  for (const char* address : {"me@example.com", "o'brien+alerts@mail.example.co.uk", "a@b.cd"})
    EXPECT_EQ(problem_with_email(address), "") << address;
  for (const char* address : {"me", "me@", "@example.com", "me@localhost", "a b@example.com", ".a@example.com",
                              "a..b@example.com", "me@-example.com", "me@example.com.", "<me@example.com>"})
    EXPECT_NE(problem_with_email(address), "") << address;
}

TEST(HttpsUrl, MustBeReachableAndCarryNoPassword) {
  for (const char* url : {"https://events.example.com/a?b=c#d", "https://example.com:8443/", "https://example.com"})
    EXPECT_EQ(problem_with_https_url(url), "") << url;
  for (const char* url :
       {"http://example.com/", "https://user:pass@example.com/", "https://localhost/", "https://a_b.example.com/",
        "https://example.com/${x}", "https://example.com/ x", "https://example.com:/", "https://"})
    EXPECT_NE(problem_with_https_url(url), "") << url;
}

TEST(KmsKey, IsAnAliasAnIdOrAnArn) {
  for (const char* key : {"alias/payments", "alias/aws/secretsmanager", "1234abcd-12ab-34cd-56ef-1234567890ab",
                          "mrk-1234abcd", "arn:aws:kms:us-east-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                          "arn:aws-us-gov:kms:us-gov-west-1:123456789012:alias/x"})
    EXPECT_EQ(problem_with_kms_key(key), "") << key;
  for (const char* key : {"payments", "alias/", "arn:aws:s3:::bucket", "arn:aws:kms:us-east-2:123:key/x", ""})
    EXPECT_NE(problem_with_kms_key(key), "") << key;
}

TEST(Duration, IsAWholeNumberAndAUnit) {
  EXPECT_EQ(*parse_duration("5m"), std::chrono::minutes(5));
  EXPECT_EQ(*parse_duration("24h"), std::chrono::hours(24));
  EXPECT_EQ(*parse_duration("90d"), std::chrono::hours(24 * 90));
  for (const char* text : {"", "m", "5", "5s", "5 m", "-5m", "1.5h", "5M", "99999999999d"})
    EXPECT_FALSE(parse_duration(text)) << text;
  EXPECT_EQ(print_duration(std::chrono::minutes(15)), "15 minutes");
  EXPECT_EQ(print_duration(std::chrono::hours(1)), "1 hour");
  EXPECT_EQ(print_duration(std::chrono::hours(48)), "2 days");
}

TEST(LogRetention, IsOneOfTwentyTwoNumbers) {
  EXPECT_TRUE(is_log_retention(90));
  EXPECT_FALSE(is_log_retention(91));
  EXPECT_EQ(nearest_log_retention(42), 30U);
  EXPECT_EQ(nearest_log_retention(100'000), 3653U);
}

}  // namespace
}  // namespace secretwatch::model
