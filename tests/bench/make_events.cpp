/// make_events MEGABYTES FILE: CloudTrail-like events, one a line, the same bytes each time. About one event in twenty
/// reads a secret, one in fifty carries a policy, with its escapes; the rest are the calls that fill real trails.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <string>

namespace {

constexpr const char* browser =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";
constexpr const char* library =
    "aws-sdk-java/2.25.11 Linux/5.10.214-202.855.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.10+7-LTS Java/17.0.10 "
    "vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/standard";

class Maker {
 public:
  std::string event() {
    const std::size_t kind = below(100);
    if (kind < 5) return secret_event(kind < 4 ? "GetSecretValue" : "DescribeSecret");
    if (kind < 7) return policy_event();
    if (kind < 35) return assume_role_event();
    if (kind < 60) return kms_event();
    return describe_event();
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string hex(std::size_t digits) {
    std::string text;
    while (digits-- > 0) text += "0123456789abcdef"[below(16)];
    return text;
  }
  std::string capitals(std::size_t count) {
    std::string text;
    while (count-- > 0) text += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[below(32)];
    return text;
  }
  std::string number(std::size_t limit) { return std::to_string(below(limit)); }
  std::string two(std::size_t limit) {
    const std::string text = number(limit);
    return text.size() < 2 ? "0" + text : text;
  }
  std::string id() { return hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12); }
  std::string time() { return "2026-03-" + two(28) + "T" + two(24) + ":" + two(60) + ":" + two(60) + "Z"; }

  std::string event_of(const std::string& source, const std::string& name, const std::string& request,
                       const std::string& response, const std::string& read_only) {
    const std::string account = "111122223333";
    const std::string role = "service-" + number(40);
    const std::string principal = "AROA" + capitals(17);
    return R"({"eventVersion":"1.09","userIdentity":{"type":"AssumedRole","principalId":")" + principal + ":" + role +
           R"(","arn":"arn:aws:sts::)" + account + ":assumed-role/" + role + "/i-0" + hex(16) + R"(","accountId":")" +
           account + R"(","accessKeyId":"ASIA)" + capitals(16) +
           R"(","sessionContext":{"sessionIssuer":{"type":"Role",)" + R"("principalId":")" + principal +
           R"(","arn":"arn:aws:iam::)" + account + ":role/" + role + R"(","accountId":")" + account +
           R"(","userName":")" + role + R"("},"attributes":{"creationDate":")" + time() +
           R"(","mfaAuthenticated":"false"}}},"eventTime":")" + time() + R"(","eventSource":")" + source +
           R"(","eventName":")" + name + R"(","awsRegion":"eu-central-1","sourceIPAddress":"10.)" + number(256) + "." +
           number(256) + "." + number(256) + R"(","userAgent":")" + (below(4) == 0 ? browser : library) +
           R"(","requestParameters":)" + request + R"(,"responseElements":)" + response + R"(,"requestID":")" + id() +
           R"(","eventID":")" + id() + R"(","readOnly":)" + read_only +
           R"(,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":")" + account +
           R"(","eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",)" +
           R"("clientProvidedHostHeader":")" + source.substr(0, source.find('.')) + R"(.eu-central-1.amazonaws.com"}})";
  }

  std::string secret_event(const std::string& name) {
    const std::string secret = "prod/svc-" + number(2000) + "/password";
    const std::string arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:" + secret + "-" + capitals(6);
    return event_of("secretsmanager.amazonaws.com", name,
                    R"({"secretId":")" + (below(2) == 0 ? secret : arn) + R"(","versionStage":"AWSCURRENT"})", "null",
                    "true");
  }
  std::string policy_event() {
    std::string statements;
    for (std::size_t i = 1 + below(4); i > 0; --i)
      statements += std::string(statements.empty() ? "" : ",") + R"({\"Sid\":\"S)" + number(99) +
                    R"(\",\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],)" +
                    R"(\"Resource\":\"arn:aws:s3:::bucket-)" + number(999) + R"(/*\"})";
    return event_of("iam.amazonaws.com", "PutRolePolicy",
                    R"({"roleName":"service-)" + number(40) + R"(","policyName":"access","policyDocument":)" +
                        R"("{\"Version\":\"2012-10-17\",\"Statement\":[)" + statements + R"(]}"})",
                    "null", "false");
  }
  std::string assume_role_event() {
    return event_of("sts.amazonaws.com", "AssumeRole",
                    R"({"roleArn":"arn:aws:iam::111122223333:role/service-)" + number(40) +
                        R"(","roleSessionName":"session-)" + hex(8) + R"(","durationSeconds":3600})",
                    R"({"credentials":{"accessKeyId":"ASIA)" + capitals(16) + R"(","sessionToken":")" + capitals(300) +
                        R"(","expiration":")" + time() + R"("},"assumedRoleUser":{"assumedRoleId":"AROA)" +
                        capitals(17) + R"(:session","arn":"arn:aws:sts::111122223333:assumed-role/service-)" +
                        number(40) + R"("}})",
                    "true");
  }
  std::string kms_event() {
    return event_of("kms.amazonaws.com", "Decrypt",
                    R"({"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::bucket-)" + number(999) +
                        R"("},"encryptionAlgorithm":"SYMMETRIC_DEFAULT"})",
                    "null", "true");
  }
  std::string describe_event() {
    std::string instances;
    for (std::size_t i = below(6); i > 0; --i)
      instances += std::string(instances.empty() ? "" : ",") + R"({"instanceId":"i-0)" + hex(16) + R"("})";
    return event_of("ec2.amazonaws.com", "DescribeInstances",
                    R"({"maxResults":1000,"instancesSet":{"items":[)" + instances + R"(]},"filterSet":{}})", "null",
                    "true");
  }

  std::mt19937 random_{20260301};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::size_t wanted = std::strtoull(argv[1], nullptr, 10) * 1'000'000;
  std::ofstream file(argv[2], std::ios::binary);
  Maker maker;
  for (std::size_t written = 0; written < wanted;) {
    const std::string line = maker.event() + "\n";
    file << line;
    written += line.size();
  }
  return file.flush() ? 0 : 1;
}
