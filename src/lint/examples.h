#pragma once
/// Examples: one well-made template, and what rules make of it to show their fault.
///
///     .bad = edited<"Statistic: Sum", "Statistic: Average">, .good = good
///
/// An edit replaces the first text, which must stand in the template exactly once, by the second; several follow one
/// another. Edits are done by the compiler, so that an example that no longer fits does not build.
#include <array>
#include <cstddef>
#include <string_view>

namespace secretwatch::lint::examples {

inline constexpr std::string_view good = R"yaml(AWSTemplateFormatVersion: '2010-09-09'
Resources:
  TrailBucket:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
  TrailBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref TrailBucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: s3:GetBucketAcl
            Resource: !GetAtt TrailBucket.Arn
          - Effect: Allow
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: s3:PutObject
            Resource: !Sub '${TrailBucket.Arn}/AWSLogs/${AWS::AccountId}/*'
            Condition: {StringEquals: {s3:x-amz-acl: bucket-owner-full-control}}
  TrailLogGroup:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 90
  TrailRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: cloudtrail.amazonaws.com}
            Action: sts:AssumeRole
      Policies:
        - PolicyName: write-log-streams
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
                Action: [logs:CreateLogStream, logs:PutLogEvents]
                Resource: !Sub 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${TrailLogGroup}:log-stream:${AWS::AccountId}_CloudTrail_${AWS::Region}*'
  Trail:
    Type: AWS::CloudTrail::Trail
    DependsOn: TrailBucketPolicy
    Properties:
      S3BucketName: !Ref TrailBucket
      IsLogging: true
      IsMultiRegionTrail: true
      IncludeGlobalServiceEvents: true
      EventSelectors:
        - {ReadWriteType: All, IncludeManagementEvents: true}
      CloudWatchLogsLogGroupArn: !GetAtt TrailLogGroup.Arn
      CloudWatchLogsRoleArn: !GetAtt TrailRole.Arn
  Topic:
    Type: AWS::SNS::Topic
  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: {Service: cloudwatch.amazonaws.com}
            Action: sns:Publish
            Resource: !Ref Topic
            Condition: {StringEquals: {aws:SourceAccount: !Ref AWS::AccountId}}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref Topic
      Protocol: email
      Endpoint: security@example.com
  ReadFilter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref TrailLogGroup
      FilterPattern: >-
        { $.eventSource = "secretsmanager.amazonaws.com" && (($.eventName = "GetSecretValue"
        && ($.requestParameters.secretId = "TopSecretInfo" || $.requestParameters.secretId = "*:secret:TopSecretInfo"
        || $.requestParameters.secretId = "*:secret:TopSecretInfo-*")) || ($.eventName = "BatchGetSecretValue"
        && ($.requestParameters.secretIdList[*] = "TopSecretInfo"
        || $.requestParameters.secretIdList[*] = "*:secret:TopSecretInfo"
        || $.requestParameters.secretIdList[*] = "*:secret:TopSecretInfo-*")) || ($.errorCode = "AccessDenied*"
        && ($.errorMessage = "*resource: TopSecretInfo *" || $.errorMessage = "*:secret:TopSecretInfo *"
        || $.errorMessage = "*:secret:TopSecretInfo-*"))) }
      MetricTransformations:
        - MetricNamespace: SecurityMetrics
          MetricName: TopSecretInfoRead
          MetricValue: '1'
  ReadAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: TopSecretInfo was read
      Namespace: SecurityMetrics
      MetricName: TopSecretInfoRead
      Statistic: Sum
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 1
      Period: 300
      EvaluationPeriods: 1
      TreatMissingData: notBreaching
      AlarmActions: [!Ref Topic]
)yaml";

/// What stands in it for the pattern, as text to replace.
inline constexpr char good_pattern[] = R"yaml(      FilterPattern: >-
        { $.eventSource = "secretsmanager.amazonaws.com" && (($.eventName = "GetSecretValue"
        && ($.requestParameters.secretId = "TopSecretInfo" || $.requestParameters.secretId = "*:secret:TopSecretInfo"
        || $.requestParameters.secretId = "*:secret:TopSecretInfo-*")) || ($.eventName = "BatchGetSecretValue"
        && ($.requestParameters.secretIdList[*] = "TopSecretInfo"
        || $.requestParameters.secretIdList[*] = "*:secret:TopSecretInfo"
        || $.requestParameters.secretIdList[*] = "*:secret:TopSecretInfo-*")) || ($.errorCode = "AccessDenied*"
        && ($.errorMessage = "*resource: TopSecretInfo *" || $.errorMessage = "*:secret:TopSecretInfo *"
        || $.errorMessage = "*:secret:TopSecretInfo-*"))) }
)yaml";

/// A text as a template argument.
template <std::size_t Size>
struct Literal {
  char text[Size]{};
  constexpr Literal(const char (&literal)[Size]) {  // NOLINT: "…" is a Literal
    for (std::size_t i = 0; i < Size; ++i) text[i] = literal[i];
  }
  constexpr std::string_view view() const { return {text, Size - 1}; }
};

namespace detail {

constexpr std::size_t room = 8192;
static_assert(good.size() + 2048 < room);

struct Template {
  std::array<char, room> text{};
  std::size_t size = 0;

  constexpr explicit Template(std::string_view from) : size(from.size()) {
    for (std::size_t i = 0; i < size; ++i) text[i] = from[i];
  }
  constexpr void replace(std::string_view before, std::string_view after) {
    const Template old = *this;
    const std::string_view all(old.text.data(), old.size);
    const std::size_t at = all.find(before);
    if (at == std::string_view::npos || all.find(before, at + 1) != std::string_view::npos)
      throw "the text to replace must stand in the template exactly once";
    size = 0;
    append(all.substr(0, at));
    append(after);
    append(all.substr(at + before.size()));
  }
  constexpr void append(std::string_view piece) {
    for (const char c : piece) text[size++] = c;
  }
};

template <Literal... Edits>
constexpr Template apply() {
  static_assert(sizeof...(Edits) % 2 == 0);
  Template result(good);
  const std::array<std::string_view, sizeof...(Edits)> edits = {Edits.view()...};
  for (std::size_t i = 0; i + 1 < edits.size(); i += 2) result.replace(edits[i], edits[i + 1]);
  return result;
}

template <Literal... Edits>
inline constexpr Template applied = apply<Edits...>();

}  // namespace detail

/// The template with its edits: before, after, before, after, …
template <Literal... Edits>
inline constexpr std::string_view edited{detail::applied<Edits...>.text.data(), detail::applied<Edits...>.size};

}  // namespace secretwatch::lint::examples
