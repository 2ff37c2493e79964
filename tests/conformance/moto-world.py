#!/usr/bin/env python3
"""usage: moto-world.py URL prepare|describe < JSON

prepare: makes what a stack takes for granted: {"buckets": [...], "queues": [...], "functions": [...], "topics": [...],
"aliases": [...], "organization": true}. describe: prints what is there, as the services describe it.
"""
import io
import json
import sys
import zipfile

import boto3

url, command = sys.argv[1:]


def client(service):
    return boto3.client(
        service, region_name="us-east-1", endpoint_url=url, aws_access_key_id="test", aws_secret_access_key="test"
    )


def prepare(wanted):
    for name in wanted["buckets"]:
        client("s3").create_bucket(Bucket=name)
        logging = {"Service": "logging.s3.amazonaws.com"}
        allow = {"Effect": "Allow", "Principal": logging, "Action": "s3:PutObject", "Resource": f"arn:aws:s3:::{name}/*"}
        policy = {"Version": "2012-10-17", "Statement": [allow]}
        client("s3").put_bucket_policy(Bucket=name, Policy=json.dumps(policy))
    for name in wanted["queues"]:
        client("sqs").create_queue(QueueName=name)
    for name in wanted["topics"]:
        client("sns").create_topic(Name=name)
    for name in wanted["aliases"]:
        kms = client("kms")
        kms.create_alias(AliasName=name, TargetKeyId=kms.create_key()["KeyMetadata"]["KeyId"])
    for name in wanted["functions"]:
        trust = {"Version": "2012-10-17", "Statement": []}
        role = client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("index.py", "def handler(event, context): pass\n")
        client("lambda").create_function(
            FunctionName=name, Role=role, Runtime="python3.12", Handler="index.handler", Code={"ZipFile": code.getvalue()}
        )


def optional(call, *keys, **arguments):
    """What a call answers, or null where the service says that there is no such setting."""
    try:
        answer = call(**arguments)
    except Exception as error:  # every service has an exception of its own for this
        return None if "NoSuch" in str(error) or "NotFound" in str(error) else f"{type(error).__name__}: {error}"
    for key in keys:
        answer = answer.get(key)
    return answer


def pages(service, operation, key, **arguments):
    return [item for page in client(service).get_paginator(operation).paginate(**arguments) for item in page[key]]


def describe_bucket(name):
    s3 = client("s3")
    return {
        "policy": json.loads(optional(s3.get_bucket_policy, "Policy", Bucket=name) or "null"),
        "versioning": optional(s3.get_bucket_versioning, "Status", Bucket=name),
        "encryption": optional(s3.get_bucket_encryption, "ServerSideEncryptionConfiguration", "Rules", Bucket=name),
        "lifecycle": optional(s3.get_bucket_lifecycle_configuration, "Rules", Bucket=name),
        "lock": optional(s3.get_object_lock_configuration, "ObjectLockConfiguration", "Rule", Bucket=name),
        "logging": optional(s3.get_bucket_logging, "LoggingEnabled", Bucket=name),
        "public": optional(s3.get_public_access_block, "PublicAccessBlockConfiguration", Bucket=name),
        "ownership": optional(s3.get_bucket_ownership_controls, "OwnershipControls", "Rules", Bucket=name),
    }


def describe_trails():
    cloudtrail = client("cloudtrail")
    return [
        {
            **trail,
            "IsLogging": cloudtrail.get_trail_status(Name=trail["TrailARN"])["IsLogging"],
            "EventSelectors": cloudtrail.get_event_selectors(TrailName=trail["TrailARN"]).get("EventSelectors"),
        }
        for trail in cloudtrail.describe_trails()["trailList"]
    ]


def describe_topics():
    sns = client("sns")
    topics = {}
    for topic in pages("sns", "list_topics", "Topics"):
        attributes = sns.get_topic_attributes(TopicArn=topic["TopicArn"])["Attributes"]
        topics[topic["TopicArn"]] = {**attributes, "Policy": json.loads(attributes["Policy"])}
    return topics


def describe_keys():
    kms = client("kms")
    keys = {}
    for alias in pages("kms", "list_aliases", "Aliases"):
        if alias["AliasName"].startswith("alias/aws/") or not alias.get("TargetKeyId"):
            continue
        key = alias["TargetKeyId"]
        keys[alias["AliasName"]] = {
            "policy": json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]),
            "rotation": kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"],
            "arn": kms.describe_key(KeyId=key)["KeyMetadata"]["Arn"],
        }
    return keys


def describe_roles():
    iam = client("iam")
    return {
        role["RoleName"]: {
            "trust": role["AssumeRolePolicyDocument"],
            "policies": {
                name: iam.get_role_policy(RoleName=role["RoleName"], PolicyName=name)["PolicyDocument"]
                for name in iam.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
            },
        }
        for role in pages("iam", "list_roles", "Roles")
    }


def describe():
    return {
        "trails": describe_trails(),
        "logGroups": pages("logs", "describe_log_groups", "logGroups"),
        "filters": pages("logs", "describe_metric_filters", "metricFilters"),
        "alarms": pages("cloudwatch", "describe_alarms", "MetricAlarms"),
        "topics": describe_topics(),
        "subscriptions": pages("sns", "list_subscriptions", "Subscriptions"),
        "buckets": {each["Name"]: describe_bucket(each["Name"]) for each in client("s3").list_buckets()["Buckets"]},
        "keys": describe_keys(),
        "roles": describe_roles(),
        "secrets": pages("secretsmanager", "list_secrets", "SecretList"),
        "functions": {
            each["FunctionName"]: json.loads(
                optional(client("lambda").get_policy, "Policy", FunctionName=each["FunctionName"]) or "null"
            )
            for each in pages("lambda", "list_functions", "Functions")
        },
    }


if command == "prepare":
    prepare(json.load(sys.stdin))
else:
    json.dump(describe(), sys.stdout, default=str)
