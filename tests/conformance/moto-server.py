#!/usr/bin/env python3
"""usage: moto-server.py PORT

A mock of AWS on this machine's loopback (moto). CloudTrail takes a trail's name or ARN in these calls; moto 5.2.1
knows only names, and the Terraform provider sends ARNs.
"""
import sys

from moto.cloudtrail.models import CloudTrailBackend
from moto.server import main


def by_name(method):
    return lambda self, name: method(self, name.split("/")[-1])


for operation in ("start_logging", "stop_logging", "delete_trail"):
    setattr(CloudTrailBackend, operation, by_name(getattr(CloudTrailBackend, operation)))

sys.exit(main(["-H", "127.0.0.1", "-p", sys.argv[1]]))
