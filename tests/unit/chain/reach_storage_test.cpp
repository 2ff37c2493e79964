/// Keys of log groups and trails, buckets of trails: policies as templates write them, and who they let in.
#include <gmock/gmock.h>

#include "chain/reach.h"
#include "support/loaded.h"

namespace secretwatch::chain {
namespace {

using stack::ResourceId;
using testing::load_template;
using testing::Loaded;
using Verdict = Access::Verdict;

ResourceId id_of(const stack::Stack& stack, std::string_view address) {
  for (std::size_t i = 0; i < stack.resources().size(); ++i)
    if (stack.resources()[i].address == address) return static_cast<ResourceId>(i);
  ADD_FAILURE() << "no resource " << address;
  return {};
}

std::string with_statement(std::string text, const std::string& statement) {
  const std::string mark = "STATEMENT";
  return text.replace(text.find(mark), mark.size(), statement);
}

const std::string with_key = R"yaml(
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}
          STATEMENT
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: records, KmsKeyId: !GetAtt Key.Arn}
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: {IsLogging: true, TrailName: records, S3BucketName: records, KMSKeyId: !Ref Key}
)yaml";

Verdict of_group(const std::string& statement, const load::TemplateOptions& options = {}) {
  const Loaded loaded = load_template(with_statement(with_key, statement), options);
  return may_encrypt_group(World(*loaded.stack), id_of(*loaded.stack, "Group")).verdict;
}

TEST(KeyOfALogGroup, MustLetTheServiceOfItsRegionIn) {
  const auto statement = [](const std::string& service, const std::string& actions) {
    return "- {Effect: Allow, Principal: {Service: " + service + "}, Action: " + actions + ", Resource: '*'}";
  };
  const std::string all = "['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*']";
  EXPECT_EQ(of_group(""), Verdict::denied) << "the account's statement is not the service's";
  EXPECT_EQ(of_group(statement("!Sub 'logs.${AWS::Region}.${AWS::URLSuffix}'", all)), Verdict::allowed);
  EXPECT_EQ(of_group(statement("!Sub 'logs.${AWS::Region}.amazonaws.com'", all)), Verdict::undecided) << "not in China";
  EXPECT_EQ(of_group(statement("!Sub 'logs.${AWS::Region}.amazonaws.com'", all), {.region = "eu-west-1"}),
            Verdict::allowed);
  EXPECT_EQ(of_group(statement("logs.us-east-1.amazonaws.com", all)), Verdict::undecided);
  EXPECT_EQ(of_group(statement("logs.us-east-1.amazonaws.com", all), {.region = "eu-west-1"}), Verdict::denied);
  EXPECT_EQ(of_group(statement("logs.amazonaws.com", all)), Verdict::undecided) << "nobody says whether it works";
  EXPECT_EQ(of_group(statement("cloudtrail.amazonaws.com", all)), Verdict::denied);
  EXPECT_EQ(of_group(statement("!Sub 'logs.${AWS::Region}.${AWS::URLSuffix}'", "['kms:Encrypt', 'kms:Decrypt']")),
            Verdict::denied)
      << "it makes data keys";
}

TEST(KeyOfALogGroup, IsNotDeniedByConditionsOnItsContext) {
  const std::string statement =
      "- {Effect: Allow, Principal: {Service: !Sub 'logs.${AWS::Region}.${AWS::URLSuffix}'}, Action: 'kms:*', "
      "Resource: '*', Condition: {ArnEquals: {'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*:*:*'}}}";
  EXPECT_NE(of_group(statement), Verdict::denied);
}

Verdict of_trail(const std::string& statement) {
  const Loaded loaded = load_template(with_statement(with_key, statement));
  return may_encrypt_trail(World(*loaded.stack), id_of(*loaded.stack, "Trail")).verdict;
}

