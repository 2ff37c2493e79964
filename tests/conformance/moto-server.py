#!/usr/bin/env python3
"""usage: moto-server.py PORT

A mock of AWS on this machine's loopback (moto). CloudTrail takes the name or the ARN of a trail in these calls, and of
a trail's topic; moto 5.2.1 knows only names, and Terraform sends ARNs.
"""
import sys

from moto.cloudtrail.models import CloudTrailBackend, Trail
from moto.server import main


def by_name(method):
    return lambda self, name: method(self, name.split("/")[-1])


for operation in ("start_logging", "stop_logging", "delete_trail"):
    setattr(CloudTrailBackend, operation, by_name(getattr(CloudTrailBackend, operation)))

topic_arn_of_name = Trail.topic_arn.fget


def topic_arn(trail):
    given = trail.sns_topic_name or ""
    return given if given.startswith("arn:") else topic_arn_of_name(trail)


Trail.topic_arn = property(topic_arn)

sys.exit(main(["-H", "127.0.0.1", "-p", sys.argv[1]]))
