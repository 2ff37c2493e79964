"""Writes service_calls.cpp, the names of the calls that AWS services record in CloudTrail, by the source of the event.

    python3 src/events/make_service_calls.py > src/events/service_calls.cpp

Source: the operations in the service models of botocore, which are those of the AWS API references. The event source is
the endpoint's prefix of the model. Left out are services whose events carry a version behind the name or that record
under another source than their endpoint's.
"""
import textwrap

import botocore
import botocore.session

SERVICES = "secretsmanager cloudtrail iam s3 s3control kms ec2 sts logs cloudwatch sns events config organizations ssm".split()
OTHER_SOURCES = {"s3control": "s3"}

HEAD = '''/// Written by make_service_calls.py from the service models of botocore {version}; not by hand.
#include "events/service_calls.h"

#include <iterator>

namespace secretwatch::events {{

const ServiceCalls service_calls[] = {{'''

session = botocore.session.get_session()
print(HEAD.format(version=botocore.__version__))
for service in SERVICES:
    model = session.get_service_model(service)
    names = textwrap.wrap(" ".join(sorted(model.operation_names)), 112)
    print(f'    {{"{OTHER_SOURCES.get(service, model.endpoint_prefix)}.amazonaws.com",')
    print("\n".join(f'     "{line} "' for line in names)[:-2] + '"},')
print('''};
const std::size_t number_of_service_calls = std::size(service_calls);

}  // namespace secretwatch::events''')