TEST(KeyOfATrail, MustLetCloudTrailMakeDataKeys) {
  const std::string allow = "- {Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, Resource: '*', ";
  EXPECT_EQ(of_trail(""), Verdict::denied);
  EXPECT_EQ(of_trail(allow + "Action: 'kms:GenerateDataKey*'}"), Verdict::allowed);
  EXPECT_EQ(of_trail(allow + "Action: 'kms:Decrypt'}"), Verdict::denied);
  const std::string context = "'kms:EncryptionContext:aws:cloudtrail:arn': ";
  EXPECT_EQ(of_trail(allow + "Action: 'kms:GenerateDataKey*', Condition: {StringLike: {" + context +
                     "!Sub 'arn:${AWS::Partition}:cloudtrail:*:${AWS::AccountId}:trail/*'}}}"),
            Verdict::allowed);
  EXPECT_EQ(of_trail(allow + "Action: 'kms:GenerateDataKey*', Condition: {StringEquals: {'aws:SourceArn': !Sub "
                             "'arn:${AWS::Partition}:cloudtrail:${AWS::Region}:${AWS::AccountId}:trail/other'}}}"),
            Verdict::denied)
      << "it is the key of another trail";
}

const std::string with_bucket = R"yaml(
Resources:
  Bucket:
    Type: AWS::S3::Bucket
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Statement:
          - {Effect: Deny, Principal: '*', Action: 's3:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}}
          STATEMENT
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: {IsLogging: true, TrailName: records, S3BucketName: !Ref Bucket, S3KeyPrefix: audit}
)yaml";

std::optional<StoreAccess> store(const std::string& text) {
  const Loaded loaded = load_template(text);
  return may_store(World(*loaded.stack), id_of(*loaded.stack, "Trail"));
}

Verdict of_bucket(const std::string& statements) {
  return store(with_statement(with_bucket, statements))->access.verdict;
}

const std::string cloudtrail = "- {Effect: Allow, Principal: {Service: cloudtrail.amazonaws.com}, ";
const std::string acl = cloudtrail + "Action: 's3:GetBucketAcl', Resource: !GetAtt Bucket.Arn}\n          ";

TEST(BucketOfATrail, MustLetCloudTrailAskForItsAclAndWrite) {
  const std::string put = cloudtrail + "Action: 's3:PutObject', Resource: !Sub '${Bucket.Arn}/";
  EXPECT_EQ(of_bucket(""), Verdict::denied);
  EXPECT_EQ(of_bucket(acl), Verdict::denied) << "it does not write";
  EXPECT_EQ(of_bucket(put + "*'}"), Verdict::denied) << "it does not ask";
  EXPECT_EQ(of_bucket(acl + put + "*'}"), Verdict::allowed);
  EXPECT_EQ(of_bucket(acl + put + "audit/AWSLogs/${AWS::AccountId}/*'}"), Verdict::allowed);
  EXPECT_EQ(of_bucket(acl + put +
                      "audit/AWSLogs/*', Condition: {StringEquals: {'s3:x-amz-acl': "
                      "bucket-owner-full-control}}}"),
            Verdict::allowed);
}

TEST(BucketOfATrail, IsAskedForTheObjectsOfTheTrail) {
  const std::string put = cloudtrail + "Action: 's3:PutObject', Resource: !Sub 'arn:${AWS::Partition}:s3:::${Bucket}/";
  EXPECT_EQ(of_bucket(acl + put + "audit/AWSLogs/*'}"), Verdict::allowed) << "another way of writing the ARN";
  EXPECT_NE(of_bucket(acl + put + "AWSLogs/*'}"), Verdict::allowed) << "not with the prefix of the trail";
}

TEST(BucketOfATrail, ThatHasNoPolicyLetsNobodyIn) {
  const auto without = store(
      "Resources:\n  Bucket: {Type: 'AWS::S3::Bucket'}\n  Trail:\n    Type: "
      "AWS::CloudTrail::Trail\n    Properties: {IsLogging: true, S3BucketName: !Ref Bucket}\n");
  ASSERT_TRUE(without);
  EXPECT_EQ(without->access.verdict, Verdict::denied);
  EXPECT_FALSE(without->has_policy);
  EXPECT_FALSE(
      store("Resources:\n  Trail:\n    Type: AWS::CloudTrail::Trail\n    Properties: {IsLogging: true, "
            "S3BucketName: elsewhere}\n"));
}

}  // namespace
}  // namespace secretwatch::chain
