// What of the provider secretwatch writes. Everything else is left out of the stored schemas.
export const resources = [
  'aws_cloudtrail',
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_log_metric_filter',
  'aws_cloudwatch_metric_alarm',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_kms_alias',
  'aws_kms_key',
  'aws_lambda_permission',
  'aws_s3_bucket',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_logging',
  'aws_s3_bucket_object_lock_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
  'aws_secretsmanager_secret',
  'aws_sns_topic',
  'aws_sns_topic_policy',
  'aws_sns_topic_subscription',
];
export const dataSources = ['aws_caller_identity', 'aws_iam_policy_document', 'aws_partition', 'aws_region'];

/** One line an attribute or block, keys in order: small, and a new version of the provider reads well as a diff. */
export function print(schema) {
  const sorted = (value) =>
    Array.isArray(value) || value === null || typeof value !== 'object'
      ? value
      : Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        );
  const isLeaf = (value) => !Object.values(value).some((v) => v && typeof v === 'object');
  const text = (value, indent) => {
    if (value === null || typeof value !== 'object' || isLeaf(value)) return JSON.stringify(value);
    const lines = Object.entries(value).map(([k, v]) => `${indent} ${JSON.stringify(k)}: ${text(v, indent + ' ')}`);
    return `{\n${lines.join(',\n')}\n${indent}}`;
  };
  return text(sorted(schema), '') + '\n';
}
